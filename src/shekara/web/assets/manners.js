// Manners of a map inside a page: the wheel and one finger scroll the page until they are asked to
// move the map; a click into the map, Ctrl, two fingers or the full screen ask.

import { el } from "./nodes.js";

const SHOWN = 1200; // milliseconds that the hint is read in

class Manners {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.asked = false;
    const { map } = page;
    const container = map.getContainer();
    this.hint = el("div", { class: "wheel-hint", "aria-hidden": "true" });
    container.append(this.hint);
    map.scrollWheelZoom.disable();
    map.on("click dragstart", () => (this.asked = true));
    container.addEventListener("mouseleave", () => (this.asked = false));
    container.addEventListener("wheel", (event) => this.wheel(event), { capture: true });
    container.addEventListener("touchstart", (event) => this.touch(event), {
      capture: true,
      passive: true,
    });
    container.addEventListener("touchmove", (event) => this.touch(event), {
      capture: true,
      passive: true,
    });
    // The mouse beside the fingers moves the map as before.
    for (const end of ["touchend", "touchcancel"])
      container.addEventListener(end, ({ touches }) => touches.length || map.dragging.enable());
  }

  get alone() {
    return Boolean(document.fullscreenElement) || this.page.tools.stage.classList.contains("full");
  }

  wheel(event) {
    const wanted = this.asked || event.ctrlKey || event.metaKey || this.alone;
    this.page.map.scrollWheelZoom[wanted ? "enable" : "disable"]();
    if (!wanted && document.documentElement.scrollHeight > window.innerHeight)
      this.show(this.page.words.wheel);
  }

  // One finger is the page's, two are the map's.
  touch(event) {
    const wanted = event.touches.length > 1 || this.alone;
    this.page.map.dragging[wanted ? "enable" : "disable"]();
    if (!wanted && event.type === "touchmove") this.show(this.page.words.two_fingers);
  }

  show(words) {
    this.hint.textContent = words;
    this.hint.classList.add("shown");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hint.classList.remove("shown"), SHOWN);
  }
}

export const attach = (page) => (page.manners = new Manners(page));
