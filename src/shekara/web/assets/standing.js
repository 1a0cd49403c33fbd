// Where a name stands: the best of the places around or in what it names that are free.

import * as ground from "./ground.js";
import { areasUnder, onOther } from "./ink.js";
import { around, beside, holds, lineOf, outlines, upon, within } from "./spots.js";

const PART = 0.75; // of its area's side: what is smaller is a part of it
const NEAR = 10; // pixels between a name beside its area and any other area
// Steps from a point, best first: right, left, above, below, then between those.
const USUAL = [[1, 0], [-1, 0], [0, 1], [0, -1], [1, -1], [1, 1], [-1, -1], [-1, 1]];

// Offsets of a name's upper left corner, best first.
// What the author wishes for (steps east and north of a point) comes first.
function offsets(kind, sign, wide, high, wished = []) {
  if (kind === "polygon") return [[-wide / 2, -high / 2]];
  if (kind === "line") return [[-wide / 2, -high - 4], [-wide / 2, 4], [6, -high / 2]];
  return [...wished, ...USUAL].map(([east, north]) => {
    const off = (sign / 2 + 3) * (east && north ? 0.75 : 1);
    return [
      east > 0 ? off : east < 0 ? -off - wide : -wide / 2,
      north > 0 ? -off - high : north < 0 ? off : -high / 2,
    ];
  });
}

// The box of a shape in the map's pixels; of several areas that of the one that is named at a place.
function boxOf(layer, i, /** @type {number[] | undefined} */ place) {
  const { map } = layer.page;
  layer.reach ??= new Map();
  const key = `${i} ${place}`;
  if (!layer.reach.has(key)) {
    const areas = place ? layer.shape(i).polygons : [];
    const named = areas.find(([shell]) => L.latLngBounds(shell).contains([place[1], place[0]]));
    const alone = areas.length > 1 && named;
    layer.reach.set(key, alone ? ground.holding(map, named[0]) : layer.bounds(i));
  }
  const bounds = layer.reach.get(key);
  const from = map.latLngToLayerPoint(bounds.getNorthWest());
  const to = map.latLngToLayerPoint(bounds.getSouthEast());
  return [from.x, from.y, to.x, to.y];
}

// Larger side of a shape in pixels.
function extentOf(layer, i, place) {
  if (layer.many) return layer.side(i);
  const [left, top, right, bottom] = boxOf(layer, i, place);
  return Math.max(right - left, bottom - top);
}

// Whether a box lies in an area as it is drawn.
function liesIn(layer, i, /** @type {number[]} */ [left, top], /** @type {number[]} */ [wide, high]) {
  const rings = outlines(layer, i);
  return [0, 0.5, 1].every((east) =>
    [0, 1].every((south) => holds(rings, left + east * wide, top + south * high)),
  );
}

// Beside an area that is smaller than its name, on no other; better still near no other.
function besideArea({ page, strokes }, { layer, i, place }, /** @type {number[]} */ size, free) {
  const [wide, high] = size;
  const clear = around(boxOf(layer, i, place), wide, high).filter(
    (corner) => free(corner) && !onOther(page, [layer, i], corner, size),
  );
  const alone = clear.filter((corner) => !onOther(page, [layer, i], corner, size, NEAR));
  return strokes.clearest(alone, size, 0) ?? strokes.clearest(clear, size);
}

// Whether a name stands wholly on a part of its area: it would be read as that one's. One of the
// background stands on no part at all. What is as large as the area itself is the same thing in
// another layer.
function inPart(page, { layer, i, place }, corner, size) {
  const under = areasUnder(page, corner, size);
  const [first] = under;
  const isPart = (area) =>
    area &&
    (area.layer !== layer || area.i !== i) &&
    extentOf(area.layer, area.i, area.layer.data.features[area.i].a) < PART * extentOf(layer, i, place);
  if (layer.data.basemap) return under.some(isPart);
  return under.every((area) => area && area.layer === first.layer && area.i === first.i) && isPart(first);
}

// In an area the nearest place to its middle that no arrow or line crosses, and not in one of
// its parts; beside it where arrows cross all of them.
function inArea(labels, name, /** @type {number[]} */ middle, /** @type {number[]} */ size, free) {
  const { layer, i, inside, small } = name;
  const { strokes, page } = labels;
  const [wide, high] = size;
  const places = within(layer, i, middle, wide, high, free, small ? 0 : undefined);
  if (inside) {
    const whole = [...places].filter((corner) => liesIn(layer, i, corner, size));
    return strokes.clearest(whole, size, Infinity);
  }
  const seen = [];
  const whole = (function* () {
    for (const corner of places) {
      seen.push(corner);
      if (!inPart(page, name, corner, size)) yield corner;
    }
  })();
  const clear = strokes.clearest(whole, size);
  const told = !layer.data.basemap && !name.valued;
  if (clear && told && !liesIn(layer, i, clear, size)) {
    // A told name that leaves its area is read as its neighbour's: sooner it lies upon a line.
    const held = seen.filter(
      (corner) => liesIn(layer, i, corner, size) && !inPart(page, name, corner, size),
    );
    return strokes.clearest(held, size) ?? clear;
  }
  if (clear) return clear;
  return (
    (told && besideArea(labels, name, size, free)) || strokes.clearest(seen, size, Infinity)
  );
}

// The upper left corner of a name of that size (pixels), or undefined where no place is free.
function standing(labels, name, point, size, free) {
  const { layer, feature, i, rank, place } = name;
  const { basemap, kind } = layer.data;
  const { strokes, page } = labels;
  const places = offsets(kind, page.data.styles[feature.s].size, ...size, feature.w).map(
    ([dx, dy]) => [point.x + dx, point.y + dy],
  );
  if (kind === "line" && !basemap) places.push(...beside(layer, i, ...size));
  if (kind === "point" ? !layer.many && !feature.w : kind === "line" && !basemap) {
    const clear = places.filter(free);
    const most = name.instead ? 0 : rank > 2 ? undefined : Infinity;
    const inLine = kind === "line" && name.figure && !name.instead ? upon(layer, i, ...size) : [];
    return kind === "line"
      ? strokes.beside(clear, inLine.filter(free), size, most, lineOf(layer, i))
      : strokes.clearest(clear, size, most);
  }
  if (kind !== "polygon" || layer.many) return places.find(free);
  const small = !basemap && !name.valued && extentOf(layer, i, place) < size[0];
  return (
    (small && besideArea(labels, name, size, free)) ||
    inArea(labels, { ...name, small }, places[0], size, free)
  );
}

export { standing, extentOf };
