// The window on the map: the frame that it begins with and is held in, and how the view moves.

import * as ground from "./ground.js";

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const AROUND = [4, 4]; // pixels beside what is framed

export class View {
  constructor(map, /** @type {Payload} */ data) {
    this.map = map;
    this.data = data;
    this.home = ground.around(map, data.extent);
    this.fitZoom = null; // of the whole map, when it is framed
  }

  // Frames the whole map, or what an address asks for.
  frame(wanted) {
    const { map, data } = this;
    map.attributionControl.setPrefix("Leaflet");
    // Tab reaches search and buttons before what is drawn.
    const container = map.getContainer();
    container.prepend(container.querySelector(".leaflet-control-container"));
    // What stands around the map has taken its room meanwhile.
    map.invalidateSize({ animate: false, pan: false });
    this.look(null);
    this.fitZoom = map.getZoom();
    // The background is cut at the frame (shapes.py): it must always fill the window.
    const [west, south, east, north] = data.frame;
    const most = ground.projected ? 90 : 85;
    const frame = ground.around(map, [
      west,
      Math.max(-most, south),
      east,
      Math.min(most, north),
    ]);
    const least = Math.max(this.fitZoom - 1, map.getBoundsZoom(frame, true));
    map.setMinZoom(Math.min(this.fitZoom, Math.max(0, least)));
    // The page's detail is good for so many doublings; what is beyond is said (readout.js).
    map.setMaxZoom(Math.min(18, Math.ceil(this.fitZoom + data.told.doublings + 1)));
    map.setMaxBounds(frame);
    if (wanted) this.look(wanted);
  }

  // At once: a place and a zoom, or the whole map.
  look(view) {
    if (view) this.map.setView([view.lat, view.lon], view.zoom, { animate: false });
    else this.map.fitBounds(this.home, { animate: false, padding: AROUND });
  }

  // Who asked for less motion sees every view at once.
  get moving() {
    return !calm.matches;
  }

  flyTo(bounds, options = { padding: AROUND, duration: 0.8 }) {
    if (!this.moving) this.map.fitBounds(bounds, { ...options, animate: false });
    else this.map.flyToBounds(bounds, options);
  }

  // To places, not nearer than they can be understood.
  fly(places) {
    if (!places.length) return;
    const options = {
      padding: [40, 40],
      maxZoom: Math.max(this.map.getZoom(), this.fitZoom + 3),
      duration: 0.8,
    };
    this.flyTo(ground.holding(this.map, places), options);
  }
}

// Tab can lead outside the window of a map: the map follows.
export function keepIn(map, part) {
  const place = part.getLatLng ? part.getLatLng() : part.getCenter();
  const box = part.getElement().getBoundingClientRect();
  const window = map.getContainer().getBoundingClientRect();
  const apart =
    box.right < window.left ||
    box.left > window.right ||
    box.bottom < window.top ||
    box.top > window.bottom;
  if (apart || !box.width) map.panTo(place, { animate: false });
  map.getContainer().scrollTop = 0;
}
