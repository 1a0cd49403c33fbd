// Shaded relief upon the land: one picture in the map's projection, which darkens what it lies on.
"use strict";

(function (/** @type {Shekara} */ S) {
  const { svg } = S.nodes;
  // Darkness of the grey picture becomes a warm black that covers as much: land, not paper, is
  // seen through what is white.
  const BLACK = [0.22, 0.2, 0.16];
  const SHADE = `${BLACK.map((part) => `0 0 0 0 ${part}`).join(" ")} -1 0 0 1 0`;
  // Nearer than this many doublings the picture is too coarse: it fades and is gone.
  const [SHARP, GONE] = [2.5, 4.5];

  class Relief {
    constructor(/** @type {Page} */ page) {
      this.page = page;
      const element = document.getElementById("relief");
      this.given = element ? JSON.parse(element.textContent) : null;
      this.shown = true;
      if (!this.given) return;
      const { map } = page;
      this.pane = map.createPane("relief");
      // On the ground, below everything that is told about.
      const lowest = page.layers.find((layer) => !layer.data.basemap);
      this.pane.style.zIndex = String(299 + 2 * (lowest ? lowest.number : page.layers.length));
      const matrix = svg("feColorMatrix", { values: SHADE });
      const filter = svg("filter", { id: "relief-shade", "color-interpolation-filters": "sRGB" }, matrix);
      this.pane.append(svg("svg", { width: 0, height: 0, "aria-hidden": "true" }, filter));
      const [left, bottom, right, top] = this.given.bounds;
      this.frame = S.ground.frameOf(map, [L.point(left, bottom), L.point(right, top)]);
      this.picture = L.imageOverlay(this.given.image, this.frame, { pane: "relief", alt: "" }).addTo(map);
      map.on("zoomend", () => this.fade());
      this.fade();
    }

    set(shown) {
      this.shown = shown;
      if (this.picture) this.fade();
    }

    fade() {
      const nearer = this.page.map.getZoom() - this.page.fitZoom;
      const left = Math.min(1, Math.max(0, (GONE - nearer) / (GONE - SHARP)));
      this.picture.setOpacity(this.shown ? left : 0);
    }

    // What the window shows of it, as a picture that any program can read; null where it has none.
    seen() {
      if (!this.picture?.options.opacity) return null;
      const { map } = this.page;
      const { x: wide, y: high } = map.getSize();
      const [from, to] = [this.frame.getNorthWest(), this.frame.getSouthEast()].map((corner) =>
        map.latLngToContainerPoint(corner),
      );
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [wide, high];
      const pen = canvas.getContext("2d", { willReadFrequently: true });
      pen.fillStyle = "white";
      pen.fillRect(0, 0, wide, high);
      pen.drawImage(this.picture.getElement(), from.x, from.y, to.x - from.x, to.y - from.y);
      const shade = pen.getImageData(0, 0, wide, high);
      const ink = BLACK.map((part) => Math.round(255 * part));
      for (let i = 0; i < shade.data.length; i += 4) {
        const dark = (255 - shade.data[i]) * this.picture.options.opacity;
        shade.data.set([...ink, Math.round(dark)], i);
      }
      pen.putImageData(shade, 0, 0);
      return canvas.toDataURL("image/png");
    }
  }

  S.relief = { attach: (page) => (page.relief = new Relief(page)) };
})((window.shekara = window.shekara || {}));
