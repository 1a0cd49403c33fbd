// What a drawing of the view has besides the map: degrees at its edges, the scale, the claim that is
// chosen with its key, and the letters of the page.

import { svg } from "./nodes.js";

const INSET = 10; // pixels between the scale and the map's edges

// The page's typeface as the page carries it, so that names are as wide as they were placed for.
function letters() {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const faces = rules.filter((rule) => /^@font-face/.test(rule.cssText));
  return svg("style", {}, document.createTextNode(faces.map((rule) => rule.cssText).join("\n")));
}

// A source with its licence, which may ask to be told wherever the map goes.
const credited = ({ name, holder, license }) => {
  const terms = [holder, license].filter(Boolean).join(", ");
  return terms ? `${name} (${terms})` : name;
};

// Degrees as they stand at the map's edges.
function degrees(map, text) {
  const own = map.getContainer().querySelectorAll(":scope > .grid-labels .grid-label");
  return [...own].map((node) => {
    const look = getComputedStyle(node);
    const size = parseFloat(look.fontSize);
    return text(node.textContent, node.offsetLeft, node.offsetTop + size, size, {
      fill: look.color,
      stroke: look.getPropertyValue("--halo"),
      "stroke-width": 2,
      "paint-order": "stroke",
    });
  });
}

// The scale in the lower left corner.
function scale(map, text, look) {
  const node = map.getContainer().querySelector(".scale");
  const wide = parseFloat(node.style.width);
  const y = map.getSize().y - INSET;
  return svg(
    "g",
    { id: "scale" },
    svg("rect", { ...look.plate, x: INSET - 4, y: y - 20, width: wide + 8, height: 24 }),
    svg("path", { ...look.rule, d: `M${INSET},${y - 5}v5h${wide}v-5` }),
    text(node.textContent, INSET + wide / 2, y - 8, 11, { "text-anchor": "middle" }),
  );
}

// What the chosen claim says, its verdict, and what was measured.
function claim(page) {
  const { chosen } = page.claims;
  const n = page.data.claims.findIndex(({ id }) => id === chosen);
  if (n < 0) return "";
  const { sign } = page.data.claims[n];
  const { verdict, says, measured } = page.text.claims[n];
  const figure = measured ? ` ${page.words.measured}: ${measured}` : "";
  return `${sign} ${verdict}: ${says}${figure}`;
}

// The key to what is drawn for it: sample and title of each row.
function key() {
  return [...document.querySelectorAll("#shown .key li")].map((row) => {
    const sample = row.querySelector("path, rect");
    const { stroke, strokeWidth, fill, fillOpacity } = getComputedStyle(sample);
    const look = { stroke, "stroke-width": strokeWidth, fill, "fill-opacity": fillOpacity };
    return { title: row.textContent, sample: svg("path", { d: "M1,7H25", ...look }) };
  });
}

export { claim, credited, degrees, key, letters, scale };
