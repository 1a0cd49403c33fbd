// Text in lines, for drawings: nobody breaks it there.

const WIDE = "\u2e80-\u9fff\uff00-\uffef"; // Chinese, Japanese: no spaces, letters twice as wide
const PARTS = new RegExp(`[${WIDE}]|[^\\s${WIDE}]+|\\s+`, "g");
const isWide = new RegExp(`[${WIDE}]`, "g");
const width = (text) => text.length + (text.match(isWide)?.length ?? 0);

// Lines that are narrower than so many letters; a word that is not stands alone.
function broken(words, most) {
  const lines = [""];
  for (const part of words.match(PARTS) ?? []) {
    const line = lines.at(-1);
    if (line.trim() && part.trim() && width(line + part) > most) lines.push(part);
    else lines[lines.length - 1] = line + (part.trim() || " ");
  }
  return lines.map((line) => line.trim());
}

// A text in two lines, as nearly of one length as its spaces allow; one where it has none.
function inTwo(words) {
  const spaces = [...words.matchAll(/ /g)].map(({ index }) => index);
  if (!spaces.length) return [words];
  const off = (at) => Math.abs(2 * at + 1 - words.length);
  const middle = spaces.reduce((best, at) => (off(at) < off(best) ? at : best));
  return [words.slice(0, middle), words.slice(middle + 1)];
}

export { broken, inTwo };
