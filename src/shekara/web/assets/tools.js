// The buttons on the map: nearer, farther, whole map, full screen, measure. Also paper.

import * as ground from "./ground.js";
import { el, svg } from "./nodes.js";

const DRAWINGS = {
  zoom_in: "M9,3v12M3,9h12",
  zoom_out: "M3,9h12",
  home: "M2.5,9L9,3l6.5,6M4.5,7.5V15h9V7.5",
  full_screen: "M3,7V3h4M11,3h4v4M15,11v4h-4M7,15H3v-4",
  measure: "M2.5,12L12,2.5L15.5,6L6,15.5zM5,9.5l1.6,1.6M7.5,7l2.2,2.2M10,4.5l1.6,1.6",
};

class Tools {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.stage = document.getElementById("stage");
    this.buttons = {};
    const { map } = page;
    this.bar("topright", {
      zoom_in: () => map.zoomIn(1, { animate: page.view.moving }),
      zoom_out: () => map.zoomOut(1, { animate: page.view.moving }),
      home: () => map.fitBounds(page.view.home, { padding: [4, 4], animate: page.view.moving }),
    });
    this.bar("topright", {
      full_screen: () => this.fullScreen(),
      measure: () => page.measure.toggle(),
    });
    map.on("zoomend", () => this.limits());
    document.addEventListener("fullscreenchange", () =>
      this.fitted(document.fullscreenElement === this.stage),
    );
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.stage.classList.contains("full")) this.fullScreen();
    });
    window.addEventListener("beforeprint", () => this.paper(true));
    window.addEventListener("afterprint", () => this.paper(false));
  }

  bar(position, actions) {
    const control = L.control({ position });
    control.onAdd = () => {
      const bar = el(
        "div",
        { class: "leaflet-bar" },
        Object.entries(actions).map(([name, click]) => {
          const drawing = svg(
            "svg",
            { viewBox: "0 0 18 18", "aria-hidden": "true" },
            svg("path", { d: DRAWINGS[name] }),
          );
          this.buttons[name] = el(
            "button",
            { type: "button", "data-tool": name, click },
            drawing,
          );
          return this.buttons[name];
        }),
      );
      L.DomEvent.disableClickPropagation(bar);
      return bar;
    };
    control.addTo(this.page.map);
  }

  draw() {
    for (const [name, button] of Object.entries(this.buttons)) {
      button.title = this.page.words[name];
      button.setAttribute("aria-label", this.page.words[name]);
    }
    this.limits();
  }

  limits() {
    const { map } = this.page;
    this.buttons.zoom_in.disabled = map.getZoom() >= map.getMaxZoom();
    this.buttons.zoom_out.disabled = map.getZoom() <= map.getMinZoom();
  }

  // The browser's full screen; inside a frame that forbids it, the whole window.
  async fullScreen() {
    const { stage } = this;
    if (document.fullscreenElement) return document.exitFullscreen();
    if (stage.classList.contains("full")) return this.fitted(stage.classList.toggle("full"));
    try {
      await stage.requestFullscreen();
    } catch {
      this.fitted(stage.classList.toggle("full"));
    }
    return undefined;
  }

  fitted(on) {
    this.buttons.full_screen.setAttribute("aria-pressed", String(Boolean(on)));
    this.page.map.invalidateSize({ animate: false });
  }

  // Paper has another width than the window: the map is laid out for it and put back afterwards.
  paper(on) {
    const { map } = this.page;
    const canvas = /** @type {HTMLElement} */ (document.querySelector(".canvas"));
    const bounds = ground.seen(map);
    if (on === Boolean(this.before)) return;
    if (on) this.before = { centre: map.getCenter(), zoom: map.getZoom() };
    canvas.style.width = on ? "680px" : ""; // 180 mm at 96 px an inch: A4 between its margins
    canvas.style.height = on ? "480px" : "";
    map.invalidateSize({ animate: false, pan: false });
    if (on) map.fitBounds(bounds, { animate: false });
    else {
      map.setView(this.before.centre, this.before.zoom, { animate: false });
      this.before = null;
    }
  }
}

export const attach = (page) => (page.tools = new Tools(page));
