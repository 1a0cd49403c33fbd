// Layers as files: GeoJSON and CSV made of what the page holds.

// A feature as GeoJSON (RFC 7946), with the columns of its table as properties.
function feature(shape, properties, digits) {
  return { type: "Feature", properties, geometry: geometry(shape, digits) };
}

function geometry({ points, lines, polygons }, digits) {
  const round = (value) => Number(value.toFixed(digits));
  const pair = ({ lat, lng }) => [round(lng), round(lat)];
  const pairs = (places) => places.map(pair);
  const several = (name, list) =>
    list.length === 1
      ? { type: name, coordinates: list[0] }
      : { type: `Multi${name}`, coordinates: list };
  const made = [];
  if (points.length) made.push(several("Point", points.map(pair).map((point) => within([point])[0])));
  if (lines.length)
    made.push(
      several(
        "LineString",
        lines.map((line) => within(pairs(line))),
      ),
    );
  if (polygons.length)
    made.push(
      several(
        "Polygon",
        polygons.map((rings) => {
          const by = turns(pairs(rings[0]));
          return rings.map((ring, n) => wound(closed(within(pairs(ring), by)), n === 0));
        }),
      ),
    );
  if (made.length < 2) return made[0] ?? null;
  return { type: "GeometryCollection", geometries: made };
}

// How often a part is counted around the globe too far: it lies wholly beyond 180 degrees.
function turns(part) {
  const lons = part.map(([lon]) => lon);
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const ahead = Math.floor((west + 180) / 360);
  return west < east && ahead !== Math.ceil((east - 180) / 360) ? 0 : ahead;
}

// A part as GeoJSON counts longitudes: the map counts on beyond 180 degrees.
function within(part, by = turns(part)) {
  return part.map(([lon, lat]) => [lon - 360 * by, lat]);
}

function closed(ring) {
  const [first, last] = [ring[0], ring.at(-1)];
  return first && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring;
}

// Outer rings run against the clock, holes with it.
function wound(ring, outer) {
  let twice = 0;
  for (let i = 1; i < ring.length; i++)
    twice += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return twice > 0 === outer ? ring : ring.slice().reverse();
}

// Titles of columns; one that was there before gets a number.
function apart(titles) {
  return titles.map((title, n) => {
    const before = titles.slice(0, n).filter((other) => other === title).length;
    return before ? `${title} (${before + 1})` : title;
  });
}

// A table as RFC 4180: text that a spreadsheet would reckon with is marked as text.
function csv(titles, rows) {
  return `\ufeff${[titles, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function cell(value) {
  if (typeof value === "number") return String(value);
  const text = value === null || value === undefined ? "" : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[-+]?[\d\s.,]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export { feature, geometry, apart, csv };
