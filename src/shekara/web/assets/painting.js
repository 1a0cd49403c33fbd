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

// An area of thousands: cut and thinned when it is drawn, and once for all while the whole of it
// is on the canvas.
const Area = L.Polygon.extend({
  _project() {
    this.whole = null;
    L.Polygon.prototype._project.call(this);
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

export { Canvas, canvas, Area, Sign, ELSE };
