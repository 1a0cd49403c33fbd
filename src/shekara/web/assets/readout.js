// Where the pointer is, in degrees and minutes, and a scale that is true at the map's centre.

import * as ellipsoid from "./ellipsoid.js";
import * as ground from "./ground.js";
import { el, number, position, say } from "./nodes.js";
import * as notes from "./notes.js";

const LONGEST = 110; // pixels

class Readout {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    const { map } = page;
    this.scale = el("div", { class: "scale", role: "img" });
    this.place = el("div", { class: "readout" });
    this.note = el("div", { class: "beyond", role: "status" });
    this.put("bottomleft", this.scale);
    this.put("bottomleft", this.place);
    this.put("bottomleft", this.note);
    map.on("mousemove", (event) => this.point(event.latlng));
    map.on("mouseout", () => this.point(null));
    // Keys move the map under the pointer: then the middle is read.
    map.on("keydown move", () => this.point(null));
    map.on("moveend resize", () => this.measure());
  }

  put(place, node) {
    const control = L.control({ position: place });
    control.onAdd = () => node;
    control.addTo(this.page.map);
  }

  draw() {
    this.place.title = this.page.words.position;
    this.point(null);
    this.measure();
  }

  point(latlng) {
    const { map, text } = this.page;
    const at = latlng || map.getCenter();
    const step = ground.degreesPerPixel(map);
    this.place.textContent = position(at.lat, at.lng, step, text);
  }

  changed(what) {
    if (what === "detail") this.measure();
  }

  // A round length, at most so many pixels, on the geodesic through the centre.
  measure() {
    const { map, text } = this.page;
    const size = map.getSize();
    const ends = [-LONGEST / 2, LONGEST / 2].map((dx) => {
      const { lat, lng } = map.containerPointToLatLng([size.x / 2 + dx, size.y / 2]);
      return [lng, lat];
    });
    const metres = ellipsoid.distance(...ends);
    const unit = metres >= 1000 ? 1000 : 1;
    const power = 10 ** Math.floor(Math.log10(metres / unit));
    const round = [5, 3, 2, 1].find((digit) => digit * power * unit <= metres) * power;
    const bar = el("span");
    bar.style.width = `${(LONGEST * round * unit) / metres}px`;
    const words = `${number(round, round < 1 ? 1 : 0, text.numbers)}\u00a0${text.numbers.units[unit === 1000 ? "km" : "m"]}`;
    this.scale.replaceChildren(words, bar);
    this.scale.style.width = bar.style.width;
    this.scale.dataset.metres = String(round * unit);
    this.scale.setAttribute("aria-label", `${this.page.words.scale}: ${words}`);
    this.note.hidden = !this.page.beyond;
    const length = notes.roughly(this.page.detail.metres, text.numbers);
    this.note.textContent = this.page.beyond ? say(this.page.words.detail, { length }) : "";
  }
}

export const attach = (page) => new Readout(page);
