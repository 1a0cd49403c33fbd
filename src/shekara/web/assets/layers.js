// The map's layers: one pane each, so that order survives switching; names for keyboard and hover.

import * as arcs from "./arcs.js";
import * as crowd from "./crowd.js";
import * as ground from "./ground.js";
import * as painting from "./painting.js";
import { outline } from "./seams.js";
import * as signs from "./signs.js";
import { keepIn } from "./view.js";

// Lines thinner than this are hard to hit with a finger: an unseen wider one takes the click.
const HIT_WIDTH = 14;
// More features than this are painted, not put into the document: the table reads them out.
const MOST_NODES = 2000;
// What a key does on a feature: the next, the one before, the first, the last.
const STEPS = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  Home: "first",
  End: "last",
};
// The unseen twins double the drawing; beyond this many the lines take the click themselves.
const MOST_TWINS = 600;

export class Layer {
  constructor(/** @type {Page} */ page, number) {
    this.page = page;
    this.number = number;
    this.data = page.data.layers[number];
    this.name = this.data.name;
    this.shown = this.usual;
    this.pane = `layer-${number}`;
    const pane = page.map.createPane(this.pane);
    pane.style.zIndex = String(300 + 2 * number); // above tiles (200), below labels (580)
    pane.classList.toggle("quiet", Boolean(this.data.basemap));
    this.many = this.data.features.length > MOST_NODES;
    this.renderer = this.many
      ? painting.canvas(page.map, this.pane)
      : L.svg({ pane: this.pane, padding: 0.5 });
    this.opacity = 1;
    this.hidden = new Set(); // classes of the legend that the reader switched off
    this.items = null; // built when first shown
    this.crowd = null; // points of a layer of many
    this.events = new L.Evented(); // what the mouse does on its features
    this.events.on("click", (event) => {
      this.page.openPopup(this, event.propagatedFrom.number, event.latlng);
    });
    this.events.on("mouseover mousemove", (event) =>
      this.page.hover(this, event.propagatedFrom.number, event),
    );
    this.events.on("mouseout", () => this.page.hover(null));
  }

  // Whether it is shown when the page opens.
  get usual() {
    const { visible, extra, basemap } = this.data;
    return Boolean(visible) && !extra && !(basemap && this.page.data.tiled);
  }

  get text() {
    return this.page.text.layers[this.number];
  }

  // Drawn things of a feature by its number, built on demand.
  build() {
    if (this.items) return;
    if (this.many && this.data.features.some((feature) => feature.g?.p))
      this.crowd = new crowd.Crowd(this);
    this.items = this.data.features.map((feature, i) => this.draw(feature, i));
  }

  look(style, number, kind) {
    const options = signs.pathOptions(style, number, kind);
    return this.many ? signs.painted(style, options) : options;
  }

  // Whether its class is switched off in the legend.
  hides(feature) {
    return feature.l !== undefined && this.hidden.has(feature.l);
  }

  // Classes of the legend on and off.
  filter(number, on) {
    if (on) this.hidden.delete(number);
    else this.hidden.add(number);
    this.update();
    this.page.changed("layers");
  }

  fade(opacity) {
    this.opacity = opacity;
    this.page.map.getPane(this.pane).style.opacity = String(opacity);
  }

  shape(i) {
    const feature = this.data.features[i];
    if (!feature.shape) feature.shape = arcs.shapeOf(this.page.arcs, feature.g);
    return feature.shape;
  }

  draw(feature, i) {
    const { styles } = this.page.data;
    const style = styles[feature.s];
    if (this.crowd && feature.g?.p && !feature.g.s.length) return { feature, i, parts: [], style };
    const shape = this.shape(i);
    const base = {
      pane: this.pane,
      renderer: this.renderer,
      interactive: !this.data.basemap,
      bubblingMouseEvents: false,
      smoothFactor: 0.8,
    };
    const parts = [];
    if (shape.polygons.length) {
      const look = { ...base, ...this.look(style, feature.s, "polygon") };
      const open = look.stroke ? outline(shape.polygons, ground.cuts) : null;
      if (open) look.stroke = false;
      parts.push(new (this.many ? painting.Area : painting.Polygon)(shape.polygons, look));
      if (open) parts.push(this.outline(open, style, feature.s));
    }
    if (shape.lines.length) {
      const look = this.look(style, feature.s, "line");
      const twin =
        !this.data.basemap && style.width < HIT_WIDTH && this.data.features.length <= MOST_TWINS;
      if (twin)
        parts.push(
          new painting.Line(shape.lines, { ...base, weight: HIT_WIDTH, opacity: 0, className: "hit" }),
        );
      const line = new painting.Line(shape.lines, {
        ...base,
        ...look,
        interactive: base.interactive && !twin,
        noClip: Boolean(style.arrow),
      });
      line.arrow = style.arrow ? `url(#arrow-${feature.s})` : null;
      parts.push(line);
    }
    for (const point of this.crowd ? [] : shape.points) {
      parts.push(new painting.Sign(point, { ...base, ...signs.markerOptions(style) }));
    }
    const item = { feature, i, parts, style };
    for (const part of parts) {
      if (!this.many) part.on("add", () => this.name_(item, part));
      if (!part.options.interactive) continue;
      part.number = i;
      part.addEventParent(this.events);
    }
    return item;
  }

  // The outline of an area that has a seam, where there is none.
  outline(lines, style, number) {
    const look = this.look(style, number, "polygon");
    const options = { pane: this.pane, renderer: this.renderer, smoothFactor: 0.8, ...look };
    const line = new painting.Line(lines, { ...options, fill: false, interactive: false });
    line.isOutline = true;
    return line;
  }

  // A path that can be clicked can be reached with Tab and has a name.
  name_(item, part) {
    const node = part.getElement?.();
    if (!node) return;
    if (part.arrow) node.setAttribute("marker-end", part.arrow);
    if (!part.options.interactive) return;
    if (!node.hasAttribute("tabindex")) {
      node.setAttribute("role", "button");
      node.dataset.feature = item.feature.id;
      node.addEventListener("keydown", (event) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        if (STEPS[event.key]) this.walk(item, STEPS[event.key]);
        else if (event.key === "Enter" || event.key === " ")
          this.page.openPopup(this, item.i, null, node);
        else return;
        event.preventDefault();
        event.stopPropagation();
      });
      node.addEventListener("focus", () => {
        keepIn(this.page.map, part);
        this.stopAt(item);
      });
      node.setAttribute("tabindex", "-1");
    }
    node.setAttribute("aria-label", this.title(item.i));
  }

  // The part of a feature that takes the focus: of several only the first.
  handle(item) {
    return item?.parts.find((part) => part.options.interactive)?.getElement?.();
  }

  // A layer is one stop for Tab: where the reader was last, else its first feature.
  stopAt(item) {
    this.handle(this.stop)?.setAttribute("tabindex", "-1");
    this.stop = item;
    this.handle(item)?.setAttribute("tabindex", "0");
  }

  // From there the arrow keys lead through its features.
  walk(item, step) {
    const { map } = this.page;
    const reachable = this.items.filter(
      (one) => this.handle(one) && one.parts.some((part) => map.hasLayer(part)),
    );
    const at = reachable.indexOf(item);
    const next =
      typeof step === "string"
        ? reachable.at(step === "first" ? 0 : -1)
        : reachable[(at + step + reachable.length) % reachable.length];
    this.handle(next)?.focus();
  }

  title(i) {
    const name = this.text.features[i][0];
    return name ? `${name} (${this.text.title})` : this.text.title;
  }

  // Puts on the map what is to be seen in the year (null: all years), takes off the rest.
  update() {
    const { map } = this.page;
    if (!this.shown && !this.items) return;
    this.build();
    for (const item of this.items) {
      const wanted =
        this.shown && this.page.inYear(item.feature) && !this.hides(item.feature);
      for (const part of item.parts) {
        if (wanted === map.hasLayer(part)) continue;
        if (wanted) part.addTo(map);
        else part.remove();
      }
    }
    this.crowd?.show(
      (i) => this.shown && this.page.inYear(this.data.features[i]) && !this.hides(this.data.features[i]),
    );
    if (this.many) return;
    const there = (item) => item.parts.some((part) => map.hasLayer(part)) && this.handle(item);
    this.stopAt(this.stop && there(this.stop) ? this.stop : this.items.find(there));
  }

  // Finer lines in the place of those that are drawn.
  redraw() {
    this.items?.forEach((item, n) => {
      const { polygons, lines } = this.shape(item.i);
      const drawn = item.parts.filter((part) => part instanceof L.Polyline);
      // What was too small to be drawn has no part yet.
      if (polygons.length && !drawn.some((part) => part instanceof L.Polygon)) {
        for (const part of item.parts) part.remove();
        this.items[n] = this.draw(item.feature, item.i);
      } else
        for (const part of drawn) {
          const line = part.isOutline ? outline(polygons, ground.cuts) : lines;
          part.setLatLngs(part instanceof L.Polygon ? polygons : line);
        }
    });
    if (this.items) this.update();
  }

  // New colours: light, dark or paper.
  restyle() {
    this.crowd?.restyle();
    for (const { feature, style, parts } of this.items || []) {
      for (const part of parts) {
        if (part.options.className === "hit") continue;
        const kind = part instanceof L.Polygon || part.isOutline ? "polygon" : "line";
        const look = part instanceof painting.Sign ? signs.markerOptions(style) : this.look(style, feature.s, kind);
        if (part.isOutline) look.fill = false;
        else if (parts.some((other) => other.isOutline)) look.stroke = false;
        part.setStyle(look);
      }
    }
  }

  // New names after the language changed.
  rename() {
    this.crowd?.cursor?.stand();
    for (const item of this.items || []) {
      for (const part of item.parts) if (part.getElement?.()) this.name_(item, part);
    }
  }

  // Larger side of a painted area in pixels.
  side(i) {
    const { x, y } = this.items?.[i].parts[0]?._rawPxBounds?.getSize() ?? { x: 0, y: 0 };
    return Math.max(x, y);
  }

  // All places of a feature's outlines.
  places(i) {
    const shape = this.shape(i);
    return [...shape.points, ...shape.lines.flat(), ...shape.polygons.flatMap((p) => p[0])];
  }

  // The frame around it on the plane.
  bounds(i) {
    return ground.holding(this.page.map, this.places(i));
  }
}
