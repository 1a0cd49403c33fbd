// Another map of the atlas in a window beside this one: both keep one view and one pointer. Pages
// are files, which may not be put into each other; windows may speak to each other.

import * as ground from "./ground.js";
import { el } from "./nodes.js";

const NAME = "shekara-beside"; // of a window that another page opened

// Degrees of latitude that a pixel shows, and the zoom that shows so many.
const perPixel = (map) => ground.degreesPerPixel(map);
const zoomAt = (map, degrees) => map.getZoom() + Math.log2(perPixel(map) / degrees);

const isPlace = ({ lat, lng }) =>
  Number.isFinite(lat) && Number.isFinite(lng) && Math.abs(lat) <= 90 && Math.abs(lng) <= 720;

class Beside {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.other = window.name === NAME ? window.opener : null;
    const { map } = page;
    this.twin = L.circleMarker([0, 0], { radius: 6, className: "twin", interactive: false });
    window.addEventListener("message", (event) => this.hear(event));
    map.on("move", () => this.tellView());
    map.on("mousemove", ({ latlng }) => this.tell({ pointer: { lat: latlng.lat, lng: latlng.lng } }));
    map.on("mouseout", () => this.tell({ pointer: null }));
    // A page that was opened asks for the view of the one that opened it.
    this.tell({ asks: true });
  }

  open(select) {
    const number = select.value;
    if (number === "") return;
    select.value = ""; // so that the same one can be chosen again
    const { availWidth, availHeight, availLeft = 0 } = window.screen;
    const half = Math.floor(availWidth / 2);
    const address = this.page.around.address(this.page.data.around.others[number]);
    const place = `popup,width=${half},height=${availHeight},left=${availLeft + half},top=0`;
    this.other = window.open(address, NAME, place);
    this.other?.focus();
  }

  tell(message) {
    if (!this.other || this.other.closed) return;
    // A page from disk has no origin that could be named; who hears it opened it, or was opened.
    this.other.postMessage({ shekara: 1, ...message }, "*");
  }

  tellView() {
    if (this.moving) return;
    const { map } = this.page;
    const { lat, lng } = map.getCenter();
    this.tell({ view: { lat, lng, degrees: perPixel(map) } });
  }

  // Only the one other window is listened to, and only places and sizes are taken from it.
  hear({ source, data }) {
    if (!this.other || source !== this.other || data?.shekara !== 1) return;
    if (data.asks) this.tellView();
    if (data.view) this.follow(data.view);
    if (data.pointer === null) this.twin.remove();
    else if (data.pointer && isPlace(data.pointer)) {
      this.twin.setLatLng([data.pointer.lat, data.pointer.lng]).addTo(this.page.map);
    }
  }

  follow(view) {
    if (!isPlace(view) || !(view.degrees > 0)) return;
    const { map } = this.page;
    this.moving = true;
    map.setView([view.lat, view.lng], zoomAt(map, view.degrees), { animate: false });
    this.moving = false;
  }
}

// A list of the other maps, for the links around the page.
export function choice(/** @type {Page} */ page) {
  const { words, text, data } = page;
  const { others = [] } = data.around;
  if (!others.length) return null;
  const select = el(
    "select",
    { class: "beside", "aria-label": words.compare_map, change: () => page.beside.open(select) },
    el("option", { value: "" }, `${words.compare_map} …`),
    others.map((_, n) => el("option", { value: n }, text.around.others[n])),
  );
  return select;
}

export const attach = (page) => (page.beside = new Beside(page));
