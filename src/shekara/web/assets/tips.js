// What a chart says at a place, in a small box beside the pointer.

import { el, replace } from "./nodes.js";

const GAP = 14; // pixels between the pointer and the box

class Tip {
  constructor(/** @type {HTMLElement} */ figure) {
    this.figure = figure;
    this.node = el("div", { class: "chart-tip", "aria-hidden": "true", hidden: true });
    figure.append(this.node);
  }

  // The place's name, and of each value its sign, its title and the value in words; near a point
  // of the window, inside the figure.
  show(title, rows, { x, y }) {
    const { node, figure } = this;
    replace(
      node,
      el("strong", {}, title),
      rows.map((row) => el("span", {}, row.sign, row.title && `${row.title}: `, el("b", {}, row.value))),
    );
    node.hidden = false;
    const frame = figure.getBoundingClientRect();
    const [left, wide] = [x - frame.left, node.offsetWidth];
    const beyond = left + GAP + wide > frame.width;
    const start = beyond ? left - GAP - wide : left + GAP;
    node.style.left = `${Math.max(0, Math.min(start, frame.width - wide))}px`;
    node.style.top = `${y - frame.top + GAP}px`;
  }

  hide() {
    this.node.hidden = true;
  }
}

export { Tip };
