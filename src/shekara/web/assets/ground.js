// The ground of the map: Leaflet's coordinate system in the sheet's own projection, frames that are
// rectangles on the plane, and long edges bent as the projection bends them.

import * as ellipsoid from "./ellipsoid.js";
import { make as projectionOf, EQUATOR } from "./projection.js";

const element = document.getElementById("projection");
const given = element ? JSON.parse(element.textContent) : null;
const projection = given && projectionOf(given.projection);
// A zoom shows as much as it does in Mercator at the middle of the map.
const metres = given && EQUATOR * Math.cos(given.middle * (Math.PI / 180));

// Where a projection that shows the whole globe beside its middle meridian ends.
const zero = given?.projection.lon_0 ?? 0;
const globe =
  ["eqearth", "cea"].includes(given?.projection.proj)
    ? { west: zero - 180, east: zero + 180 }
    : null;

// Meridians at which areas are cut because the plane ends there: longitudes end at 180 degrees.
const cuts = [180, -180, ...(globe ? [globe.west, globe.east] : [])];

// A corner of a frame: it may lie where the projection has no place on the globe.
class Corner extends L.LatLng {
  constructor(point, latlng) {
    super(latlng.lat, latlng.lng);
    this.projected = point;
  }
}

// A place keeps its point for every zoom.
function onPlane(latlng) {
  latlng.projected ??= L.point(...projection.forward([latlng.lng, latlng.lat]));
  return latlng.projected;
}

const plane = {
  // A fresh point each time: Leaflet moves the one that it gets.
  project: (latlng) => onPlane(latlng).clone(),
  unproject(point) {
    const [lon, lat] = projection.inverse([point.x, point.y]);
    return new L.LatLng(lat, lon);
  },
};

if (given) {
  L.CRS.shekara = L.extend({}, L.CRS, {
    code: "shekara",
    projection: plane,
    transformation: L.transformation(1 / metres, 0.5, -1 / metres, 0.5),
    infinite: true, // Leaflet has no bounds of its own for it; frames hold the map
    distance: (a, b) => ellipsoid.distance([a.lng, a.lat], [b.lng, b.lat]),
  });
}

// A rectangle on the plane, to Leaflet a pair of opposite corners on the globe.
class Frame extends L.LatLngBounds {
  constructor(crs, bounds) {
    const corner = (x, y) => {
      const point = L.point(x, y);
      return new Corner(point, crs.projection.unproject(point));
    };
    super(corner(bounds.min.x, bounds.min.y), corner(bounds.max.x, bounds.max.y));
    const { min, max } = bounds;
    this.corners = {
      southWest: corner(min.x, min.y),
      northEast: corner(max.x, max.y),
      northWest: corner(min.x, max.y),
      southEast: corner(max.x, min.y),
      centre: corner((min.x + max.x) / 2, (min.y + max.y) / 2),
    };
  }
  getSouthWest() {
    return this.corners.southWest;
  }
  getNorthEast() {
    return this.corners.northEast;
  }
  getNorthWest() {
    return this.corners.northWest;
  }
  getSouthEast() {
    return this.corners.southEast;
  }
  getCenter() {
    return this.corners.centre;
  }
}

const plain = (map) => (map.options.crs.projection === plane ? null : map.options.crs);

// Mercator takes a place beside a corner's own point, too.
function frameOf(map, points) {
  const crs = plain(map);
  const bounds = L.bounds(points);
  if (!crs) return new Frame(map.options.crs, bounds);
  return L.latLngBounds(crs.projection.unproject(bounds.min), crs.projection.unproject(bounds.max));
}

// A picture in the map's projection that the page carries, in a pane of its own on the ground,
// below everything that is told about; null where it carries none of that name.
function picture(page, name) {
  const carried = document.getElementById(name);
  if (!carried) return null;
  const { map, layers } = page;
  const data = JSON.parse(carried.textContent);
  const pane = map.createPane(name);
  const lowest = layers.find((layer) => !layer.data.basemap);
  pane.style.zIndex = String(299 + 2 * (lowest ? lowest.number : layers.length));
  const [left, bottom, right, top] = data.bounds;
  const frame = frameOf(map, [L.point(left, bottom), L.point(right, top)]);
  const overlay = L.imageOverlay(data.image, frame, { pane: name, alt: "" }).addTo(map);
  // Two opposite corners in the window, from above.
  const corners = () =>
    [frame.getNorthWest(), frame.getSouthEast()].map((corner) =>
      map.latLngToContainerPoint(corner),
    );
  return { data, pane, overlay, corners };
}

// The least frame around a span of longitude and latitude: its outline is followed, once around
// the globe at most.
function around(map, /** @type {number[]} */ [left, south, right, north]) {
  const half = Math.min(right - left, 360) / 2;
  const [west, east] = given
    ? [(left + right) / 2 - half, (left + right) / 2 + half]
    : [left, right];
  const steps = 48;
  const points = [];
  const { projection: flat } = map.options.crs;
  for (let i = 0; i <= steps; i++) {
    const lon = west + ((east - west) * i) / steps;
    const lat = south + ((north - south) * i) / steps;
    for (const [x, y] of [
      [lon, south],
      [lon, north],
      [west, lat],
      [east, lat],
    ])
      points.push(flat.project(new L.LatLng(y, x)));
  }
  return frameOf(map, points);
}

// The least frame around places.
function holding(map, places) {
  return frameOf(
    map,
    places.map((place) => map.options.crs.projection.project(place)),
  );
}

// What the window shows now.
function seen(map) {
  const { crs } = map.options;
  const scale = crs.scale(map.getZoom());
  const { min, max } = map.getPixelBounds();
  return frameOf(
    map,
    [min, max].map((corner) => crs.transformation.untransform(corner, scale)),
  );
}

// Where a place lies in the window, in pixels and their parts: Leaflet knows whole ones.
const inPixels = (map, place) => map.project(place).subtract(map.getPixelBounds().min);

// Whether the map can show a place: it lies in the frame that holds the map.
function holds(map, place) {
  const { maxBounds } = map.options;
  const [from, to] = [maxBounds.getSouthWest(), maxBounds.getNorthEast()];
  return L.bounds(map.project(from, 0), map.project(to, 0)).contains(map.project(place, 0));
}

// Whether a place lies in the window, or so many pixels beside it.
function inWindow(map, latlng, beside = 0) {
  const { x, y } = map.latLngToContainerPoint(latlng);
  const size = map.getSize();
  return x >= -beside && y >= -beside && x <= size.x + beside && y <= size.y + beside;
}

// Degrees of longitude and latitude that the window shows, from the middle meridian outwards.
function span(map) {
  const size = map.getSize();
  const steps = 16;
  const places = [];
  for (let i = 0; i <= steps; i++) {
    for (const [x, y] of [
      [i / steps, 0],
      [i / steps, 1],
      [0, i / steps],
      [1, i / steps],
    ])
      places.push(map.containerPointToLatLng([x * size.x, y * size.y]));
  }
  const lons = places.map((place) => place.lng);
  const lats = places.map((place) => place.lat);
  let [west, east] = [Math.min(...lons), Math.max(...lons)];
  let [south, north] = [Math.min(...lats), Math.max(...lats)];
  if (given && !plain(map)) {
    const middle = given.projection.lon_0 || 0;
    for (const pole of [-90, 90]) {
      if (!inWindow(map, [pole, middle])) continue;
      // Around a pole all meridians are seen, and the pole itself.
      [west, east] = [middle - 180, middle + 180];
      if (pole < 0) south = -90;
      else north = 90;
    }
  }
  return { west, east, south, north };
}

// Whether an edge is long enough to be bent.
const far = (from, to) =>
  Math.abs(to.lng - from.lng) > 0.2 || Math.abs(to.lat - from.lat) > 0.5;

// An edge is straight in longitude and latitude: where the plane bends it by more than a few
// metres, places are put in between.
function bend(places, allowed) {
  if (!given) return places;
  let bent = null; // where something is put in
  for (let i = 1; i < places.length; i++) {
    const [from, to] = [places[i - 1], places[i]];
    if (far(from, to)) {
      const start = bent?.length ?? i;
      bent ??= places.slice(0, i);
      between(from, onPlane(from), to, onPlane(to), allowed, 8, bent);
      if (bent.length === start && start === i) bent = null;
    }
    bent?.push(to);
  }
  return bent ?? places;
}

function between(from, start, to, end, allowed, depth, bent) {
  const middle = new L.LatLng((from.lat + to.lat) / 2, (from.lng + to.lng) / 2);
  const point = onPlane(middle);
  const off = Math.hypot(point.x - (start.x + end.x) / 2, point.y - (start.y + end.y) / 2);
  const long = Math.abs(to.lng - from.lng) > 10;
  if (!depth || (off <= allowed && !long)) return;
  between(from, start, middle, point, allowed, depth - 1, bent);
  bent.push(middle);
  between(middle, point, to, end, allowed, depth - 1, bent);
}

// Degrees of latitude that a pixel shows at the middle of the map.
const degreesPerPixel = (map) =>
  (360 / (256 * 2 ** map.getZoom())) * (given ? Math.cos(given.middle * (Math.PI / 180)) : 1);

export const projected = Boolean(given);
export { around, frameOf, holding, holds, inPixels, picture, seen, inWindow, span, bend, degreesPerPixel, globe, cuts };
