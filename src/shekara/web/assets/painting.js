// Painted layers: a canvas instead of nodes for each feature, drawn anew only where it must be.

import * as signs from "./signs.js";

// What takes the mouse before a canvas does.
const ELSE = ".leaflet-interactive, .leaflet-control, .leaflet-popup";

// A canvas reaches beyond the window: while the window stays within it nothing is drawn again.
const Canvas = L.Canvas.extend({
  options: { padding: 0.3 },
  getEvents() {
    return { ...L.Canvas.prototype.getEvents.call(this), moveend: this.moved };
  },
  moved() {
    const map = this._map;
    const window = L.bounds(
      map.containerPointToLayerPoint([0, 0]),
      map.containerPointToLayerPoint(map.getSize()),
    );
    if (this._zoom !== map.getZoom() || !this._bounds?.contains(window)) this._update();
  },
});

// A painted layer: the mouse is told to it by the map, since one canvas would hide those below.
function canvas(map, pane) {
  const renderer = new Canvas({ pane });
  map.getPane(pane).classList.add("painted");
  const told = (name) => (event) => {
    if (renderer._map && !event.target.closest?.(ELSE))
      renderer[name](event);
  };
  const node = map.getContainer();
  node.addEventListener("mousemove", told("_onMouseMove"));
  node.addEventListener("click", told("_onClick"));
  return renderer;
}

// Leaflet draws to whole pixels: of vertices that fall on one pixel the first is enough, and what
// comes after (cutting, thinning, writing) has so much less to do.
const ON_PIXELS = {
  // Leaflet asks for the pixels again at the end of a zoom, when they are there already.
  _project() {
    const { _map: map, _latlngs: places } = this;
    const [zoom, origin] = [map.getZoom(), map.getPixelOrigin()];
    const old = this.pixels;
    if (old?.places === places && old.zoom === zoom && old.origin.equals(origin)) return;
    L.Polyline.prototype._project.call(this);
    this.pixels = { places, zoom, origin };
  },
  _projectLatlngs(latlngs, result, bounds) {
    if (!(latlngs[0] instanceof L.LatLng)) {
      for (const part of latlngs) this._projectLatlngs(part, result, bounds);
      return;
    }
    const map = this._map;
    const { crs } = map.options;
    const scale = crs.scale(map.getZoom());
    const origin = map.getPixelOrigin();
    const ring = [];
    let last = null;
    for (const latlng of latlngs) {
      const point = crs.transformation._transform(crs.projection.project(latlng), scale)._round()._subtract(origin);
      if (last && last.x === point.x && last.y === point.y) continue;
      ring.push(point);
      bounds.extend(point);
      last = point;
    }
    // A line within a pixel is a dot: it has two ends.
    if (ring.length === 1 && latlngs.length > 1) ring.push(last.clone());
    result.push(ring);
  },
};
const Line = L.Polyline.extend(ON_PIXELS);
const Polygon = L.Polygon.extend(ON_PIXELS);

// An area of thousands: cut and thinned when it is drawn, and once for all while the whole of it
// is on the canvas.
const Area = Polygon.extend({
  _project() {
    this.whole = null;
    Polygon.prototype._project.call(this);
  },
  _update() {
    this.stale = true;
  },
  _updatePath() {
    if (!this._renderer._drawing) return;
    if (this.stale) this.cut();
    this._renderer._updatePoly(this, true);
  },
  cut() {
    this.stale = false;
    if (this._renderer._bounds.contains(this._pxBounds)) {
      const { smoothFactor } = this.options;
      this.whole ??= this._rings.map((ring) => L.LineUtil.simplify(ring, smoothFactor));
      this._parts = this.whole;
      return;
    }
    this._clipPoints();
    this._simplifyPoints();
  },
});

const Sign = L.CircleMarker.extend({
  _updatePath() {
    const { x, y } = this._point;
    if (this._renderer instanceof L.Canvas) {
      if (this._renderer._drawing && !this._empty()) signs.stamp(this._renderer._ctx, this.options, x, y);
      return undefined;
    }
    return this._renderer._setPath(
      this,
      this._empty() ? "M0 0" : signs.markerPath(this.options.marker, x, y, Math.max(this._radius, 1)),
    );
  },
});

export { Canvas, canvas, Area, Line, Polygon, Sign, ELSE };
