// Shaded relief upon the land: one picture in the map's projection, which darkens what it lies on.

import * as ground from "./ground.js";
import { svg } from "./nodes.js";

// Darkness of the grey picture becomes a warm black that covers as much: land, not paper, is
// seen through what is white.
const BLACK = [0.22, 0.2, 0.16];
const SHADE = `${BLACK.map((part) => `0 0 0 0 ${part}`).join(" ")} -1 0 0 1 0`;
// Nearer than this many doublings the picture is too coarse: it fades and is gone.
const [SHARP, GONE] = [2.5, 4.5];

class Relief {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.shown = true;
    this.picture = ground.picture(page, "relief");
    this.given = this.picture !== null;
    if (!this.given) return;
    const matrix = svg("feColorMatrix", { values: SHADE });
    const filter = svg("filter", { id: "relief-shade", "color-interpolation-filters": "sRGB" }, matrix);
    this.picture.pane.prepend(svg("svg", { width: 0, height: 0, "aria-hidden": "true" }, filter));
    page.map.on("zoomend", () => this.fade());
    this.fade();
  }

  set(shown) {
    this.shown = shown;
    if (this.picture) this.fade();
  }

  fade() {
    const nearer = this.page.map.getZoom() - this.page.view.fitZoom;
    const left = Math.min(1, Math.max(0, (GONE - nearer) / (GONE - SHARP)));
    this.picture.overlay.setOpacity(this.shown ? left : 0);
  }

  // Resolves when the browser has unpacked the picture, or has found that it can't.
  async unpacked() {
    await this.picture?.overlay.getElement().decode().catch(() => null);
  }

  // What the window shows of it, as a picture that any program can read; null where it has none.
  seen() {
    const { overlay, corners } = this.picture ?? {};
    if (!overlay?.options.opacity) return null;
    const { x: wide, y: high } = this.page.map.getSize();
    const [from, to] = corners();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [wide, high];
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.fillStyle = "white";
    pen.fillRect(0, 0, wide, high);
    pen.drawImage(overlay.getElement(), from.x, from.y, to.x - from.x, to.y - from.y);
    const shade = pen.getImageData(0, 0, wide, high);
    const ink = BLACK.map((part) => Math.round(255 * part));
    for (let i = 0; i < shade.data.length; i += 4) {
      const dark = (255 - shade.data[i]) * overlay.options.opacity;
      shade.data.set([...ink, Math.round(dark)], i);
    }
    pen.putImageData(shade, 0, 0);
    return canvas.toDataURL("image/png");
  }
}

export const attach = (page) => (page.relief = new Relief(page));
