// Layers as files: GeoJSON and CSV made of what the page holds.

import { half, meet, wound } from "./halves.js";

const CELL = 32767; // letters that a spreadsheet takes in one

// A feature as GeoJSON (RFC 7946), with the columns of its table as properties.
function feature(shape, properties, digits) {
  return { type: "Feature", properties, geometry: geometry(shape, digits) };
}

function geometry({ points, lines, polygons }, digits) {
  const round = (value) => Number(value.toFixed(digits));
  const pairs = (places) => places.map(({ lat, lng }) => [lng, lat]);
  const rounded = (part) => part.map((pair) => pair.map(round));
  const several = (name, list) =>
    list.length === 1
      ? { type: name, coordinates: list[0] }
      : { type: `Multi${name}`, coordinates: list };
  const made = [];
  const found = pairs(points).map(([lon, lat]) => [lon - 360 * world(lon), lat]);
  if (points.length) made.push(several("Point", rounded(found)));
  if (lines.length)
    made.push(several("LineString", lines.flatMap((line) => runs(pairs(line)).map(rounded))));
  if (polygons.length)
    made.push(
      several(
        "Polygon",
        polygons
          .flatMap((rings) => areas(rings.map(pairs)))
          .map((rings) => rings.map((ring, n) => wound(closed(rounded(ring)), n === 0))),
      ),
    );
  if (made.length < 2) return made[0] ?? null;
  return { type: "GeometryCollection", geometries: made };
}

// The map counts longitudes on beyond 180 degrees, a file does not: how often around the globe.
function world(lon) {
  return Math.floor((lon + 180) / 360);
}

// First and last world that a part reaches into, by more than its edge.
function worlds(part) {
  let [west, east] = [Infinity, -Infinity];
  for (const [lon] of part) [west, east] = [Math.min(west, lon), Math.max(east, lon)];
  return [world(west), Math.max(world(west), -world(-east))];
}

const back = (part, by) => part.map(([lon, lat]) => [lon - 360 * by, lat]);

// A line cut at 180 degrees (RFC 7946, section 3.1.9): each edge lies in one world.
function runs(line) {
  const [first, last] = worlds(line);
  let places = line;
  for (let at = 180 + 360 * first; at < 180 + 360 * last; at += 360)
    places = places.flatMap((to, i, all) =>
      i && (all[i - 1][0] - at) * (to[0] - at) < 0 ? [meet(all[i - 1], to, at), to] : [to],
    );
  const parts = [];
  places.slice(1).forEach((to, i) => {
    const by = world((places[i][0] + to[0]) / 2);
    if (parts.at(-1)?.by !== by) parts.push({ by, part: [places[i]] });
    parts.at(-1).part.push(to);
  });
  return parts.map(({ by, part }) => back(part, by));
}

const same = (one, other) => one[0] === other[0] && one[1] === other[1];

// An area cut there, holes and all.
function areas(rings) {
  const [first, last] = worlds(rings[0]);
  if (first === last) return [rings.map((ring) => back(ring, first))];
  const open = rings.map((ring) => (same(ring[0], ring.at(-1)) ? ring.slice(0, -1) : ring));
  return Array.from({ length: last - first + 1 }, (_, n) => {
    const low = -180 + 360 * (first + n);
    return half(open, low, 1)
      .flatMap((area) => half(area, low + 360, -1))
      .map((area) => area.map((ring) => back(ring, first + n)));
  }).flat();
}

function closed(ring) {
  const [first, last] = [ring[0], ring.at(-1)];
  return first && !same(first, last) ? [...ring, first] : ring;
}

const nested = (list) =>
  `(${list.map((part) => (typeof part[0] === "number" ? part.join(" ") : nested(part))).join(", ")})`;

function wkt({ type, coordinates, geometries }) {
  const name = type.toUpperCase();
  if (geometries) return `${name} (${geometries.map(wkt).join(", ")})`;
  return `${name} ${type === "Point" ? `(${coordinates.join(" ")})` : nested(coordinates)}`;
}

// Columns of a table that say where things are: lon and lat where each is one point, else WKT
// where every one fits into the cell of a spreadsheet; none where one does not.
function whereabouts(shapes) {
  const known = shapes.filter(Boolean);
  if (known.length && known.every(({ type }) => type === "Point"))
    return ["lon", "lat"].map((title, n) => ({
      title,
      cells: shapes.map((shape) => shape?.coordinates[n] ?? null),
    }));
  const cells = shapes.map((shape) => shape && wkt(shape));
  const fits = known.length && cells.every((text) => !text || text.length <= CELL);
  return fits ? [{ title: "WKT", cells }] : [];
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

export { feature, geometry, apart, csv, whereabouts };
