// Shapes of the page: put together of arcs, which neighbours share.

import * as ground from "./ground.js";

// Metres of a degree of a meridian.
const DEGREE = 111132;

// Leaflet's own points, made once: it takes them as they are, however many shapes share them. Long
// edges are bent as the projection bends them, to so many degrees.
function arcsOf({ lengths, lon, lat }, quantum, detail) {
  let n = 0;
  return lengths.map((length) => {
    const arc = new Array(length);
    for (let i = 0; i < length; i++, n++)
      arc[i] = new L.LatLng(lat[n] * quantum, lon[n] * quantum);
    return ground.bend(arc, detail * DEGREE);
  });
}

// Arcs one after the other; ~n is arc n backwards; the common vertex is kept once.
function join(arcs, refs) {
  const line = [];
  for (const ref of refs) {
    const arc = ref < 0 ? arcs[~ref].slice().reverse() : arcs[ref];
    for (let i = line.length ? 1 : 0; i < arc.length; i++) line.push(arc[i]);
  }
  return line;
}

// Of an area too small for the detail two equal points are left: it has no ring.
const rings = (arcs, part) =>
  part.map((ring) => join(arcs, ring)).filter((line) => line.length > 3);

// A feature's shape: {points}, {lines} and {polygons}.
function shapeOf(arcs, shape) {
  const result = { points: [], lines: [], polygons: [] };
  if (!shape) return result;
  if (shape.p) result.points = shape.p.map(([lon, lat]) => new L.LatLng(lat, lon));
  for (const part of shape.p ? shape.s : shape) {
    if (!Array.isArray(part[0])) result.lines.push(join(arcs, part));
    else {
      const area = rings(arcs, part);
      if (area.length) result.polygons.push(area);
    }
  }
  return result;
}

export { arcsOf, shapeOf };
