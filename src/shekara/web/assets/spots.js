// Where a name can stand: boxes that are taken, strokes that it keeps clear of, places beside a shape.

import { headOf } from "./heads.js";

const ROOM = 48; // pixels: boxes are looked for by squares of this side
const STEP = 6; // pixels between the points of a stroke that are looked at
const PLAIN = 200; // a line of more vertices winds: a name can't keep clear of it
// Places along a line beside its middle.
const ALONG = [
  0.46, 0.54, 0.42, 0.58, 0.38, 0.62, 0.34, 0.66, 0.3, 0.7, 0.26, 0.74, 0.2, 0.8, 0.14, 0.86,
];
const MOST = 8; // points of strokes under a figure that can still be read
const LOOKS = 1e6; // vertices of its area that are looked at for one name
const AIR = 0.22; // of a line of text: what is empty above digits, and below
const OFF = 4; // pixels between a name and what it names
const WIDE = 1.5; // pixels: half of a line that is more than its middle
// Corners of an arrow's head in its lengths: along its line and aside (signs.js draws it).
const HEAD = [[0.3, 0], [-0.7, 0.5], [-0.7, -0.5]];
const NEAR = 7; // pixels between a figure and a line that it does not tell about

// The square that a place lies in.
const square = (x, y) => Math.floor(x / ROOM) * 2 ** 24 + Math.floor(y / ROOM);

// Whether two boxes [left, top, right, bottom] overlap.
export const overlap = (one, other) =>
  one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];

// Boxes [left, top, right, bottom] that are taken, found by the squares that they touch.
export class Taken {
  constructor() {
    this.squares = new Map();
  }

  *touched([left, top, right, bottom]) {
    for (let x = Math.floor(left / ROOM); x <= Math.floor(right / ROOM); x++)
      for (let y = Math.floor(top / ROOM); y <= Math.floor(bottom / ROOM); y++)
        yield square(x * ROOM, y * ROOM);
  }

  add(box) {
    for (const key of this.touched(box)) {
      const there = this.squares.get(key);
      if (there) there.push(box);
      else this.squares.set(key, [box]);
    }
  }

  remove(box) {
    for (const key of this.touched(box))
      this.squares.set(key, (this.squares.get(key) ?? []).filter((other) => other !== box));
  }

  free(box) {
    for (const key of this.touched(box))
      for (const other of this.squares.get(key) ?? []) if (overlap(box, other)) return false;
    return true;
  }
}

// What a line is called among others.
export const lineOf = (layer, i) => layer.number * 2 ** 24 + i;

// The line of a feature in the map's pixels; nothing where it winds or is not drawn.
function stroke(layer, i) {
  for (const part of layer.many ? [] : (layer.items?.[i].parts ?? [])) {
    if (!part._map || part instanceof L.Polygon || part.options.className === "hit") continue;
    const [ring, ...more] = part._rings ?? [];
    if (!ring || more.length) continue;
    const line = ring.length > PLAIN ? L.LineUtil.simplify(ring, 1) : ring;
    if (line.length <= PLAIN) return line;
  }
  return [];
}

// Points along a line, so far from each other at most, and its direction there.
function* points(ring, step) {
  for (let n = 1; n < ring.length; n++) {
    const [from, to] = [ring[n - 1], ring[n]];
    const long = from.distanceTo(to);
    const count = Math.max(1, Math.ceil(long / step));
    const [dx, dy] = [(to.x - from.x) / (long || 1), (to.y - from.y) / (long || 1)];
    for (let at = 0; at < count; at++)
      yield [from.x + (dx * long * at) / count, from.y + (dy * long * at) / count, dx, dy];
  }
}

// Lines that are told about: a figure that lies across them can't be read.
export class Strokes {
  constructor(layers) {
    /** @type {Map<number, number[][]>} */
    this.squares = new Map();
    for (const layer of layers) {
      if (!layer.shown || layer.many || layer.data.basemap || layer.data.kind !== "line") continue;
      layer.data.features.forEach((_, i) => this.draw(layer, i));
    }
  }

  // The middle of a line, both sides of a wide one, and the head of an arrow.
  draw(layer, i) {
    const line = stroke(layer, i);
    const style = layer.page.data.styles[layer.data.features[i].s];
    const { width, arrow } = style;
    const half = width / 2 > WIDE ? width / 2 : 0;
    for (const [x, y, dx, dy] of points(line, STEP))
      for (const side of half ? [-half, 0, half] : [0])
        this.add([x - side * dy, y + side * dx, lineOf(layer, i), side !== 0]);
    if (!arrow || line.length < 2) return;
    const [from, to] = [line.at(-2), line.at(-1)];
    const long = from.distanceTo(to) || 1;
    const [dx, dy] = [(to.x - from.x) / long, (to.y - from.y) / long];
    const head = headOf(style);
    for (const [back, side] of HEAD)
      this.add([
        to.x + head * (back * dx - side * dy), to.y + head * (back * dy + side * dx), lineOf(layer, i), true,
      ]);
  }

  add(at) {
    const key = square(at[0], at[1]);
    const there = this.squares.get(key);
    if (there) there.push(at);
    else this.squares.set(key, [at]);
  }

  // How many points lie in a box, counted to so many; those of other lines than its own also near
  // it: a figure stands nearest to the line that it tells about. It may lie upon the side of a line.
  hits(/** @type {number[]} */ [left, top], /** @type {number[]} */ [wide, high], own, enough) {
    let hits = 0;
    const near = own === undefined ? 0 : NEAR;
    for (let x = left - near; x < left + wide + near + ROOM; x += ROOM)
      for (let y = top - near; y < top + high + near + ROOM; y += ROOM)
        for (const [px, py, line, aside] of this.squares.get(square(x, y)) ?? []) {
          if (aside && own !== undefined) continue;
          const off = line === own ? 0 : near;
          if (px > left - off && px < left + wide + off && py > top - off && py < top + high + off)
            hits += 1;
          if (hits >= enough) return hits;
        }
    return hits;
  }

  // Whether a line is nearer to the middle of a box than any other.
  nearest(/** @type {number[]} */ [left, top], /** @type {number[]} */ [wide, high], own) {
    const [x, y] = [left + wide / 2, top + high / 2];
    let [mine, others] = [Infinity, Infinity];
    for (const east of [-ROOM, 0, ROOM])
      for (const south of [-ROOM, 0, ROOM])
        for (const [px, py, line, aside] of this.squares.get(square(x + east, y + south)) ?? []) {
          if (aside) continue;
          const off = Math.hypot(px - x, py - y);
          if (line === own) mine = Math.min(mine, off);
          else others = Math.min(others, off);
        }
    return mine === Infinity || mine <= others;
  }

  // Whether no other line, as wide as it is drawn, lies in the digits of a box.
  alone(/** @type {number[]} */ [left, above], /** @type {number[]} */ [wide, tall], own) {
    const [top, high] = [above + AIR * tall, (1 - 2 * AIR) * tall];
    for (let x = left; x < left + wide + ROOM; x += ROOM)
      for (let y = top; y < top + high + ROOM; y += ROOM)
        for (const [px, py, line] of this.squares.get(square(x, y)) ?? [])
          if (line !== own && px > left && px < left + wide && py > top && py < top + high) return false;
    return true;
  }

  // The same for what is written at a line: free of all lines, else upon its own line and on no
  // other, else at least nearest to its own.
  beside(/** @type {number[][]} */ corners, inLine, size, most, own) {
    const free = this.clearest(corners, size, 0, own);
    const best = free ?? inLine.find((corner) => this.alone(corner, size, own));
    if (best) return best;
    const near = corners.filter((corner) => this.nearest(corner, size, own));
    const all = most === Infinity ? corners : [];
    return this.clearest(near, size, most) ?? this.clearest(all, size, most);
  }

  // The first of the corners of a box at which the fewest points lie in it; none where more lie in
  // each than a reader can look past.
  clearest(/** @type {Iterable<number[]>} */ corners, size, most = MOST, own = undefined) {
    let best;
    let least = most + 1;
    for (const corner of corners) {
      const hits = this.hits(corner, size, own, least);
      if (hits < least) [best, least] = [corner, hits];
      if (!hits) break;
    }
    return best;
  }
}

// Corners of a name above, below and beside a line at places along it.
export function beside(layer, i, wide, high) {
  const all = [...points(stroke(layer, i), STEP)];
  return ALONG.filter(() => all.length).flatMap((part) => {
    const [x, y] = all[Math.floor(part * all.length)];
    return [
      [x - wide / 2, y - high - OFF],
      [x - wide / 2, y + OFF],
      [x + OFF, y - high / 2],
      [x - wide - OFF, y - high / 2],
    ];
  });
}

// Corners of a figure upon a line, at its middle first, each marked as such.
export function upon(layer, i, wide, high) {
  const all = [...points(stroke(layer, i), STEP)];
  return [0.5, ...ALONG].filter(() => all.length).map((part) => {
    const [x, y] = all[Math.floor(part * all.length)];
    return [x - wide / 2, y - high / 2, 1];
  });
}

// Corners of a name right, left, below and above a box.
export function around(/** @type {number[]} */ [left, top, right, bottom], wide, high) {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return [
    [right + OFF, y - high / 2],
    [left - wide - OFF, y - high / 2],
    [x - wide / 2, bottom + OFF],
    [x - wide / 2, top - high - OFF],
  ];
}

// Steps from the middle of an area, in widths and heights of a name, the nearest first.
const STEPS = [0, 0.35, -0.35, 0.75, -0.75, 1.3, -1.3]
  .flatMap((east) => [0, 1.1, -1.1, 2.2, -2.2, 3.6, -3.6].map((south) => [east, south]))
  .sort((a, b) => Math.hypot(3 * a[0], a[1]) - Math.hypot(3 * b[0], b[1]));

// Whether a place lies in an area whose outlines are given.
export function holds(rings, x, y) {
  let inside = false;
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [a, b] = [ring[i], ring[j]];
      if (a.y > y !== b.y > y && x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x))
        inside = !inside;
    }
  return inside;
}

// The outlines of an area as they are looked at, thinned once for a zoom: its drawing has new ones
// for each.
/** @type {WeakMap<any[], any[][]>} */
const thinned = new WeakMap();

export function outlines(layer, i) {
  const drawn = layer.items?.[i].parts.find((part) => part instanceof L.Polygon);
  const rings = drawn?._map && drawn._rings;
  if (!rings) return [];
  if (!thinned.has(rings))
    thinned.set(
      rings,
      rings.map((ring) => (ring.length > PLAIN ? L.LineUtil.simplify(ring, 2) : ring)),
    );
  return thinned.get(rings);
}

// Free corners at which a name lies in its area: its middle first, whether it has room there or not;
// last those at which its own middle does, and so many of its six ends.
export function* within(layer, i, /** @type {number[]} */ [left, top], wide, high, free, least = 4) {
  if (free([left, top])) yield [left, top];
  const rings = outlines(layer, i);
  const vertices = rings.reduce((sum, ring) => sum + ring.length, 0);
  let looks = LOOKS;
  const partly = [];
  for (const [east, south] of rings.length ? STEPS.slice(1) : []) {
    const [x, y] = [left + east * wide, top + south * high];
    if (!free([x, y])) continue;
    if ((looks -= vertices) < 0) break;
    if (!holds(rings, x + wide / 2, y + high / 2)) continue;
    const ends = [0, wide / 2, wide].flatMap((dx) => [0, high].map((dy) => [x + dx, y + dy]));
    if ((looks -= ends.length * vertices) < 0) break;
    const held = ends.filter(([px, py]) => holds(rings, px, py)).length;
    if (held === ends.length) yield [x, y];
    else if (held >= least) partly.push({ held, corner: [x, y] });
  }
  for (const { corner } of partly.sort((one, other) => other.held - one.held)) yield corner;
}
