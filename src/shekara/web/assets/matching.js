// Search: how well a name fits what was typed, one slip of the fingers forgiven; and coordinates.

// Lower case without accents, for searching.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// How many letters may be wrong: none in short words, two in long ones.
const allowed = (length) => (length < 4 ? 0 : length < 8 ? 1 : 2);

// Least number of letters to put in, leave out, change or swap so that the typed word begins
// the text (optimal string alignment); more than `most` counts as Infinity.
function slips(typed, text, most) {
  const wide = Math.min(text.length, typed.length + most);
  let before = [];
  let last = Array.from({ length: wide + 1 }, (_, i) => i);
  for (let i = 1; i <= typed.length; i++) {
    const row = [i];
    for (let j = 1; j <= wide; j++) {
      const same = typed[i - 1] === text[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      const swapped = i > 1 && j > 1 && typed[i - 1] === text[j - 2] && typed[i - 2] === text[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return Infinity;
    [before, last] = [last, row];
  }
  const least = Math.min(...last);
  return least <= most ? least : Infinity;
}

// 0 begins so, 1 a word of it does, 2 it stands inside, 3 and 4 with slips; Infinity: not at all.
function grade(typed, text) {
  const at = text.indexOf(typed);
  if (at === 0) return 0;
  if (at > 0) return /[\s\-–(«„"]/.test(text[at - 1]) ? 1 : 2;
  const most = allowed(typed.length);
  if (!most) return Infinity;
  let best = slips(typed, text, most);
  for (const found of text.matchAll(/[\s\-–(«„"]+/g)) {
    best = Math.min(best, slips(typed, text.slice(found.index + found[0].length), most));
  }
  return 2 + best;
}

const PART = String.raw`(\d{1,2}(?:[.,]\d+)?)\s*`;
const NUMBER = String.raw`([-+]?\d{1,3}(?:[.,]\d+)?)\s*(?:[°º˚]|deg(?:rees?)?)?\s*(?:${PART}[′'’]\s*)?(?:${PART}(?:[″"”]|′′|'')\s*)?`;
const LETTER = String.raw`[\p{L}\p{M}. ]`;
const AFTER = new RegExp(`^\\s*${NUMBER}(${LETTER}{0,20}?)\\s*[,;،\\s]\\s*${NUMBER}(${LETTER}{0,20})$`, "iu");
const BEFORE = new RegExp(`^(${LETTER}{1,20}?)${NUMBER}[,;،]?\\s*(${LETTER}{1,20}?)${NUMBER}$`, "iu");

// "48.5, 67", "48°30′ N 67° E", "N 48.5 E 67", "48,5 с. ш.; 67 в. д.": [lat, lon], or null.
// sides: the words for north, south, east, west in the language of the page.
function coordinates(text, sides) {
  // One blank for many: patterns that may take blanks in several places take time with each.
  const typed = text
    .replace(/\s+/g, " ")
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/−/g, "-")
    .replace(/٫/g, ".");
  const before = BEFORE.exec(typed);
  const found = before ? [2, 3, 4, 1, 6, 7, 8, 5].map((n) => before[n]) : AFTER.exec(typed)?.slice(1);
  if (!found) return null;
  const value = (n) => {
    const [whole, minutes, seconds] = found.slice(n, n + 3).map((part) =>
      part ? Number(part.replace(",", ".")) : 0,
    );
    const size = Math.abs(whole) + minutes / 60 + seconds / 3600;
    return found[n].startsWith("-") ? -size : size;
  };
  let [first, last] = [value(0), value(4)];
  const [one, other] = [sideOf(found[3], sides), sideOf(found[7], sides)];
  if (one === null || other === null) return null;
  if (one === "south" || one === "west") first = -first;
  if (other === "south" || other === "west") last = -last;
  const turned = one === "east" || one === "west" || other === "north" || other === "south";
  const [lat, lon] = turned ? [last, first] : [first, last];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 360 ? [lat, lon] : null;
}

// "north", "south", "east", "west"; "" where nothing is said, null where it is something else.
function sideOf(text, sides) {
  const letters = plain(text).replace(/[.\s]/g, "");
  if (!letters) return "";
  for (const name of ["north", "south", "east", "west"])
    if (letters === name[0] || plain(sides?.[name] ?? "").replace(/[.\s]/g, "") === letters) return name;
  return null;
}

export { plain, grade, slips, coordinates };
