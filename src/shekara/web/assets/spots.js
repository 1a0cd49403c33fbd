// Where a name can stand: boxes that are taken, strokes that it keeps clear of, places beside a shape.

const ROOM = 48; // pixels: boxes are looked for by squares of this side
const STEP = 6; // pixels between the points of a stroke that are looked at
const PLAIN = 200; // a line of more vertices winds: a name can't keep clear of it
const ALONG = [0.42, 0.58, 0.34, 0.66, 0.26, 0.74]; // places along a line beside its middle
const MOST = 8; // points of strokes under a figure that can still be read
const OFF = 4; // pixels between a name and what it names

// Boxes [left, top, right, bottom] that are taken, found by the squares that they touch.
export class Taken {
  constructor() {
    this.squares = new Map();
  }

  *touched([left, top, right, bottom]) {
    for (let x = Math.floor(left / ROOM); x <= Math.floor(right / ROOM); x++)
      for (let y = Math.floor(top / ROOM); y <= Math.floor(bottom / ROOM); y++)
        yield x * 2 ** 24 + y;
  }

  add(box) {
    for (const key of this.touched(box)) {
      const square = this.squares.get(key);
      if (square) square.push(box);
      else this.squares.set(key, [box]);
    }
  }

  free(box) {
    const [left, top, right, bottom] = box;
    for (const key of this.touched(box))
      for (const other of this.squares.get(key) ?? [])
        if (left < other[2] && right > other[0] && top < other[3] && bottom > other[1]) return false;
    return true;
  }
}

// The line of a feature in the map's pixels; nothing where it winds or is not drawn.
function stroke(layer, i) {
  for (const part of layer.many ? [] : (layer.items?.[i].parts ?? [])) {
    if (!part._map || part instanceof L.Polygon || part.options.className === "hit") continue;
    const [ring, ...more] = part._rings ?? [];
    if (ring && !more.length && ring.length <= PLAIN) return ring;
  }
  return [];
}

// Points along a line, so far from each other at most.
function* points(ring, step) {
  for (let n = 1; n < ring.length; n++) {
    const [from, to] = [ring[n - 1], ring[n]];
    const count = Math.max(1, Math.ceil(from.distanceTo(to) / step));
    for (let k = 0; k < count; k++)
      yield [from.x + ((to.x - from.x) * k) / count, from.y + ((to.y - from.y) * k) / count];
  }
}

// Lines that are told about: a figure that lies across them can't be read.
export class Strokes {
  constructor(layers) {
    this.points = [];
    for (const layer of layers) {
      if (!layer.shown || layer.many || layer.data.basemap || layer.data.kind !== "line") continue;
      layer.data.features.forEach((_, i) => this.points.push(...points(stroke(layer, i), STEP)));
    }
  }

  // The first of the corners of a box at which the fewest points lie in it; none where more lie in
  // each than a reader can look past.
  clearest(corners, [wide, high], most = MOST) {
    let best;
    let least = most + 1;
    for (const [left, top] of corners) {
      let hits = 0;
      for (const [x, y] of this.points)
        if (x > left && x < left + wide && y > top && y < top + high) hits += 1;
      if (hits < least) [best, least] = [[left, top], hits];
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
