// Small maps side by side, each of a year or of a value: a choice of what the large map shows.

import { el, replace } from "./nodes.js";

class Multiples {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.rows = page.data.smallMaps;
    this.node = document.getElementById("multiples");
    this.node.hidden = !this.rows.length;
    this.buttons = [];
  }

  draw() {
    if (this.node.hidden) return;
    const { words, text } = this.page;
    this.buttons = this.rows.map((row, n) =>
      el(
        "button",
        { type: "button", "data-small": n, click: () => this.choose(n) },
        el("img", { src: row.picture, alt: "", width: 360, height: 240 }),
        el("span", { class: "small-title" }, text.smallMaps[n][0]),
      ),
    );
    this.buttons.forEach((button, n) => button.setAttribute("aria-label", text.smallMaps[n][1]));
    replace(
      this.node,
      el("h2", {}, words.multiples),
      el("p", { class: "kind" }, words.multiples_help),
      el("ul", { class: "small-maps" }, this.buttons.map((button) => el("li", {}, button))),
    );
    this.mark();
  }

  changed(what) {
    if (what === "year" || what === "layers") this.mark();
  }

  // Whether the large map shows what a small one does.
  shows(n) {
    const { year, until, small } = this.page;
    const wanted = this.rows[n].year;
    return wanted === undefined ? small === n : year === wanted && until === null;
  }

  mark() {
    this.buttons.forEach((button, n) => button.setAttribute("aria-pressed", String(this.shows(n))));
  }

  // A small map that is chosen again gives everything back.
  choose(n) {
    const { page } = this;
    const off = this.shows(n);
    const { year } = this.rows[n];
    if (year === undefined) page.setSmall(off ? null : n);
    else if (page.time.node.hidden) page.setYear(off ? null : year);
    else page.time.choose(off ? null : year);
  }
}

export const attach = (page) => (page.multiples = new Multiples(page));
