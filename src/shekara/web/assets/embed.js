// The page inside another one (#embed): the map alone, legend and claims in a drawer, a line that
// leads to the whole page.
"use strict";

(function (/** @type {Shekara} */ S) {
  const { el, replace } = S.nodes;

  class Embed {
    constructor(/** @type {Page} */ page) {
      this.page = page;
      this.on = S.head.address.read().place === "embed";
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
      const named = String(S.head.address.read().named).replaceAll("%2C", ",");
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

  S.embed = { attach: (page) => (page.embed = new Embed(page)) };
})((window.shekara = window.shekara || {}));
