// The graticule: meridians and parallels, closer together as the map comes nearer.
"use strict";

(function (S) {
  const STEPS = [30, 20, 10, 5, 2, 1, 0.5, 1 / 3, 1 / 6, 1 / 12, 1 / 30, 1 / 60]; // degrees
  const BETWEEN = 130; // pixels that two meridians should at least be apart

  class Graticule {
    constructor(page) {
      this.page = page;
      this.name = "graticule";
      this.shown = true;
      const pane = page.map.createPane("graticule");
      pane.classList.add("quiet");
      this.renderer = L.svg({ pane: "graticule", padding: 0.3 });
      this.lines = L.layerGroup().addTo(page.map);
      this.labels = L.DomUtil.create("div", "grid-labels", page.map.getContainer());
      this.labels.setAttribute("aria-hidden", "true");
      page.map.on("moveend", () => this.draw());
    }

    set(shown) {
      this.shown = shown;
      this.draw();
    }

    draw() {
      const { map } = this.page;
      this.lines.clearLayers();
      this.labels.replaceChildren();
      // Drawn above the land but below everything that is told about.
      const lowest = this.page.layers.find((layer) => !layer.data.basemap);
      map.getPane("graticule").style.zIndex = String(
        299 + 2 * (lowest ? lowest.number : this.page.layers.length),
      );
      if (!this.shown) return;
      const bounds = map.getBounds();
      const size = map.getSize();
      const perPixel = (bounds.getEast() - bounds.getWest()) / Math.max(1, size.x);
      const step = STEPS.findLast((s) => s / perPixel >= BETWEEN) || STEPS[0];
      const view = bounds.pad(0.2);
      const look = {
        pane: "graticule",
        renderer: this.renderer,
        interactive: false,
        className: "grid",
        weight: 0.6,
        noClip: true,
      };
      const [south, north] = [Math.max(-85, view.getSouth()), Math.min(85, view.getNorth())];
      for (let i = Math.ceil(view.getWest() / step); i * step <= view.getEast(); i++) {
        L.polyline(
          [
            [south, i * step],
            [north, i * step],
          ],
          look,
        ).addTo(this.lines);
        this.label(
          map.latLngToContainerPoint([0, i * step]).x,
          null,
          i * step,
          "east",
          "west",
          step,
          size,
        );
      }
      for (let i = Math.ceil(south / step); i * step <= north; i++) {
        L.polyline(
          [
            [i * step, view.getWest()],
            [i * step, view.getEast()],
          ],
          look,
        ).addTo(this.lines);
        this.label(
          null,
          map.latLngToContainerPoint([i * step, 0]).y,
          i * step,
          "north",
          "south",
          step,
          size,
        );
      }
    }

    // Along the upper and the left edge, away from the controls.
    label(x, y, value, plus, minus, step, size) {
      if (x === null ? y < 60 || y > size.y - 70 : x < 270 || x > size.x - 60) return;
      const { words } = this.page;
      const turned = x === null ? value : ((((value + 180) % 360) + 360) % 360) - 180;
      const minutes = Math.round(Math.abs(turned) * 60);
      const degrees = `${Math.floor(minutes / 60)}°${step < 1 ? `${String(minutes % 60).padStart(2, "0")}′` : ""}`;
      const side = minutes === 0 ? "" : `\u00a0${turned < 0 ? words[minus] : words[plus]}`;
      const node = S.nodes.el("span", { class: "grid-label" }, degrees + side);
      node.style.cssText = x === null ? `left:4px;top:${y - 14}px` : `top:2px;left:${x + 3}px`;
      this.labels.append(node);
    }
  }

  S.graticule = { attach: (page) => (page.graticule = new Graticule(page)) };
})((window.shekara = window.shekara || {}));
