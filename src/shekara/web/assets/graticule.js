// The graticule: meridians and parallels, closer together as the map comes nearer.

import * as ground from "./ground.js";
import * as nodes from "./nodes.js";

const STEPS = [30, 20, 10, 5, 2, 1, 0.5, 1 / 3, 1 / 6, 1 / 12, 1 / 30, 1 / 60]; // degrees
const BETWEEN = 130; // pixels that two meridians should at least be apart

class Graticule {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.name = "graticule";
    this.given = this.shown = true;
    const pane = page.map.createPane("graticule");
    pane.classList.add("quiet");
    this.renderer = L.svg({ pane: "graticule", padding: 0.3 });
    this.lines = L.layerGroup().addTo(page.map);
    this.labels = L.DomUtil.create("div", "grid-labels", page.map.getContainer());
    this.labels.setAttribute("aria-hidden", "true");
    page.map.on("moveend", () => this.draw());
  }

  set(shown) {
    this.shown = shown;
    this.draw();
  }

  draw() {
    const { map } = this.page;
    this.lines.clearLayers();
    this.labels.replaceChildren();
    // Drawn above the land but below everything that is told about.
    const lowest = this.page.layers.find((layer) => !layer.data.basemap);
    map.getPane("graticule").style.zIndex = String(
      299 + 2 * (lowest ? lowest.number : this.page.layers.length),
    );
    if (!this.shown) return;
    const view = ground.span(map);
    const perPixel = ground.degreesPerPixel(map);
    const high = STEPS.findLast((s) => s / perPixel >= BETWEEN) || STEPS[0];
    // Meridians draw together towards a pole: their step is that of the middle of the window.
    const narrow = Math.max(0.05, Math.cos((map.getCenter().lat * Math.PI) / 180));
    const flat = ground.projected ? narrow : 1;
    const wide = STEPS.findLast((s) => (s * flat) / perPixel >= BETWEEN * 0.8) || STEPS[0];
    const most = ground.projected ? 90 : 85;
    const south = Math.max(-most, view.south - high);
    const north = Math.min(most, view.north + high);
    const { globe } = ground;
    // All the way around each meridian is drawn once.
    const more = view.east - view.west >= 360 ? 0 : wide;
    const west = Math.max(view.west - more, globe?.west ?? -Infinity);
    const east = Math.min(view.east + wide, globe?.east ?? Infinity);
    const look = {
      pane: "graticule",
      renderer: this.renderer,
      interactive: false,
      className: "grid",
      weight: 0.6,
    };
    const run = (from, to, place) =>
      Array.from({ length: 65 }, (_, i) => L.latLng(place(from + ((to - from) * i) / 64)));
    // The last parallel before a pole ends the meridians: they do not run into a knot.
    const [low, top] = [-90, 90].map((pole) => pole - Math.sign(pole) * high);
    for (let i = Math.ceil(west / wide); i * wide <= east; i++) {
      const lon = i * wide;
      if (view.east - view.west >= 360 && lon >= view.west + 360 - 1e-9) break;
      const places = run(Math.max(south, low), Math.min(north, top), (lat) => [lat, lon]);
      L.polyline(places, look).addTo(this.lines);
      this.label(this.crossing(places, "y", 0), "x", lon, wide);
    }
    for (let i = Math.ceil(south / high); i * high <= north; i++) {
      const lat = i * high;
      if (Math.abs(lat) >= 90) continue;
      const places = run(west, east, (lon) => [lat, lon]);
      L.polyline(places, look).addTo(this.lines);
      this.label(this.crossing(places, "x", 0), "y", lat, high);
    }
  }

  // Where a line first meets the upper (y = 0) or the left (x = 0) edge of the window: the other
  // coordinate there; undefined where it does not.
  crossing(places, axis, edge) {
    const { map } = this.page;
    const other = axis === "x" ? "y" : "x";
    const size = map.getSize();
    const points = places.map((place) => map.latLngToContainerPoint(place));
    for (let i = 1; i < points.length; i++) {
      const [from, to] = [points[i - 1], points[i]];
      if (from[axis] - edge > 0 === to[axis] - edge > 0) continue;
      const share = (edge - from[axis]) / (to[axis] - from[axis]);
      const at = from[other] + share * (to[other] - from[other]);
      if (at >= 0 && at <= size[other]) return at;
    }
    return undefined;
  }

  // Along the upper and the left edge, away from the controls.
  label(at, axis, value, step) {
    const size = this.page.map.getSize();
    const [first, last] = axis === "x" ? [270, size.x - 60] : [60, size.y - 70];
    if (at === undefined || at < first || at > last) return;
    const [plus, minus] = axis === "x" ? ["east", "west"] : ["north", "south"];
    const { words } = this.page;
    const turned = axis === "y" ? value : ((((value + 180) % 360) + 360) % 360) - 180;
    const minutes = Math.round(Math.abs(turned) * 60);
    const degrees = `${Math.floor(minutes / 60)}°${step < 1 ? `${String(minutes % 60).padStart(2, "0")}′` : ""}`;
    const side = minutes === 0 ? "" : `\u00a0${turned < 0 ? words[minus] : words[plus]}`;
    const node = nodes.el("span", { class: "grid-label" }, degrees + side);
    node.style.cssText = axis === "y" ? `left:4px;top:${at - 14}px` : `top:2px;left:${at + 3}px`;
    this.labels.append(node);
  }
}

export const attach = (page) => (page.graticule = new Graticule(page));
