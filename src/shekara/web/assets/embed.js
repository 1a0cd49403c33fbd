// The page inside another one (#embed): the map alone, legend and claims in a drawer, a line that
// leads to the whole page.

import * as head from "../../pagehead/assets/head.js";
import { el, replace } from "./nodes.js";

class Embed {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.on = head.address.read().place === "embed";
    document.documentElement.classList.toggle("embedded", this.on);
    if (!this.on) return;
    this.stage = document.getElementById("stage");
    this.line = el("div", { class: "embed-line" });
    this.stage.append(this.line);
    this.button = el("button", {
      type: "button",
      "aria-controls": "side",
      click: () => this.toggle(),
    });
    this.open = window.innerWidth >= 900;
    page.map.on("moveend", () => this.changed());
  }

  draw() {
    if (!this.on) return;
    const { text } = this.page;
    this.link = el("a", { target: "_blank", rel: "noopener" }, text.title);
    replace(this.line, this.button, el("h1", {}, this.link));
    this.changed();
    this.mark();
  }

  changed() {
    if (!this.link) return;
    const named = String(head.address.read().named).replaceAll("%2C", ",");
    this.link.href = `${location.href.split("#")[0]}#${named}`;
  }

  toggle() {
    this.open = !this.open;
    this.mark();
  }

  mark() {
    const { words, map } = this.page;
    this.stage.classList.toggle("drawn", this.open);
    this.button.setAttribute("aria-expanded", String(this.open));
    this.button.textContent = words.legend_and_claims;
    map.invalidateSize({ animate: false });
  }
}

export const attach = (page) => (page.embed = new Embed(page));
