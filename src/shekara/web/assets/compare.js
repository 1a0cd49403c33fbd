// Two years side by side: a second map beside the first, with its own year and the same view.
// One pointer is shown on both.

import * as backdrop from "./backdrop.js";
import * as globe from "./globe.js";
import * as graticule from "./graticule.js";
import { Highlight, Hover } from "./highlight.js";
import * as ground from "./ground.js";
import * as labels from "./labels.js";
import * as manners from "./manners.js";
import { Layer } from "./layers.js";
import { el, replace } from "./nodes.js";
import * as relief from "./relief.js";
import { within } from "./time.js";

class Compare {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.on = false;
    this.names = null; // the line of years above the maps
    this.canvas = document.querySelector(".canvas");
    this.node = el("div", { class: "second" });
    this.button = el("button", {
      type: "button",
      class: "compare",
      "aria-pressed": "false",
      click: () => (this.on ? this.close() : this.open()),
    });
  }

  draw() {
    const { words, time } = this.page;
    if (time.node.hidden) return;
    this.button.textContent = words.compare;
    time.node.append(this.button);
    if (!this.on) return;
    // New words, or new colours.
    this.view.map.closePopup();
    for (const layer of this.view.layers) {
      layer.restyle();
      layer.rename();
    }
    this.follow();
    this.drawYears();
  }

  changed(what) {
    if (!this.on) return;
    if (what === "layers" || what === "ground") this.follow();
    if (what === "detail") this.redraw();
    // All years together leave nothing to compare.
    if (what === "year" && this.page.year === null) this.close();
    else this.drawYears();
  }

  // As an address says: a second year, or none.
  restore(year) {
    if (this.on) this.close();
    const { page } = this;
    const asked = within(page.years, year);
    if (asked.year === null) return;
    this.open(asked.year);
    if (asked.outside === null) return;
    page.outside = asked.outside;
    page.time.mark();
  }

  // The earlier of two years is the page's own; the later one is the second map's.
  open(second) {
    const { page } = this;
    const { steps } = page.time;
    const seen = ground.seen(page.map);
    page.time.stop();
    const first = page.year ?? steps[0];
    this.before = { year: page.year, first, zoom: page.map.getZoom() };
    if (page.year === null) page.setYear(first);
    this.canvas.append(this.node);
    this.canvas.classList.add("compared");
    this.button.setAttribute("aria-pressed", "true");
    this.make(second ?? (steps.at(-1) === first ? steps[0] : steps.at(-1)));
    this.on = true;
    page.map.invalidateSize({ animate: false });
    page.map.fitBounds(seen, { animate: false });
    this.before.zoom -= page.map.getZoom();
    this.move(page.map, this.view.map);
    this.drawYears();
  }

  // Finer lines on the second map, too.
  redraw() {
    for (const layer of this.view.layers) layer.redraw();
  }

  close() {
    const { page } = this;
    const { year, first, zoom } = this.before;
    this.on = false;
    this.left();
    this.view.map.remove();
    this.view = null;
    this.node.remove();
    this.names?.remove();
    this.canvas.classList.remove("compared");
    this.button.setAttribute("aria-pressed", "false");
    page.address.write();
    page.map.off("move", this.moved).off("mousemove", this.pointed).off("mouseout", this.left);
    page.map.invalidateSize({ animate: false });
    page.map.setZoom(page.map.getZoom() + zoom, { animate: false });
    if (year === null && page.year === first) page.setYear(null);
  }

  // A view of the same page: its data and texts, with another map, other layers, another year.
  make(year) {
    const { page } = this;
    const { crs, zoomSnap } = page.map.options;
    const holder = el("div", { class: "second-map" });
    replace(this.node, holder);
    const map = L.map(holder, {
      crs,
      zoomSnap,
      zoomControl: false,
      attributionControl: false,
      keyboard: false,
      minZoom: page.map.getMinZoom(),
      maxZoom: page.map.getMaxZoom(),
      maxBounds: page.map.options.maxBounds,
    });
    map.setView(page.map.getCenter(), page.map.getZoom(), { animate: false });
    const view = Object.create(page);
    Object.assign(view, { map, year, until: null, popup: null, evidence: null, charts: null, index: null });
    view.layers = page.data.layers.map((_, i) => new Layer(view, i));
    view.highlight = new Highlight(view);
    view.hovering = new Hover(map);
    this.view = view;
    globe.attach(view);
    backdrop.attach(view);
    relief.attach(view);
    view.graticule = graticule.attach(view);
    view.names = labels.attach(view);
    manners.attach(view);
    this.follow();
    this.join(page.map, map);
  }

  // The second map shows the layers that the first one does.
  follow() {
    const { page, view } = this;
    view?.layers.forEach((layer, i) => {
      const { shown, hidden, opacity } = page.layers[i];
      Object.assign(layer, { shown, hidden });
      layer.fade(opacity);
      layer.update();
    });
    if (!view) return;
    view.graticule.set(page.graticule.shown);
    view.relief.set(page.relief.shown);
    view.backdrop.set(page.backdrop.shown);
    view.names.draw();
  }

  // Whichever is moved moves the other; the pointer is on both.
  join(one, other) {
    const spot = () => L.circleMarker([0, 0], { radius: 6, className: "twin", interactive: false });
    const twins = new Map([one, other].map((map) => [map, spot()]));
    this.moved = () => this.move(one, other);
    this.pointed = (event) => twins.get(other).setLatLng(event.latlng).addTo(other);
    this.left = () => twins.forEach((twin) => twin.remove());
    one.on("move", this.moved).on("mousemove", this.pointed).on("mouseout", this.left);
    other.on("move", () => this.move(other, one));
    other.on("mousemove", (event) => twins.get(one).setLatLng(event.latlng).addTo(one));
    other.on("mouseout", this.left);
  }

  move(from, to) {
    if (this.moving) return;
    this.moving = true;
    to.setView(from.getCenter(), from.getZoom(), { animate: false });
    this.moving = false;
  }

  // Above each map its year; that of the second is chosen there.
  drawYears() {
    const { page, view } = this;
    const { words, time } = page;
    const choice = el(
      "select",
      {
        "aria-label": words.compare_year,
        change: () => this.choose(Number(choice.value)),
      },
      [...new Set([...time.steps, view.year])]
        .sort((a, b) => a - b)
        .map((year) => el("option", { value: year }, String(year))),
    );
    choice.value = String(view.year);
    this.names ??= el("div", { class: "years" });
    replace(this.names, el("b", {}, page.year === null ? "" : page.yearText), choice);
    this.canvas.append(this.names);
  }

  choose(year) {
    const { view } = this;
    view.year = year;
    for (const layer of view.layers) layer.update();
    view.names.draw();
    this.page.address.write();
  }
}

export const attach = (page) => (page.compare = new Compare(page));
