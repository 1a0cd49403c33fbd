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

const NUMBER = String.raw`([-+−]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*[′'’]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*[″"”]\s*)?`;
const LETTERS = String.raw`([a-zа-яёіәғқңөұүһ. ]{0,8}?)`;
const PLACE = new RegExp(`^\\s*${NUMBER}${LETTERS}\\s*[,;\\s]\\s*${NUMBER}${LETTERS}\\s*$`, "i");

// "48.5, 67", "48°30′ N 67° E", "48,5 с. ш.; 67 в. д.": [lat, lon], or null.
// sides: the words for north, south, east, west in the language of the page.
function coordinates(text, sides) {
  const found = PLACE.exec(text.replace(/−/g, "-"));
  if (!found) return null;
  const value = (n) => {
    const [whole, minutes, seconds] = found.slice(n, n + 3).map((part) =>
      part ? Number(part.replace(",", ".")) : 0,
    );
    const size = Math.abs(whole) + minutes / 60 + seconds / 3600;
    return found[n].startsWith("-") ? -size : size;
  };
  const side = (n) => sideOf(found[n], sides);
  let [first, last] = [value(1), value(5)];
  const [one, other] = [side(4), side(8)];
  if (one === "south" || one === "west") first = -first;
  if (other === "south" || other === "west") last = -last;
  const turned = one === "east" || one === "west" || other === "north" || other === "south";
  const [lat, lon] = turned ? [last, first] : [first, last];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 360 ? [lat, lon] : null;
}

function sideOf(text, sides) {
  const letters = plain(text || "").replace(/[.\s]/g, "");
  if (!letters) return "";
  const known = { n: "north", s: "south", e: "east", w: "west" };
  for (const name of ["north", "south", "east", "west"])
    if (sides && plain(sides[name]).replace(/[.\s]/g, "") === letters) return name;
  return known[letters] || "";
}

export { plain, grade, slips, coordinates };
