// The address keeps what is seen:
// #view=48.00,67.00,4.5&lang=kk&layers=a,b&year=1950-1970&compare=1999&small=1&claim=id&step=2

import * as head from "../../pagehead/assets/head.js";

const NONE = "-"; // no layer has this name

function read() {
  const { named: wanted } = head.address.read();
  const result = { lang: wanted.get("lang"), claim: wanted.get("claim") };
  const view = (wanted.get("view") || "").split(",").map(Number);
  if (view.length === 3 && Math.abs(view[0]) <= 90 && Math.abs(view[1]) <= 720 && Math.abs(view[2]) < 99) {
    result.view = { lat: view[0], lon: view[1], zoom: view[2] };
  }
  if (/^\d{1,3}$/.test(wanted.get("step") || "")) result.step = Number(wanted.get("step")) - 1;
  if (/^\d{1,2}$/.test(wanted.get("small") || "")) result.small = Number(wanted.get("small")) - 1;
  if (wanted.has("layers")) result.layers = wanted.get("layers").split(",");
  const years = /^(-?\d{1,5})(?:-(-?\d{1,5}))?$/.exec(wanted.get("year") || "");
  if (years) result.year = Number(years[1]);
  if (years?.[2] && Number(years[2]) > result.year) result.until = Number(years[2]);
  if (/^-?\d{1,5}$/.test(wanted.get("compare") || ""))
    result.compare = Number(wanted.get("compare"));
  return result;
}

class Address {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.known = location.hash; // the address that is there, or was written last
    page.map.on("moveend", () => this.write());
    head.address.watch(
      () => this.follow(),
      () => (this.known = location.hash),
    );
  }

  changed() {
    this.write();
  }

  write() {
    // Another one was just typed: what it says is read before anything is written over it.
    if (location.hash !== this.known) return;
    const { page } = this;
    const centre = page.map.getCenter();
    const zoom = Number(page.map.getZoom().toFixed(2));
    // Decimals that move the map by less than a pixel.
    const digits = Math.max(0, Math.ceil(zoom * 0.30103));
    // What a claim switched on goes off with it: it is not the reader's.
    const { layers, span, small } = page.evidence.owned;
    const usual = page.layers.every((layer) => layers.includes(layer) === layer.usual);
    head.address.write(page.embed?.on ? "embed" : "", {
      view: `${centre.lat.toFixed(digits)},${centre.lng.toFixed(digits)},${zoom}`,
      lang: page.lang,
      layers: usual ? null : layers.map((layer) => layer.name).join(",") || NONE,
      year: span[1] === null ? span[0] : span.join("-"),
      compare: page.compare.on ? page.compare.view.year : null,
      small: small === null ? null : small + 1,
      claim: page.claims.chosen,
      step: page.story?.at === undefined || page.story.at === null ? null : page.story.at + 1,
    });
    this.known = location.hash;
  }

  // Somebody typed or followed an address of this page: all is as if it were opened with it.
  async follow() {
    if (!location.hash.includes("=")) return;
    if (await this.page.follow(read())) this.write();
  }
}

export const attach = (page) => (page.address = new Address(page));
export { read };
