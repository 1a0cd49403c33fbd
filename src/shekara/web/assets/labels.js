// Names on the map: the important first, none over another.

import { inTwo } from "./breaking.js";
import * as ground from "./ground.js";
import { inkOn, smallAreas } from "./ink.js";
import { el } from "./nodes.js";
import * as painting from "./painting.js";
import * as signs from "./signs.js";
import { Strokes, Taken, overlap } from "./spots.js";
import { extentOf, standing } from "./standing.js";

const LARGEST = 16; // pixels, rank 1
const SMALLEST = 11;
const APART = 5;
const MOST = 300; // names at once: more cannot be read
const NARROWEST = 0.22; // of its size: no letter of a word is narrower on the average
const LONG = 180; // pixels: a longer name beside its area is broken
const TWINS = 50; // pixels: nearer than this one name is enough for two things that bear it
// A number with or without a unit, not a name as "4th range" or "4-й полигон".
const VALUE = /^[-+−≈~<>]?\s?\d[\d.,\s]*(?![\p{L}\d-])/u;
const FEW = 30; // names in a window in which all have room
const DEGREES = 11; // pixels, letters of the degrees at the edges
const SMALL = 24; // pixels: so small an area is kept clear of names as a sign is
const AFTER = 2; // ranks that a name of the background comes later than one that is told about
const CLAIMED = 25; // features of a claim that are named although nothing else names them

class Labels {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.pane = page.map.createPane("labels");
    this.pane.style.zIndex = "580";
    this.pane.setAttribute("aria-hidden", "true"); // the paths carry the names
    this.widths = new Map();
    this.pen = null; // of a canvas that measures text
    page.map.on("moveend", () => this.write());
  }

  changed() {
    this.draw();
  }

  draw() {
    this.list = null;
    this.write();
  }

  // Labels of everything shown, most important first.
  wanted() {
    const { page } = this;
    const list = [];
    // What a chosen claim measured has its name, whatever else has none.
    const claimed = new Set(page.highlight.ids.length <= CLAIMED ? page.highlight.ids : []);
    for (const layer of page.layers) {
      if (!layer.shown) continue;
      layer.data.features.forEach((feature, i) => {
        if (!feature.a || !page.inYear(feature) || layer.hides(feature)) return;
        const [name, label, , amount] = layer.text.features[i];
        const mine = claimed.has(feature.id);
        const text = label || (mine || layer.data.basemap ? name : "");
        if (!text) return;
        // Large neighbours without a label of their own come last.
        const rank = mine ? Math.min(3, feature.r ?? 3) : label ? (feature.r ?? 5) : 6;
        // A value says nothing without what it is the value of: both are written.
        const figure = VALUE.test(text);
        const valued = figure && layer.data.kind === "polygon" && !layer.data.basemap;
        const lines = valued && name ? [name, text] : [text];
        // Those have one place each and come before what can give way; what the map tells about
        // comes before its background.
        const order = mine ? 0 : lines.length > 1 ? 1 : 1 + rank + (layer.data.basemap ? AFTER : 0);
        for (const place of [feature.a, ...(feature.m ?? [])])
          list.push({ layer, feature, i, lines, amount, rank, order, mine, place, valued, figure });
      });
    }
    return list.sort((a, b) => a.order - b.order || a.rank - b.rank);
  }

  // Names into the window, the most important first.
  write() {
    const { page } = this;
    const { map } = page;
    if (!page.layers) return;
    this.list ??= this.wanted();
    // Coming nearer lets less important names in; where there are few all have room.
    const least = this.few() ? Infinity : 6 + 2 * (map.getZoom() - page.view.fitZoom);
    const corner = map.containerPointToLayerPoint([0, 0]);
    const size = map.getSize();
    this.window = [corner.x + 2, corner.y, corner.x + size.x - 2, corner.y + size.y];
    this.taken = new Taken();
    for (const layer of page.layers) layer.crowd?.boxes().forEach((box) => this.taken.add(box));
    this.keepClear(corner);
    this.strokes = new Strokes(page.layers);
    // What a chosen claim measured is written first.
    const nodes = (page.evidence?.labels() ?? []).map((label) => this.measure(label));
    const written = new Map(); // where each text stands
    const names = [];
    for (const name of this.list) {
      if (nodes.length + names.length >= MOST) break;
      // A country of the background may stand in two layers: it has one name. So have two things
      // of one name at one place.
      const [text] = name.lines;
      const twins = written.get(text) ?? [];
      if (name.rank > least || (name.layer.data.basemap && twins.length)) continue;
      // Of points that a number stands for none is named.
      const { crowd } = name.layer;
      if (crowd && name.feature.g?.p && !crowd.single(name.i)) continue;
      const point = this.at(name);
      if (!VALUE.test(text) && twins.some((twin) => twin.distanceTo(point) < TWINS)) continue;
      const stands = this.name(name, point);
      if (!stands) continue;
      names.push(stands);
      written.set(text, [...twins, point]);
    }
    this.unitsOnce(names);
    this.pane.replaceChildren(...nodes, ...names.map(({ node }) => node));
  }

  // Figures stand without their unit: the first of a layer that has room for it bears it.
  unitsOnce(names) {
    for (const layer of this.page.layers) {
      const { unit } = layer.text;
      const figures = unit ? names.filter(({ name }) => name.layer === layer) : [];
      for (const stands of figures) {
        const { name, box, point } = stands;
        const last = name.lines.at(-1);
        if (!VALUE.test(last)) continue;
        this.taken.remove(box);
        const lines = [...name.lines.slice(0, -1), `${last}\u00a0${unit}`];
        const whole = this.written({ ...name, lines, instead: box }, point);
        if (whole) Object.assign(stands, whole);
        else this.taken.add(box);
        if (whole) break;
      }
    }
  }

  // Whether so few names belong into the window that all have room.
  few() {
    let count = 0;
    for (const name of this.list) {
      if (ground.inWindow(this.page.map, [name.place[1], name.place[0]])) count += 1;
      if (count > FEW) return false;
    }
    return true;
  }

  // Signs of points, areas as small, the degrees at the edges and the buttons are there first.
  keepClear(corner) {
    const { page } = this;
    for (const { min, max } of smallAreas(page, SMALL))
      this.taken.add([min.x, min.y, max.x, max.y]);
    for (const layer of page.layers)
      for (const { parts } of (layer.shown && layer.items) || [])
        for (const part of parts) {
          if (!(part instanceof painting.Sign) || !part._map || !part._point) continue;
          const { x, y } = part._point;
          const reach = part.options.radius;
          this.taken.add([x - reach, y - reach, x + reach, y + reach]);
        }
    for (const { style, textContent } of page.graticule?.labels.children ?? []) {
      const [x, y] = [corner.x + parseFloat(style.left), corner.y + parseFloat(style.top)];
      this.taken.add([x, y, x + this.width(textContent, DEGREES), y + DEGREES * 1.3]);
    }
    const container = page.map.getContainer();
    const frame = container.getBoundingClientRect();
    for (const control of container.querySelectorAll(".leaflet-control")) {
      const box = control.getBoundingClientRect();
      const [x, y] = [corner.x + box.left - frame.left, corner.y + box.top - frame.top];
      this.taken.add([x, y, x + box.width, y + box.height]);
    }
  }

  measure({ at, text }) {
    const point = this.page.map.latLngToLayerPoint(at);
    const [wide, high] = [this.width(text, 14) + 6, 17];
    const [x, y] = [point.x + 8, point.y - high / 2];
    this.taken.add([x - APART, y - APART, x + wide + APART, y + high + APART]);
    const node = el("span", { class: "label measure" }, text);
    node.style.fontSize = "14px";
    L.DomUtil.setPosition(node, L.point(x, y).round());
    return node;
  }

  // A name in the first of its forms that has room, as `written`; null where none has.
  name(name, point) {
    for (const form of this.forms(name)) {
      const stands = this.written({ ...name, ...form }, point);
      if (stands) return stands;
    }
    return null;
  }

  // With what its size stands for, which stands alone where both have no room; in two lines where
  // its area is too small for one. A value without room for its name stands alone in its area.
  forms({ layer, i, lines, amount, place, valued }) {
    const [text, ...more] = lines;
    if (valued && more.length)
      return [{ lines }, { lines, size: SMALLEST }, { lines: more, size: SMALLEST, inside: true }];
    if (more.length || layer.many) return [{ lines }];
    if (amount) {
      const broken = this.width(text, LARGEST) < LONG ? [] : [{ lines: [...inTwo(text), amount] }];
      return [{ lines: [text, amount] }, ...broken, { lines }, { lines: [amount] }];
    }
    const told = layer.data.kind === "polygon" && !layer.data.basemap;
    if (!told || this.width(text, LARGEST) < LONG || extentOf(layer, i, place) > LONG)
      return [{ lines }];
    return [{ lines: inTwo(text) }, { lines }];
  }

  // At the best of its places that are free: its node, the box that it takes, the name as it is
  // written, and the point that it belongs to; null where no place is free.
  written(name, point) {
    const { layer, feature, i, lines, rank, mine, place, instead } = name;
    const [left, top, right, bottom] = this.window;
    if (point.x < left - 40 || point.y < top - 40 || point.x > right + 40 || point.y > bottom + 40)
      return null;
    const { basemap, kind } = layer.data;
    const area = kind === "polygon";
    // The background speaks softly.
    const size =
      name.size ??
      Math.max(SMALLEST, feature.z ?? (basemap ? 13.5 : LARGEST) - (rank - 1) * 1.1);
    const high = size * 1.2 * lines.length;
    const at = (wide) => {
      const free = (/** @type {number[]} */ [x, y]) =>
        x > left &&
        y > top &&
        x + wide < right &&
        y + high < bottom &&
        (!instead || overlap(instead, [x, y, x + wide, y + high])) &&
        this.taken.free([x, y, x + wide, y + high]);
      return standing(this, name, point, [wide, high], free);
    };
    // Of thousands most have no room at all: those need not be measured.
    const letters = Math.max(...lines.map((line) => line.length));
    if ((layer.many || !area) && !at(NARROWEST * size * letters)) return null;
    const wide = Math.max(...lines.map((line) => this.width(line, size))) * (area ? 1.08 : 1);
    // A name wider than its lake waits for the next zoom.
    if (area && !mine && (basemap ? rank > 1 : layer.many) && extentOf(layer, i, place) < wide * 0.7)
      return null;
    const spot = at(wide);
    if (!spot) return null;
    const [x, y, uponLine] = spot;
    const box = [x - APART, y - APART / 2, x + wide + APART, y + high + APART / 2];
    this.taken.add(box);
    const node = el("span", { class: area ? "label area" : "label" }, lines.join("\n"));
    node.style.font = `${rank <= 2 && !basemap ? 600 : 500} ${size.toFixed(1)}px/1.2 var(--sans)`;
    const style = this.page.data.styles[feature.s];
    const { ink, halo, plate } = inkOn(this.page, style, [x, y], [wide, high]);
    node.style.color = ink;
    if (plate) node.style.background = plate;
    if (kind === "point")
      node.style.textAlign = x >= point.x ? "left" : x + wide <= point.x ? "right" : "center";
    node.classList.toggle("upon", Boolean(uponLine));
    if (halo) node.style.setProperty("--halo", halo);
    L.DomUtil.setPosition(node, L.point(x, y).round());
    return { node, box, name, point };
  }

  // Where a feature's name belongs, in the map's pixels; on the plane it is known once for all.
  at({ feature, place: [lon, lat] }) {
    const { map } = this.page;
    feature.planes ??= new Map();
    const key = `${lon} ${lat}`;
    if (!feature.planes.has(key)) feature.planes.set(key, map.project([lat, lon], 0));
    const plane = feature.planes.get(key);
    const scale = 2 ** map.getZoom();
    const { x, y } = map.getPixelOrigin();
    return L.point(Math.round(plane.x * scale - x), Math.round(plane.y * scale - y));
  }

  width(text, size) {
    this.pen ??= document.createElement("canvas").getContext("2d");
    const key = `${size} ${text}`;
    if (!this.widths.has(key)) {
      this.pen.font = `600 ${size}px ${signs.FACE}, system-ui, sans-serif`;
      this.widths.set(key, this.pen.measureText(text).width + 2);
    }
    return this.widths.get(key);
  }
}

export const attach = (page) => new Labels(page);
