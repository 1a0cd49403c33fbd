// Finer lines: the page opens with few vertices; those between them come when the reader first looks
// nearer than these are good for, or takes the data away.

import * as arcs from "./arcs.js";
import * as ground from "./ground.js";
import { read, between } from "./vertices.js";
import { unzip } from "./zipped.js";

const KINDS = ["told", "ground"];

// Vertices of arcs by kind, as the page carries them.
async function opening() {
  const rows = {};
  for (const kind of KINDS) rows[kind] = read(await unzip(`arcs-${kind}`));
  return rows;
}

// Degrees that a line may be off: half of that are the steps of its finest level.
const off = ({ quantum, first, doublings }, /** @type {boolean} */ whole) =>
  2 * quantum * 2 ** (whole ? 0 : doublings - first);

class Detail {
  constructor(/** @type {Page} */ page, rows) {
    this.page = page;
    this.rows = rows;
    this.more = KINDS.filter((kind) => document.getElementById(`finer-${kind}`));
    /** @type {Promise<void> | null} */
    this.coming = null; // while it is on its way, and when it is there
    page.arcs = this.arcs();
    page.map.on("moveend zoomend", () => this.look());
  }

  // To how many doublings of the zoom the lines that are told about are good.
  get doublings() {
    const { first, doublings } = this.page.data.told;
    return this.more.includes("told") ? first : doublings;
  }

  // To how many metres they are.
  get metres() {
    const { told, detail } = this.page.data;
    return detail * 2 ** (told.doublings - this.doublings);
  }

  arcs() {
    return KINDS.flatMap((kind) => {
      const row = this.page.data[kind];
      const bend = off(row, !this.more.includes(kind)) / 2;
      return arcs.arcsOf(this.rows[kind], row.quantum, bend);
    });
  }

  // Whether the window, or one so many times nearer, shows more than the lines have.
  look(nearer = 1) {
    const { data, map } = this.page;
    const seen = ground.degreesPerPixel(map) / nearer / window.devicePixelRatio;
    if (this.more.some((kind) => seen < off(data[kind], false))) this.bring();
  }

  // All that the page carries; who asks again gets the same promise.
  bring() {
    this.coming ??= this.unpack().catch(() => {}); // then it stays as it is, and the page says so
    return this.coming;
  }

  async unpack() {
    const { page } = this;
    for (const kind of this.more)
      this.rows[kind] = between(this.rows[kind], await unzip(`finer-${kind}`));
    if (!this.more.length) return;
    this.more = [];
    page.arcs = this.arcs();
    for (const layer of page.data.layers) for (const feature of layer.features) delete feature.shape;
    for (const layer of page.layers) layer.redraw();
    page.changed("detail");
  }
}

export { Detail, opening };
