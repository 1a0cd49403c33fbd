// Marks of a crowd by keyboard: one of them is a button, the arrow keys lead to the others.

import { el } from "./nodes.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

class Cursor {
  constructor(crowd) {
    this.crowd = crowd;
    this.map = crowd.page.map;
    this.map.on("moveend", () => this.stand());
  }

  // Goes to a mark of the window by its number from the west; after the map moved to the one
  // nearest to where the reader was.
  stand(to = null, focus = Boolean(this.key) && this.key === document.activeElement) {
    const { crowd } = this;
    this.key?.remove();
    this.key = null;
    const all = crowd.there ? crowd.inWindow() : [];
    if (!all.length) return;
    const at = to === null ? this.nearest(all) : (to + all.length) % all.length;
    const mark = all[at];
    const scale = 2 ** this.map.getZoom();
    this.place = { x: mark.x / scale, y: mark.y / scale };
    this.key = this.button(mark, at);
    this.map.getPane(crowd.layer.pane).append(this.key);
    if (focus) this.key.focus({ preventScroll: true });
  }

  nearest(all) {
    if (!this.place) return 0;
    const scale = 2 ** this.map.getZoom();
    const away = all.map(({ x, y }) => Math.hypot(x / scale - this.place.x, y / scale - this.place.y));
    return away.indexOf(Math.min(...away));
  }

  button(mark, at) {
    const origin = this.map.getPixelOrigin();
    const r = mark.radius || this.crowd.style(mark.points[0]).size / 2 + 3;
    // The button of the time: closing a card leads back to it, wherever the map went meanwhile.
    const back = { isConnected: true, focus: (options) => this.key?.focus(options) };
    const button = el("button", {
      type: "button",
      class: "mark",
      "aria-label": this.crowd.title(mark),
      keydown: (event) => {
        const to = { Home: 0, End: -1 }[event.key] ?? at + STEPS[event.key];
        if (Number.isNaN(to) || event.altKey || event.ctrlKey || event.metaKey) return;
        this.stand(to, true);
        event.preventDefault();
        event.stopPropagation();
      },
      click: (event) => {
        event.stopPropagation();
        this.crowd.open(mark, back);
      },
    });
    Object.assign(button.style, { width: `${2 * r}px`, height: `${2 * r}px` });
    L.DomUtil.setPosition(button, L.point(mark.x - origin.x - r, mark.y - origin.y - r).round());
    return button;
  }
}

export { Cursor };
