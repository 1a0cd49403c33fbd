// Thousands of points on one canvas: signs where there is room for them, their number where they
// would lie over each other. Coming nearer or a click opens a number.

import * as cursor from "./cursor.js";
import { marks, cellOf, CELL } from "./marks.js";
import { el, number } from "./nodes.js";
import * as painting from "./painting.js";
import * as popup from "./popup.js";
import * as signs from "./signs.js";

const SPRITE = 4; // pixels of air around a sign that is painted from a copy
const LISTED = 60; // names in the list of a number that coming nearer does not open

// Dark or light text on a colour "#rrggbb".
function inkOn(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? "#1a1a1a" : "#ffffff";
}

const spread = (points, axis) => {
  const values = points.map((point) => point[axis]);
  return Math.max(...values) - Math.min(...values);
};

// Leaflet's canvas, painted by a crowd; the mouse is told to it by the map (signs.js says why).
const Painter = painting.Canvas.extend({
  initialize(crowd, options) {
    this.crowd = crowd;
    L.Renderer.prototype.initialize.call(this, options);
  },
  _draw() {
    if (this._bounds) this.crowd.paint(this._ctx, this._bounds);
  },
  _onMouseMove() {},
  _onClick() {},
  _handleMouseOut() {},
});

class Crowd {
  constructor(layer) {
    this.layer = layer;
    this.page = layer.page;
    const { map, data } = this.page;
    this.style = (point) => data.styles[layer.data.features[point.i].s];
    this.all = [];
    layer.data.features.forEach((feature, i) => {
      for (const [lon, lat] of feature.g?.p ?? []) {
        const { x, y } = map.project([lat, lon], 0);
        this.all.push({ x, y, i });
      }
    });
    this.seen = this.all;
    this.sprites = new Map();
    this.painter = new Painter(this, { pane: layer.pane });
    const node = map.getContainer();
    if (layer.data.basemap) return;
    node.addEventListener("mousemove", (event) => this.point(event));
    node.addEventListener("mouseleave", () => this.leave());
    node.addEventListener("click", (event) => this.click(event));
    this.cursor = new cursor.Cursor(this);
  }

  get there() {
    return this.page.map.hasLayer(this.painter);
  }

  // Points of the features that are wanted; none: it leaves the map.
  show(wanted) {
    const { map } = this.page;
    this.seen = this.all.filter((point) => wanted(point.i));
    this.known = null;
    if (!this.seen.length) this.painter.remove();
    else if (this.there) this.painter._redraw();
    else this.painter.addTo(map);
    this.cursor?.stand();
  }

  // New colours.
  restyle() {
    this.sprites.clear();
    if (this.there) this.painter._redraw();
  }

  // Marks of the zoom that the map has, in pixels of the whole plane.
  cells() {
    const zoom = this.page.map.getZoom();
    if (this.known?.zoom !== zoom) {
      const scale = 2 ** zoom;
      const points = this.seen.map(({ x, y, i }) => ({ x: x * scale, y: y * scale, i }));
      const cells = marks(points, (point) => this.style(point).size);
      const single = new Set();
      for (const cell of cells.values())
        for (const mark of cell) if (!mark.radius) single.add(mark.points[0].i);
      this.known = { zoom, cells, single };
    }
    return this.known.cells;
  }

  // Whether a feature's own sign is seen, so that its name can stand beside it.
  single(i) {
    this.cells();
    return this.known.single.has(i);
  }

  // Marks between two corners in pixels of the plane, and those that reach into it.
  *between(min, max) {
    const cells = this.cells();
    for (let x = Math.floor(min.x / CELL) - 1; x <= Math.floor(max.x / CELL) + 1; x++)
      for (let y = Math.floor(min.y / CELL) - 1; y <= Math.floor(max.y / CELL) + 1; y++)
        yield* cells.get(cellOf(x * CELL, y * CELL)) ?? [];
  }

  // Marks that the window shows, from west to east.
  inWindow() {
    const { min, max } = this.page.map.getPixelBounds();
    return [...this.between(min, max)]
      .filter(({ x, y }) => x >= min.x && x <= max.x && y >= min.y && y <= max.y)
      .sort((one, other) => one.x - other.x || one.y - other.y);
  }

  // Signs and numbers that the window shows, for names to keep away from: [left, top, right, bottom]
  // in the map's pixels.
  boxes() {
    const origin = this.page.map.getPixelOrigin();
    const seen = this.there ? this.inWindow() : [];
    return seen.map(({ x, y, radius, points }) => {
      const r = radius || this.style(points[0]).size / 2;
      return [x - origin.x - r, y - origin.y - r, x - origin.x + r, y - origin.y + r];
    });
  }

  paint(pen, bounds) {
    const origin = this.page.map.getPixelOrigin();
    for (const mark of this.between(bounds.min.add(origin), bounds.max.add(origin))) {
      const [x, y] = [mark.x - origin.x, mark.y - origin.y];
      if (mark.radius) this.paintNumber(pen, mark, x, y);
      else {
        const { picture, wide } = this.sprite(this.layer.data.features[mark.points[0].i].s);
        pen.globalAlpha = 1;
        pen.drawImage(picture, x - wide / 2, y - wide / 2, wide, wide);
      }
    }
  }

  paintNumber(pen, mark, x, y) {
    const { fill, ink, text } = this.numbered(mark);
    pen.globalAlpha = 1;
    pen.beginPath();
    pen.arc(x, y, mark.radius, 0, 2 * Math.PI);
    pen.fillStyle = fill;
    pen.fill();
    pen.lineWidth = 1.5;
    pen.strokeStyle = ink;
    pen.stroke();
    pen.fillStyle = ink;
    pen.font = `600 11px ${signs.FACE}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(text, x, y + 0.5);
  }

  // How a number looks: in the colour of most of its points.
  numbered(mark) {
    const counts = new Map();
    for (const { i } of mark.points) {
      const { s } = this.layer.data.features[i];
      counts.set(s, (counts.get(s) ?? 0) + 1);
    }
    const [most] = [...counts].reduce((one, other) => (other[1] > one[1] ? other : one));
    const style = this.page.data.styles[most];
    const fill = signs.fillOf(style) ?? signs.stroke(style);
    return { fill, ink: inkOn(fill), text: number(mark.points.length, 0, this.page.text.numbers) };
  }

  // A sign drawn once, to be painted as often as it is needed.
  sprite(of) {
    if (!this.sprites.has(of)) {
      const style = this.page.data.styles[of];
      const wide = Math.ceil(style.size * 1.3 + style.width) + SPRITE;
      const fine = Math.max(2, window.devicePixelRatio || 1);
      const picture = document.createElement("canvas");
      picture.width = picture.height = wide * fine;
      const pen = picture.getContext("2d");
      pen.scale(fine, fine);
      signs.stamp(pen, signs.markerOptions(style), wide / 2, wide / 2);
      this.sprites.set(of, { picture, wide });
    }
    return this.sprites.get(of);
  }

  // The mark under the mouse, or null.
  under(event) {
    const { map } = this.page;
    if (!this.there || event.target.closest?.(painting.ELSE)) return null;
    const { x, y } = map.mouseEventToLayerPoint(event).add(map.getPixelOrigin());
    let best = null;
    let least = Infinity;
    for (const mark of this.between({ x, y }, { x, y })) {
      const reach = mark.radius || Math.max(5, this.style(mark.points[0]).size / 2 + 2);
      const away = Math.hypot(mark.x - x, mark.y - y);
      if (away <= reach && away < least) [best, least] = [mark, away];
    }
    return best;
  }

  title(mark) {
    const { layer } = this;
    if (!mark.radius) return layer.title(mark.points[0].i);
    return `${number(mark.points.length, 0, this.page.text.numbers)} × ${layer.text.title}`;
  }

  placeOf(mark) {
    const { map } = this.page;
    return map.unproject([mark.x, mark.y], map.getZoom());
  }

  point(event) {
    const mark = this.under(event);
    if (!mark) return this.leave();
    const { page, layer } = this;
    this.pointed = mark;
    page.map.getContainer().classList.add("on-mark");
    if (!mark.radius) page.hover(layer, mark.points[0].i, { latlng: this.placeOf(mark) });
    else if (!page.measuring) page.hovering.show(this.title(mark), this.placeOf(mark));
    return undefined;
  }

  leave() {
    if (!this.pointed) return;
    this.pointed = null;
    this.page.map.getContainer().classList.remove("on-mark");
    this.page.hover(null);
  }

  click(event) {
    const mark = this.under(event);
    if (mark && !this.page.map.dragging.moved()) this.open(mark);
  }

  // A point's card; of a number the view of its points, or their names where they stay together.
  open(mark, from) {
    const { page } = this;
    const { map } = page;
    if (page.measuring) return;
    if (!mark.radius) {
      page.openPopup(this.layer, mark.points[0].i, this.placeOf(mark), from);
      return;
    }
    const [zoom, most] = [map.getZoom(), map.getMaxZoom()];
    const reach = Math.max(...["x", "y"].map((axis) => spread(mark.points, axis)));
    if (zoom >= most || reach * 2 ** (most - zoom) < CELL) {
      this.list(mark, from);
      return;
    }
    page.hovering.hide();
    const nearer = Math.min(3, Math.max(1, Math.log2((CELL * 6) / reach)));
    map.setView(this.placeOf(mark), Math.min(most, zoom + nearer), { animate: page.view.moving });
  }

  list(mark, from) {
    const { page, layer } = this;
    const names = [...new Set(mark.points.map((point) => point.i))];
    const item = (i) =>
      el(
        "li",
        {},
        el(
          "button",
          { type: "button", click: () => page.openPopup(layer, i, this.placeOf(mark), from) },
          layer.text.features[i][0] || layer.text.title,
        ),
      );
    const more = names.length > LISTED ? el("p", {}, `+ ${names.length - LISTED}`) : null;
    const content = () =>
      el("div", { class: "together" }, el("h2", {}, this.title(mark)), el("ul", {}, names.slice(0, LISTED).map(item)), more);
    popup.show(page, { layer, i: names[0], content, title: () => this.title(mark) }, this.placeOf(mark), from);
  }
}

export { Crowd };
