// A raster in colour on the ground, below all that is told about: one picture in the map's projection.
"use strict";

(function (/** @type {Shekara} */ S) {
  class Backdrop {
    constructor(/** @type {Page} */ page) {
      this.page = page;
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
      this.frame = S.ground.frameOf(map, [L.point(left, bottom), L.point(right, top)]);
      const options = { pane: "backdrop", alt: "", opacity: this.given.opacity };
      this.picture = L.imageOverlay(this.given.image, this.frame, options).addTo(map);
    }

    set(shown) {
      this.shown = shown;
      this.picture?.setOpacity(shown ? this.given.opacity : 0);
    }
  }

  // The picture as an image of the view's drawing; null where there is none to be seen.
  function drawn({ picture, shown, given, frame, page }) {
    if (!picture || !shown) return null;
    const [from, to] = [frame.getNorthWest(), frame.getSouthEast()].map((corner) =>
      page.map.latLngToContainerPoint(corner),
    );
    return S.nodes.svg("image", {
      id: "backdrop",
      href: given.image,
      x: from.x,
      y: from.y,
      width: to.x - from.x,
      height: to.y - from.y,
      opacity: given.opacity,
      preserveAspectRatio: "none",
    });
  }

  S.backdrop = { drawn, attach: (page) => (page.backdrop = new Backdrop(page)) };
})((window.shekara = window.shekara || {}));
