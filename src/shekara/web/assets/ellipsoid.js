// Lengths and areas on the WGS 84 ellipsoid: the page's own measuring, with no sphere in it.
//
// A geodesic is followed on Bessel's auxiliary sphere (reduced latitude b, arc s, longitude o):
//   sin b = cos a0 sin s,   d(length) = A w ds,   d(longitude) = w do,   w = sqrt(1 - e2 cos² b).
// The three integrals are smooth, so 16 Gauss-Legendre nodes give them to about 1e-12.
// The azimuth that leads from one point to the other is found by halving, which always ends, also
// for nearly antipodal points. Source: C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87
// (2013), DOI 10.1007/s00190-012-0578-z; sections 2, 4 and 6.

const A = 6378137; // metres, WGS 84
const F = 1 / 298.257223563;
const E2 = F * (2 - F);
const E = Math.sqrt(E2);
const RAD = Math.PI / 180;
// Twice the authalic function at the pole; the ellipsoid's area is 4 pi times C2.
const QP = 1 + ((1 - E2) * Math.atanh(E)) / E;
const C2 = (A * A * QP) / 2;
const NODES = gaussLegendre(16);

// Nodes and weights on -1..1, by Newton's method on the Legendre polynomial.
function gaussLegendre(n) {
  const nodes = [];
  for (let i = 1; i <= n; i++) {
    let x = Math.cos((Math.PI * (i - 0.25)) / (n + 0.5));
    let slope = 1;
    for (let round = 0; round < 50; round++) {
      let p0 = 1;
      let p1 = x;
      for (let k = 2; k <= n; k++) [p0, p1] = [p1, ((2 * k - 1) * x * p1 - (k - 1) * p0) / k];
      slope = (n * (x * p1 - p0)) / (x * x - 1);
      const step = p1 / slope;
      x -= step;
      if (Math.abs(step) < 1e-15) break;
    }
    nodes.push([x, 2 / ((1 - x * x) * slope * slope)]);
  }
  return nodes;
}

function integral(f, from, to) {
  const half = (to - from) / 2;
  const middle = (to + from) / 2;
  let sum = 0;
  for (const [x, weight] of NODES) sum += weight * f(middle + half * x);
  return sum * half;
}

// Difference of two longitudes in degrees, -180..180.
function turn(degrees) {
  const rest = (((degrees % 360) + 540) % 360) - 180;
  return rest === -180 && degrees > 0 ? 180 : rest;
}

const reduced = (lat) => Math.atan((1 - F) * Math.tan(lat * RAD));

// The geodesic through reduced latitudes b1 <= b2 that starts with azimuth a1 (b1 <= 0).
function course(b1, b2, a1) {
  const c1 = Math.cos(b1);
  const c2 = Math.cos(b2);
  const sin0 = Math.sin(a1) * c1;
  const north1 = Math.cos(a1) * c1;
  const north2 = Math.sqrt(Math.max(0, north1 * north1 + (c2 * c2 - c1 * c1)));
  const s1 = Math.atan2(Math.sin(b1), north1);
  const s2 = Math.atan2(Math.sin(b2), north2);
  const cos0sq = 1 - sin0 * sin0;
  const o = (s) => Math.atan2(sin0 * Math.sin(s), Math.cos(s));
  const cosb2 = (s) => 1 - cos0sq * Math.sin(s) ** 2;
  const w = (s) => Math.sqrt(1 - E2 * cosb2(s));
  const lag = (s) => integral((t) => 1 / (1 + w(t)), s1, s) * E2 * sin0;
  return {
    sin0,
    cos0: Math.sqrt(cos0sq),
    s1,
    s2,
    o,
    w,
    cosb2,
    lon: (s) => o(s) - o(s1) - lag(s),
  };
}

// Shortest way between two points [lon, lat] in degrees, put so that it starts in the south,
// farther from the equator, and runs east; `swap` and the signs say how to turn it back.
function solve(from, to) {
  const wide = turn(to[0] - from[0]);
  const swap = Math.abs(from[1]) < Math.abs(to[1]);
  const [lat1, lat2] = swap ? [to[1], from[1]] : [from[1], to[1]];
  const sign = lat1 < 0 ? 1 : -1;
  const target = Math.abs(wide) * RAD;
  // The pole itself and the equator are limits: step aside by a micrometre.
  const b1 = Math.min(-1e-13, Math.max(reduced(sign * lat1), 1e-13 - Math.PI / 2));
  const b2 = Math.max(b1, Math.min(-b1, reduced(sign * lat2)));
  let low = 0;
  let high = Math.PI;
  if (b1 === -1e-13 && target <= (1 - F) * Math.PI) low = high = Math.PI / 2; // along the equator
  while (high - low > 1e-16) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    const line = course(b1, b2, middle);
    if (line.lon(line.s2) < target) low = middle;
    else high = middle;
  }
  const line = course(b1, b2, (low + high) / 2);
  const equator = b1 === -1e-13 && target <= (1 - F) * Math.PI;
  return { line, b1, b2, wide, swap, sign, target, equator };
}

// Metres between two points [lon, lat].
function distance(from, to) {
  if (from[0] === to[0] && from[1] === to[1]) return 0;
  const way = solve(from, to);
  if (way.equator) return A * way.target;
  return A * integral(way.line.w, way.line.s1, way.line.s2);
}

// Square metres between a geodesic and the equator, positive north of it when it runs east.
function strip(from, to) {
  const way = solve(from, to);
  if (way.equator || way.target === 0) return 0;
  const { line, b1, b2 } = way;
  const turned = line.o(line.s2) - line.o(line.s1);
  // On the auxiliary sphere the strip is the spherical excess ...
  const sphere =
    2 *
    Math.atan2(
      Math.sin((b1 + b2) / 2) * Math.sin(turned / 2),
      Math.cos((b2 - b1) / 2) * Math.cos(turned / 2),
    );
  // ... and the ellipsoid adds a smooth remainder.
  const rest = integral(
    (s) => {
      const sinb = line.cos0 * Math.sin(s);
      const cosb2 = Math.max(line.cosb2(s), 1e-12);
      const sinp = sinb / Math.sqrt(sinb * sinb + (1 - F) ** 2 * cosb2);
      const q = (1 - E2) * (sinp / (1 - E2 * sinp * sinp) + Math.atanh(E * sinp) / E);
      return ((line.w(s) * q) / QP - sinb) * (line.sin0 / cosb2);
    },
    line.s1,
    line.s2,
  );
  return way.sign * Math.sign(way.wide) * C2 * (sphere + rest);
}

// Metres along a line of points [lon, lat].
function length(points) {
  let sum = 0;
  for (let i = 1; i < points.length; i++) sum += distance(points[i - 1], points[i]);
  return sum;
}

// Square metres inside a ring of points [lon, lat]; it need not be closed, may hold a pole.
function area(points) {
  let sum = 0;
  let turns = 0;
  points.forEach((from, i) => {
    const to = points[(i + 1) % points.length];
    sum += strip(from, to);
    turns += turn(to[0] - from[0]);
  });
  // A ring once around the earth holds a pole: the strip runs to the equator, not to it.
  return Math.abs(turns) > 180 ? 2 * Math.PI * C2 - Math.abs(sum) : Math.abs(sum);
}

// The geodesic as a run of points [lon, lat] close enough to be drawn with straight pieces.
function path(from, to) {
  const count = Math.max(1, Math.min(64, Math.ceil(distance(from, to) / 50000)));
  const way = solve(from, to);
  if (count === 1 || way.equator) return [from, to];
  const { line } = way;
  const points = [];
  for (let i = 1; i < count; i++) {
    const part = way.swap ? 1 - i / count : i / count;
    const s = line.s1 + (line.s2 - line.s1) * part;
    const sinb = line.cos0 * Math.sin(s);
    const lat = Math.atan2(sinb, (1 - F) * Math.sqrt(line.cosb2(s))) / RAD;
    const along = way.swap ? way.target - line.lon(s) : line.lon(s);
    points.push([from[0] + Math.sign(way.wide) * (along / RAD), way.sign * lat]);
  }
  return [from, ...points, [from[0] + way.wide, to[1]]];
}

export { distance, length, area, path };
