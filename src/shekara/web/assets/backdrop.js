// A raster in colour on the ground, below all that is told about: one picture in the map's projection.
"use strict";

(function (S) {
  class Backdrop {
    constructor(page) {
      const element = document.getElementById("backdrop");
      this.given = element ? JSON.parse(element.textContent) : null;
      this.shown = true;
      if (!this.given) return;
      const { map } = page;
      const lowest = page.layers.find((layer) => !layer.data.basemap);
      map.createPane("backdrop").style.zIndex = String(
        299 + 2 * (lowest ? lowest.number : page.layers.length),
      );
      const [left, bottom, right, top] = this.given.bounds;
      const frame = S.ground.frameOf(map, [L.point(left, bottom), L.point(right, top)]);
      const options = { pane: "backdrop", alt: "", opacity: this.given.opacity };
      this.picture = L.imageOverlay(this.given.image, frame, options).addTo(map);
    }

    set(shown) {
      this.shown = shown;
      this.picture.setOpacity(shown ? this.given.opacity : 0);
    }
  }

  S.backdrop = { attach: (page) => (page.backdrop = new Backdrop(page)) };
})((window.shekara = window.shekara || {}));
