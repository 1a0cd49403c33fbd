// Names on the map: the important first, none over another.

import { el } from "./nodes.js";
import * as signs from "./signs.js";

const LARGEST = 16; // pixels, rank 1
const SMALLEST = 11;
const APART = 5;
const MOST = 300; // names at once: more cannot be read
const ROOM = 48; // pixels: boxes are looked for by squares of this side
const NARROWEST = 0.22; // of its size: no letter of a word is narrower on the average
const TWINS = 50; // pixels: nearer than this one name is enough for two things that bear it
const CLAIMED = 25; // features of a claim that are named although nothing else names them

// Boxes [left, top, right, bottom] that are taken, found by the squares that they touch.
class Taken {
  constructor() {
    this.squares = new Map();
  }

  *touched([left, top, right, bottom]) {
    for (let x = Math.floor(left / ROOM); x <= Math.floor(right / ROOM); x++)
      for (let y = Math.floor(top / ROOM); y <= Math.floor(bottom / ROOM); y++)
        yield x * 2 ** 24 + y;
  }

  add(box) {
    for (const key of this.touched(box)) {
      const square = this.squares.get(key);
      if (square) square.push(box);
      else this.squares.set(key, [box]);
    }
  }

  free(box) {
    const [left, top, right, bottom] = box;
    for (const key of this.touched(box))
      for (const other of this.squares.get(key) ?? [])
        if (left < other[2] && right > other[0] && top < other[3] && bottom > other[1]) return false;
    return true;
  }
}

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
        const [name, label] = layer.text.features[i];
        const mine = claimed.has(feature.id);
        const text = label || (mine || layer.data.basemap ? name : "");
        if (!text) return;
        // Large neighbours without a label of their own come last.
        const rank = mine ? Math.min(3, feature.r ?? 3) : label ? (feature.r ?? 5) : 6;
        list.push({ layer, feature, i, text, rank, mine });
      });
    }
    return list.sort((one, other) => other.mine - one.mine || one.rank - other.rank);
  }

  // Names into the window, the most important first.
  write() {
    const { page } = this;
    const { map } = page;
    if (!page.layers) return;
    this.list ??= this.wanted();
    // Coming nearer lets less important names in.
    const least = 6 + 2 * (map.getZoom() - page.fitZoom);
    const corner = map.containerPointToLayerPoint([0, 0]);
    const size = map.getSize();
    this.window = [corner.x + 2, corner.y, corner.x + size.x - 2, corner.y + size.y];
    this.taken = new Taken();
    for (const layer of page.layers) layer.crowd?.boxes().forEach((box) => this.taken.add(box));
    // What a chosen claim measured is written first.
    const nodes = (page.evidence?.labels() ?? []).map((label) => this.measure(label));
    const written = new Map(); // where each text stands
    for (const name of this.list) {
      if (nodes.length >= MOST) break;
      // A country of the background may stand in two layers: it has one name. So have two things
      // of one name at one place.
      const twins = written.get(name.text) ?? [];
      if (name.rank > least || (name.layer.data.basemap && twins.length)) continue;
      // Of points that a number stands for none is named.
      const { crowd } = name.layer;
      if (crowd && name.feature.g?.p && !crowd.single(name.i)) continue;
      const point = this.at(name.feature);
      if (twins.some((twin) => twin.distanceTo(point) < TWINS)) continue;
      const node = this.name(name, point);
      if (!node) continue;
      nodes.push(node);
      written.set(name.text, [...twins, point]);
    }
    this.pane.replaceChildren(...nodes);
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

  // A name as a node at the first of its places that is free; null where none is.
  name({ layer, feature, i, text, rank, mine }, point) {
    const [left, top, right, bottom] = this.window;
    if (point.x < left - 40 || point.y < top - 40 || point.x > right + 40 || point.y > bottom + 40)
      return null;
    const style = this.page.data.styles[feature.s];
    const { basemap, kind } = layer.data;
    const area = kind === "polygon";
    // The background speaks softly.
    const size =
      feature.z ?? Math.max(SMALLEST, (basemap ? 13.5 : LARGEST) - (rank - 1) * 1.1);
    const high = size * 1.2;
    const place = (wide) =>
      this.places(kind, style.size, wide, high, feature.w)
        .map(([dx, dy]) => [point.x + dx, point.y + dy])
        .find(
          ([x, y]) =>
            x > left &&
            y > top &&
            x + wide < right &&
            y + high < bottom &&
            this.taken.free([x, y, x + wide, y + high]),
        );
    // Of thousands most have no room at all: those need not be measured.
    if (!place(NARROWEST * size * text.length)) return null;
    const wide = this.width(text, size) * (area ? 1.08 : 1);
    // A name wider than its lake waits for the next zoom.
    if (area && !mine && (basemap ? rank > 1 : layer.many) && this.extentOf(layer, i) < wide * 0.7)
      return null;
    const free = place(wide);
    if (!free) return null;
    const [x, y] = free;
    this.taken.add([x - APART, y - APART / 2, x + wide + APART, y + high + APART / 2]);
    const node = el("span", { class: area ? "label area" : "label" }, text);
    node.style.font = `${rank <= 2 && !basemap ? 600 : 500} ${size.toFixed(1)}px/1.2 var(--sans)`;
    node.style.color = signs.ink(style);
    L.DomUtil.setPosition(node, L.point(x, y).round());
    return node;
  }

  // Where a feature's name belongs, in the map's pixels; on the plane it is known once for all.
  at(feature) {
    const { map } = this.page;
    feature.plane ??= map.project([feature.a[1], feature.a[0]], 0);
    const scale = 2 ** map.getZoom();
    const { x, y } = map.getPixelOrigin();
    return L.point(Math.round(feature.plane.x * scale - x), Math.round(feature.plane.y * scale - y));
  }

  // Larger side of a shape in pixels.
  extentOf(layer, i) {
    if (layer.many) return layer.side(i);
    layer.reach ??= new Map();
    if (!layer.reach.has(i)) layer.reach.set(i, layer.bounds(i));
    const bounds = layer.reach.get(i);
    const { map } = this.page;
    const size = map
      .latLngToLayerPoint(bounds.getSouthEast())
      .subtract(map.latLngToLayerPoint(bounds.getNorthWest()));
    return Math.max(size.x, size.y);
  }

  // Offsets of the label's upper left corner, best first.
  // What the author wishes for (steps east and north of a point) comes first.
  places(kind, size, wide, high, wished = []) {
    if (kind === "polygon") return [[-wide / 2, -high / 2]];
    if (kind === "line")
      return [
        [-wide / 2, -high - 4],
        [-wide / 2, 4],
        [6, -high / 2],
      ];
    const usual = [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ];
    return [...wished, ...usual].map(([east, north]) => {
      const off = (size / 2 + 3) * (east && north ? 0.75 : 1);
      return [
        east > 0 ? off : east < 0 ? -off - wide : -wide / 2,
        north > 0 ? -off - high : north < 0 ? off : -high / 2,
      ];
    });
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
