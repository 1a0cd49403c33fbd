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

// The outlines of an area without its seams, as lines; null where it has no seam. An edge on one of
// the cuts (meridians in degrees) is a seam where the same feature goes on on its other side: else
// the area ends there, and that is its border.
function outline(polygons, cuts) {
  const onCut = ({ lng, lat }) => same(Math.abs(lat), 90) || cuts.some((cut) => same(cut, lng));
  if (!polygons.some((rings) => rings.some((ring) => ring.some(onCut)))) return null;
  const rings = polygons.flatMap((parts) => parts.map((ring, n) => edgesOf(ring, n > 0, cuts)));
  const cut = rings.flat().filter(([, , side]) => side);
  const goesOn = ([from, to, side]) => {
    const middle = (from.lat + to.lat) / 2;
    return cut.some(
      ([a, b, other]) =>
        other === -side && middle > Math.min(a.lat, b.lat) && middle < Math.max(a.lat, b.lat),
    );
  };
  const lines = rings.flatMap((edges) => {
    const pieces = [];
    let piece = null;
    for (const edge of edges) {
      const [from, to, side] = edge;
      if (Number.isNaN(side) || (side && goesOn(edge))) piece = null;
      else if (piece) piece.push(to);
      else pieces.push((piece = [from, to]));
    }
    return pieces;
  });
  const drawn = lines.reduce((sum, line) => sum + line.length - 1, 0);
  return drawn < rings.flat().length ? lines : null;
}

export { outline };
