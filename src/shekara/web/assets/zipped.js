// What the page carries, unpacked: gzip in base64.

import { inflate } from "./inflate.js";

// Bytes of a data element; null where the page has none of that name.
async function unzip(id) {
  const element = document.getElementById(id);
  if (!element) return null;
  const binary = atob(element.textContent);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  if (!("DecompressionStream" in window)) return inflate(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

const unzipText = async (id) => new TextDecoder().decode(await unzip(id));

const unzipJson = async (id) => JSON.parse(await unzipText(id));

export { unzip, unzipText, unzipJson };
