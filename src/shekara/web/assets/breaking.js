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

export { broken };
