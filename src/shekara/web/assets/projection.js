// Map projections of the WGS 84 ellipsoid, there and back, in closed form.
//
// Sources: J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987):
// Albers 14-1 to 14-21, Lambert conformal conic 15-1 to 15-11, equidistant conic 16-1 to 16-10,
// Lambert azimuthal equal-area 24-1 to 24-32, cylindrical equal-area 10-1 to 10-30, Mercator 7-6
// to 7-10, authalic latitude 3-11 to 3-16; meridian arc as a series in the third flattening
// (Helmert 1880); Equal Earth from B. Šavrič, T. Patterson, B. Jenny, IJGIS 33 (2019),
// DOI 10.1080/13658816.2018.1504949.
//
// Longitudes may run past 180 degrees: what a shape does there is its own affair. A place where a
// projection has no point comes back as the nearest one that has.

const A = 6378137; // metres
const F = 1 / 298.257223563;
const E2 = F * (2 - F);
const E = Math.sqrt(E2);
const N = F / (2 - F); // third flattening
const RAD = Math.PI / 180;
const HALF = Math.PI / 2;
const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

// Twice the area between the equator and a latitude, over a².
const q = (lat) => {
  const s = Math.sin(lat);
  return (1 - E2) * (s / (1 - E2 * s * s) + Math.atanh(E * s) / E);
};
const QP = q(HALF);

// Latitude of a given q; Newton on the sine, which has no trouble at the poles.
function fromQ(value) {
  const wanted = clamp(value, -QP, QP);
  let s = wanted / QP;
  for (let round = 0; round < 12; round++) {
    const w = 1 - E2 * s * s;
    const miss = (1 - E2) * (s / w + Math.atanh(E * s) / E) - wanted;
    const step = (miss * w * w) / (2 * (1 - E2));
    s = clamp(s - step, -1, 1);
    if (Math.abs(step) < 1e-16) break;
  }
  return Math.asin(s);
}

// Radius of a parallel over a.
const radius = (lat) => Math.cos(lat) / Math.sqrt(1 - E2 * Math.sin(lat) ** 2);

// Metres along a meridian from the equator.
function meridian(lat) {
  const n2 = N * N;
  return (
    (A / (1 + N)) *
    ((1 + n2 / 4 + (n2 * n2) / 64) * lat -
      1.5 * (N - (N * n2) / 8) * Math.sin(2 * lat) +
      (15 / 16) * (n2 - (n2 * n2) / 4) * Math.sin(4 * lat) -
      (35 / 48) * N * n2 * Math.sin(6 * lat) +
      (315 / 512) * n2 * n2 * Math.sin(8 * lat))
  );
}

function fromMeridian(metres) {
  let lat = clamp((metres / meridian(HALF)) * HALF, -HALF, HALF);
  for (let round = 0; round < 8; round++) {
    const slope = (A * (1 - E2)) / (1 - E2 * Math.sin(lat) ** 2) ** 1.5;
    const step = (meridian(lat) - metres) / slope;
    lat = clamp(lat - step, -HALF, HALF);
    if (Math.abs(step) < 1e-15) break;
  }
  return lat;
}

// Isometric latitude and back.
const isometric = (lat) => {
  const s = clamp(Math.sin(lat), -1 + 1e-15, 1 - 1e-15);
  return Math.atanh(s) - E * Math.atanh(E * s);
};
function fromIsometric(value) {
  let s = Math.tanh(value);
  for (let round = 0; round < 20; round++) {
    const next = Math.tanh(value + E * Math.atanh(E * s));
    if (Math.abs(next - s) < 1e-16) break;
    s = next;
  }
  return Math.asin(clamp(s, -1, 1));
}

// A cone, by the distance of each parallel from its tip and back; n is the cone's constant.
function cone(n, rho, latOf, lon0, lat0) {
  const middle = rho(lat0);
  return {
    forward(lon, lat) {
      const r = rho(lat);
      const turn = n * (lon - lon0);
      return [r * Math.sin(turn), middle - r * Math.cos(turn)];
    },
    inverse(x, y) {
      const sign = Math.sign(n);
      const turn = Math.atan2(sign * x, sign * (middle - y));
      const lat = latOf(sign * Math.hypot(x, middle - y));
      return [lon0 + clamp(turn / n, -Math.PI, Math.PI), lat];
    },
  };
}

function albers({ lat_1, lat_2, lat_0, lon_0 }) {
  const [m1, m2] = [radius(lat_1), radius(lat_2)];
  const [q1, q2] = [q(lat_1), q(lat_2)];
  const n = lat_1 === lat_2 ? Math.sin(lat_1) : (m1 * m1 - m2 * m2) / (q2 - q1);
  const c = m1 * m1 + n * q1;
  const rho = (lat) => (A * Math.sqrt(Math.max(0, c - n * q(lat)))) / n;
  return cone(n, rho, (r) => fromQ((c - ((r * n) / A) ** 2) / n), lon_0, lat_0);
}

function equidistant({ lat_1, lat_2, lat_0, lon_0 }) {
  const [m1, m2] = [radius(lat_1), radius(lat_2)];
  const n =
    lat_1 === lat_2
      ? Math.sin(lat_1)
      : ((m1 - m2) * A) / (meridian(lat_2) - meridian(lat_1));
  const g = (A * m1) / n + meridian(lat_1);
  return cone(n, (lat) => g - meridian(lat), (r) => fromMeridian(g - r), lon_0, lat_0);
}

function lambert({ lat_1, lat_2, lat_0, lon_0 }) {
  const [m1, m2] = [radius(lat_1), radius(lat_2)];
  const [p1, p2] = [isometric(lat_1), isometric(lat_2)];
  const n = lat_1 === lat_2 ? Math.sin(lat_1) : Math.log(m1 / m2) / (p2 - p1);
  const f = (A * m1 * Math.exp(n * p1)) / n;
  const reach = (lat) => clamp(lat, -89.9 * RAD, 89.9 * RAD); // the far pole is infinitely far
  const rho = (lat) => f * Math.exp(-n * isometric(reach(lat)));
  return cone(n, rho, (r) => fromIsometric(-Math.log(Math.max(r / f, 1e-300)) / n), lon_0, lat_0);
}

function azimuthal({ lat_0, lon_0 }) {
  const authalic = (lat) => Math.asin(clamp(q(lat) / QP, -1, 1));
  const beta0 = authalic(lat_0);
  const rq = A * Math.sqrt(QP / 2);
  const polar = Math.abs(Math.abs(lat_0) - HALF) < 1e-10;
  const d = polar ? 1 : (A * radius(lat_0)) / (rq * Math.cos(beta0));
  const [sin0, cos0] = [Math.sin(beta0), Math.cos(beta0)];
  return {
    forward(lon, lat) {
      const beta = authalic(lat);
      const turn = lon - lon_0;
      const along = sin0 * Math.sin(beta) + cos0 * Math.cos(beta) * Math.cos(turn);
      const east = Math.cos(beta) * Math.sin(turn);
      const up = cos0 * Math.sin(beta) - sin0 * Math.cos(beta) * Math.cos(turn);
      // Distance and direction apart: at the antipode, the rim, only the direction is lost.
      const far = Math.hypot(east, up);
      if (far === 0) return [0, along > 0 ? 0 : (-2 * rq) / d];
      const r = along > 0 ? rq * far * Math.sqrt(2 / (1 + along)) : rq * Math.sqrt(2 - 2 * along);
      return [(d * r * east) / far, (r * up) / (far * d)];
    },
    inverse(x, y) {
      const [u, v] = [x / d, y * d];
      const rho = Math.hypot(u, v);
      if (rho < 1e-9) return [lon_0, lat_0];
      const c = 2 * Math.asin(Math.min(1, rho / (2 * rq)));
      const [sinC, cosC] = [Math.sin(c), Math.cos(c)];
      const beta = cosC * sin0 + (v * sinC * cos0) / rho;
      const turn = Math.atan2(u * sinC, rho * cos0 * cosC - v * sin0 * sinC);
      return [lon_0 + turn, fromQ(QP * beta)];
    },
  };
}

function cylindrical({ lat_ts, lon_0 }) {
  const k = radius(lat_ts);
  return {
    forward: (lon, lat) => [A * k * (lon - lon_0), (A * q(lat)) / (2 * k)],
    inverse: (x, y) => [lon_0 + x / (A * k), fromQ((2 * k * y) / A)],
  };
}

function mercator({ lat_ts, lon_0 }) {
  const k = radius(lat_ts);
  const most = 89.5 * RAD;
  return {
    forward: (lon, lat) => [A * k * (lon - lon_0), A * k * isometric(clamp(lat, -most, most))],
    inverse: (x, y) => [lon_0 + x / (A * k), fromIsometric(y / (A * k))],
  };
}

function equalEarth({ lon_0 }) {
  const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796];
  const m = Math.sqrt(3) / 2;
  const rq = A * Math.sqrt(QP / 2);
  const rise = (t) => t * (a1 + a2 * t ** 2 + t ** 6 * (a3 + a4 * t ** 2));
  const slope = (t) => a1 + 3 * a2 * t ** 2 + t ** 6 * (7 * a3 + 9 * a4 * t ** 2);
  const most = Math.asin(m);
  return {
    forward(lon, lat) {
      const t = Math.asin(clamp((m * q(lat)) / QP, -m, m));
      return [(rq * (lon - lon_0) * Math.cos(t)) / (m * slope(t)), rq * rise(t)];
    },
    inverse(x, y) {
      let t = clamp(y / rq / a1, -most, most);
      for (let round = 0; round < 12; round++) {
        const step = (rise(t) - y / rq) / slope(t);
        t = clamp(t - step, -most, most);
        if (Math.abs(step) < 1e-15) break;
      }
      const lon = (x * m * slope(t)) / (rq * Math.cos(t));
      return [lon_0 + clamp(lon, -Math.PI, Math.PI), fromQ((QP * Math.sin(t)) / m)];
    },
  };
}

const KINDS = {
  aea: albers,
  eqdc: equidistant,
  lcc: lambert,
  laea: azimuthal,
  cea: cylindrical,
  merc: mercator,
  eqearth: equalEarth,
};

// A projection by its name and its angles in degrees, as PROJ calls them.
//   forward([lon, lat] in degrees) -> [x, y] in metres; inverse the other way.
function make({ proj, ...degrees }) {
  const angles = { lat_0: 0, lon_0: 0, lat_ts: 0 };
  for (const [key, value] of Object.entries(degrees)) angles[key] = value * RAD;
  const { forward, inverse } = KINDS[proj](angles);
  return {
    forward: ([lon, lat]) => forward(lon * RAD, lat * RAD),
    inverse: ([x, y]) => inverse(x, y).map((angle) => angle / RAD),
  };
}

export const EQUATOR = 2 * Math.PI * A;
export { make };
