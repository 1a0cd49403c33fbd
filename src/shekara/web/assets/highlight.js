// What is drawn over the layers: the geometry that was measured or found, and the name at the pointer.

import * as ground from "./ground.js";
import { el } from "./nodes.js";
import { outline } from "./seams.js";

// The measured geometry of a claim or a search result, drawn again on top of everything.
export class Highlight {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    if (!page.map.getPane("highlight")) page.map.createPane("highlight").style.zIndex = "570";
    this.renderer = L.svg({ pane: "highlight", padding: 0.5 });
    this.group = L.layerGroup().addTo(page.map);
    this.ids = [];
    this.shown = [];
  }

  // Inks tell the lines of a claim apart; without them all glow alike.
  show(targets, inks = []) {
    this.clear();
    this.shown = [targets, inks];
    this.ids = targets.map(({ layer, i }) => layer.data.features[i].id);
    targets.forEach(({ layer, i }, n) => {
      const shape = layer.shape(i);
      const base = {
        pane: "highlight",
        renderer: this.renderer,
        interactive: false,
        fill: false,
      };
      const add = (make) => {
        make({ ...base, className: "glow-case", weight: 8 }).addTo(this.group);
        const look = inks[n] ? { className: "ink", color: inks[n] } : { className: "glow" };
        make({ ...base, ...look, weight: 3.5 }).addTo(this.group);
      };
      const open = outline(shape.polygons, ground.cuts);
      if (open) add((options) => L.polyline(open, options));
      else if (shape.polygons.length) add((options) => L.polygon(shape.polygons, options));
      if (shape.lines.length) add((options) => L.polyline(shape.lines, options));
      const { size } = this.page.data.styles[layer.data.features[i].s];
      for (const point of shape.points) {
        add((options) => L.circleMarker(point, { ...options, radius: size / 2 + 4 }));
      }
    });
  }

  // The same with finer lines.
  redraw() {
    if (this.ids.length) this.show(...this.shown);
  }

  clear() {
    this.group.clearLayers();
    this.ids = [];
    this.shown = [];
  }
}

// The name that follows the pointer.
export class Hover {
  constructor(map) {
    this.tooltip = L.tooltip({ direction: "top", offset: [0, -8], className: "name" });
    this.map = map;
  }

  show(text, latlng) {
    if (!text) return this.hide();
    this.tooltip.setLatLng(latlng).setContent(el("span", {}, text));
    if (!this.map.hasLayer(this.tooltip)) this.tooltip.addTo(this.map);
  }

  hide() {
    this.tooltip.remove();
  }
}
