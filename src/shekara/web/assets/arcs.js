// The page's data, unpacked: gzip in base64, borders as differences of whole numbers.

import * as ground from "./ground.js";

// Bytes of a data element, unzipped.
async function unzip(id) {
  const coded = document.getElementById(id).textContent;
  const binary = atob(coded);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

async function unzipJson(id) {
  return JSON.parse(new TextDecoder().decode(await unzip(id)));
}

// Zigzag base-128 numbers: how many arcs, how long each, all steps in lon, all steps in lat.
// Numbers stay below 2**53, beyond what bit operations hold, so the high part is multiplied.
function readArcs(buffer, quantum) {
  const bytes = new Uint8Array(buffer);
  let at = 0;
  function next() {
    let value = 0;
    let scale = 1;
    let byte;
    do {
      byte = bytes[at++];
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte > 127);
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }
  const lengths = Array.from({ length: next() }, next);
  const count = lengths.reduce((all, length) => all + length, 0);
  const lon = new Float64Array(count);
  let sum = 0;
  for (let i = 0; i < count; i++) lon[i] = (sum += next()) * quantum;
  sum = 0;
  let n = 0;
  // Leaflet's own points, made once: it takes them as they are, however many shapes share them.
  return lengths.map((length) => {
    const arc = new Array(length);
    for (let i = 0; i < length; i++) arc[i] = new L.LatLng((sum += next()) * quantum, lon[n++]);
    return ground.bend(arc, quantum * 111132);
  });
}

// Arcs one after the other; ~n is arc n backwards; the common vertex is kept once.
function join(arcs, refs) {
  const line = [];
  for (const ref of refs) {
    const arc = ref < 0 ? arcs[~ref].slice().reverse() : arcs[ref];
    for (let i = line.length ? 1 : 0; i < arc.length; i++) line.push(arc[i]);
  }
  return line;
}

// A feature's shape: {points}, {lines} and {polygons}.
function shapeOf(arcs, shape) {
  const result = { points: [], lines: [], polygons: [] };
  if (!shape) return result;
  if (shape.p) result.points = shape.p.map(([lon, lat]) => new L.LatLng(lat, lon));
  for (const part of shape.p ? shape.s : shape) {
    if (Array.isArray(part[0])) result.polygons.push(part.map((ring) => join(arcs, ring)));
    else result.lines.push(join(arcs, part));
  }
  return result;
}

export { unzip, unzipJson, readArcs, shapeOf };
