// Where an area was cut in two at a meridian, or closed at a pole, because the plane ends there: it
// has no outline there, since it has no border.

const NEAR = 1e-4; // degrees: vertices lie on a grid
const same = (a, b) => Math.abs(a - b) < NEAR;

// Twice the area of a ring in square degrees, above zero where it runs against the clock.
function turn(ring) {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
    sum += ring[j].lng * ring[i].lat - ring[i].lng * ring[j].lat;
  return sum;
}

// Edges [from, to, side] of a feature's rings. Side is 0 for an edge on no cut, and NaN for one in a
// pole; else where the area lies, east (1) or west (-1) of the meridian of the cut.
function edgesOf(ring, isHole, cuts) {
  const clockwise = Math.sign(turn(ring)) * (isHole ? 1 : -1);
  return ring.slice(1).map((to, n) => {
    const from = ring[n];
    if (same(Math.abs(from.lat), 90) && same(from.lat, to.lat)) return [from, to, NaN];
    const cut = same(from.lng, to.lng) && cuts.some((lng) => same(lng, from.lng));
    return [from, to, cut ? clockwise * Math.sign(to.lat - from.lat) : 0];
  });
}

// What of an edge on a cut is a border, as pieces [from, to] in its order: the same feature does not
// go on on the other side there. The edges of that side may have other vertices.
function borders([from, to, side], cut) {
  const upwards = to.lat > from.lat;
  let left = [[Math.min(from.lat, to.lat), Math.max(from.lat, to.lat)]];
  for (const [a, b, other] of cut) {
    if (other !== -side) continue;
    const [low, high] = [Math.min(a.lat, b.lat), Math.max(a.lat, b.lat)];
    left = left
      .flatMap(([start, end]) => [
        [start, Math.min(end, low)],
        [Math.max(start, high), end],
      ])
      .filter(([start, end]) => end - start > NEAR);
  }
  const at = (lat) => (lat === from.lat ? from : lat === to.lat ? to : new L.LatLng(lat, from.lng));
  const pieces = left.map(([low, high]) => (upwards ? [at(low), at(high)] : [at(high), at(low)]));
  return upwards ? pieces : pieces.reverse();
}

// The outlines of an area without its seams, as lines; null where it has no seam. An edge on one of
// the cuts (meridians in degrees) is a seam where the same feature goes on on its other side: else
// the area ends there, and that is its border.
function outline(polygons, cuts) {
  const onCut = ({ lng, lat }) => same(Math.abs(lat), 90) || cuts.some((cut) => same(cut, lng));
  if (!polygons.some((rings) => rings.some((ring) => ring.some(onCut)))) return null;
  const rings = polygons.flatMap((parts) => parts.map((ring, n) => edgesOf(ring, n > 0, cuts)));
  const cut = rings.flat().filter(([, , side]) => side);
  let seams = 0;
  const lines = rings.flatMap((edges) => {
    const pieces = [];
    for (const edge of edges) {
      const [from, to, side] = edge;
      const drawn = Number.isNaN(side) ? [] : side ? borders(edge, cut) : [[from, to]];
      if (drawn.length !== 1 || drawn[0][0] !== from || drawn[0][1] !== to) seams += 1;
      for (const [start, end] of drawn) {
        if (pieces.at(-1)?.at(-1) === start) pieces.at(-1).push(end);
        else pieces.push([start, end]);
      }
    }
    return pieces;
  });
  return seams ? lines : null;
}

export { outline };
