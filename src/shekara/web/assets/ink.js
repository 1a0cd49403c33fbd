// What a name stands on: its ink is that of its sign, but dark on a bright area of a dark page; and
// beside its own area it stands on no other.

import * as signs from "./signs.js";
import { holds, outlines } from "./spots.js";

const DARK = "#14171a";
const BRIGHT = 0.18; // luminance on which black and white are read equally well
const COVERS = 0.4; // opacity from which an area is a ground
const FAINT = 0.05; // from which it is seen

const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

// Relative luminance (WCAG 2.2) of a colour's channels.
function luminance(rgb) {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

// A filling as it is seen on the land (page.css).
function seen(fill, opacity) {
  const land = channels(getComputedStyle(document.documentElement).getPropertyValue("--land").trim());
  return channels(fill).map((part, n) => Math.round(opacity * part + (1 - opacity) * land[n]));
}

// Told areas that are drawn, the topmost first.
function* toldAreas(page) {
  for (const layer of [...page.layers].reverse()) {
    if (!layer.shown || layer.many || layer.data.basemap || layer.data.kind !== "polygon") continue;
    for (const { i, style, parts } of layer.items ?? [])
      for (const part of parts) if (part._map && part._pxBounds) yield { layer, i, style, part };
  }
}

// The told area that is seen at a point of the map's pixels, the topmost one that is so opaque;
// null where none is.
function areaAt(page, x, y, least = COVERS) {
  for (const { layer, i, style, part } of toldAreas(page)) {
    const fill = signs.fillOf(style);
    const opacity = (style.fillOpacity ?? 0) * layer.opacity;
    if (!fill || opacity < least || !part._pxBounds.contains([x, y])) continue;
    if (holds(outlines(layer, i), x, y)) return { layer, i, fill, opacity };
  }
  return null;
}

// Whether a name beside its area would stand on another one, or so many pixels beside it, and be
// read as that one's.
function onOther(page, [layer, i], /** @type {number[]} */ corner, /** @type {number[]} */ size, near = 0) {
  const [[left, top], [wide, high]] = [corner, size];
  const other = (area) => area && (area.layer !== layer || area.i !== i);
  const rows = near ? [top - near, top + high / 2, top + high + near] : [top + high / 2];
  const ends = near ? [left - near, left + wide + near] : [left + 0.1 * wide, left + 0.9 * wide];
  if ([ends[0], left + wide / 2, ends[1]].some((x) => rows.some((y) => other(areaAt(page, x, y)))))
    return true;
  // What is smaller than the name can lie between those points.
  const box = L.bounds([left - near, top - near], [left + wide + near, top + high + near]);
  for (const bounds of smallAreas(page, wide, other)) if (bounds.overlaps(box)) return true;
  return false;
}

// The boxes of told areas that are so wide and high at the most.
function* smallAreas(page, most, wanted = /** @type {(area: any) => boolean} */ (() => true)) {
  for (const area of toldAreas(page)) {
    const { x, y } = area.part._pxBounds.getSize();
    if (Math.max(x, y) <= most && wanted(area)) yield area.part._pxBounds;
  }
}

// The areas under the beginning, the middle and the end of a name; null where there is none.
function areasUnder(page, /** @type {number[]} */ [left, top], /** @type {number[]} */ [wide, high]) {
  return [0.1, 0.5, 0.9].map((share) => areaAt(page, left + share * wide, top + high / 2, FAINT));
}

// The ink of a name in a box, and the halo that it needs on what is there; where that is partly
// bright and partly dark, a ground of its own.
function inkOn(page, style, /** @type {number[]} */ [left, top], /** @type {number[]} */ [wide, high]) {
  const light = { ink: signs.ink(style), halo: null, plate: null };
  if (!signs.isDark()) return light;
  const grounds = [0.05, 0.5, 0.95]
    .map((share) => areaAt(page, left + share * wide, top + high / 2))
    .map((area) => area && seen(area.fill, area.opacity))
    .filter((ground) => ground && luminance(ground) >= BRIGHT);
  if (grounds.length < 2) return light;
  const ground = grounds[0].join(", ");
  return { ink: DARK, halo: `rgba(${ground}, 0.8)`, plate: grounds.length < 3 ? `rgb(${ground})` : null };
}

export { areasUnder, inkOn, onOther, smallAreas, luminance };
