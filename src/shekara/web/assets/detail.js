// Finer lines: the page opens with few vertices; those between them come when the reader first looks
// nearer than these are good for, or takes the data away.

import * as arcs from "./arcs.js";
import * as ground from "./ground.js";
import { pause } from "./pause.js";
import { read, between } from "./vertices.js";
import { unzip } from "./zipped.js";

const KINDS = ["told", "ground"];
// Lines are off by their detail at the most, and by half of it on the average: a little more than a
// pixel at the most is not seen.
const UNSEEN = 0.8;

// Vertices of arcs by kind, as the page carries them.
async function opening() {
  const packed = await Promise.all(KINDS.map((kind) => unzip(`arcs-${kind}`)));
  return Object.fromEntries(KINDS.map((kind, n) => [kind, read(packed[n])]));
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
    page.arcs = KINDS.flatMap((kind) => this.arcs(kind, rows[kind], !this.more.includes(kind)));
  }

  // From now on finer lines come where the window is too near for those that are there.
  watch() {
    this.page.map.on("moveend zoomend", () => this.look());
    this.look();
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

  arcs(kind, rows, whole) {
    const row = this.page.data[kind];
    return arcs.arcsOf(rows, row.quantum, off(row, whole) / 2);
  }

  // Whether the window, or one so many times nearer, shows more than the lines have.
  look(nearer = 1) {
    const { data, map } = this.page;
    const seen = ground.degreesPerPixel(map) / nearer / window.devicePixelRatio;
    if (this.more.some((kind) => seen < UNSEEN * off(data[kind], false))) this.bring();
  }

  // All that the page carries; who asks again gets the same promise.
  bring() {
    this.coming ??= this.unpack().catch(() => {}); // then it stays as it is, and the page says so
    return this.coming;
  }

  // In pieces: the reader can move the map meanwhile. Nothing is changed before all is unpacked.
  async unpack() {
    const { page, more } = this;
    if (!more.length) return;
    const rows = { ...this.rows };
    for (const kind of more) {
      const packed = await unzip(`finer-${kind}`);
      await pause();
      rows[kind] = between(rows[kind], packed);
    }
    const finer = [];
    for (const kind of KINDS) {
      await pause();
      finer.push(this.arcs(kind, rows[kind], true));
    }
    this.rows = rows;
    page.arcs = finer.flat();
    for (const layer of page.layers) {
      await pause();
      for (const feature of layer.data.features) delete feature.shape;
      layer.redraw();
    }
    this.more = [];
    page.changed("detail");
  }
}

export { Detail, opening };
