// What of an area lies on one side of a meridian: shell and holes together, so that a hole over the
// meridian becomes a part of the shore.

// Twice the area of a ring, above zero where it runs against the clock.
function twice(ring) {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
    sum += ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
  return sum;
}

// Shells run against the clock, holes with it.
const wound = (ring, isShell) => (twice(ring) > 0 === isShell ? ring : ring.slice().reverse());

// Where an edge crosses a meridian.
const meet = ([x1, y1], [x2, y2], at) => [at, y1 + ((at - x1) / (x2 - x1)) * (y2 - y1)];

function holds(ring, [x, y]) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}

// The pieces of an open ring that are inside, each from where it comes in to where it goes out; the
// ring itself where all of it is, nothing where none is.
function pieces(ring, inside, at) {
  const first = ring.findIndex((place) => !inside(place));
  if (first < 0) return { whole: [ring], open: [] };
  const open = [];
  for (let n = 0; n < ring.length; n++) {
    const [from, to] = [ring[(first + n) % ring.length], ring[(first + n + 1) % ring.length]];
    if (!inside(from) && inside(to)) open.push([meet(from, to, at)]);
    if (inside(from)) open.at(-1).push(from);
    if (inside(from) && !inside(to)) open.at(-1).push(meet(from, to, at));
  }
  return { whole: [], open };
}

// Rings of the pieces: along the meridian the area lies between the first and the second place
// where a ring meets it, between the third and the fourth, and so on.
function joined(open) {
  const ends = open.flatMap((piece) => [
    { piece, lat: piece[0][1] },
    { piece, lat: piece.at(-1)[1], isEnd: true },
  ]);
  ends.sort((a, b) => a.lat - b.lat);
  const after = new Map(); // the piece that goes on where one ends
  ends.forEach((end, n) => {
    if (end.isEnd) after.set(end.piece, ends[n % 2 ? n - 1 : n + 1].piece);
  });
  const left = new Set(open);
  const rings = [];
  for (const first of open) {
    const ring = [];
    for (let piece = first; left.delete(piece); piece = after.get(piece)) ring.push(...piece);
    if (ring.length) rings.push(ring);
  }
  return rings;
}

// Areas, each of a shell and its holes, east (1) or west (-1) of a meridian. Rings are open ones of
// [longitude, latitude].
function half(/** @type {number[][][]} */ area, at, side) {
  const inside = ([lon]) => side * (lon - at) > 0;
  const turned = area.map((ring, n) => wound(ring, n === 0));
  const cut = turned.map((ring) => pieces(ring, inside, at));
  const rings = [...joined(cut.flatMap(({ open }) => open)), ...cut.flatMap(({ whole }) => whole)];
  const areas = rings.filter((ring) => twice(ring) > 0).map((ring) => [ring]);
  for (const hole of rings.filter((ring) => twice(ring) < 0))
    areas.find(([ring]) => holds(ring, hole[0]))?.push(hole);
  return areas;
}

export { half, meet, wound };
