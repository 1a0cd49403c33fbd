// One slider of years for everything on the map that has a beginning or an end.
"use strict";

(function (S) {
  const { el, replace } = S.nodes;
  const PACE = 350; // milliseconds a year

  class Time {
    constructor(page) {
      this.page = page;
      this.node = document.getElementById("time");
      const years = [];
      for (const layer of page.layers) {
        for (const feature of layer.data.features) {
          for (const year of [feature.from, feature.to])
            if (year !== undefined) years.push(Math.floor(year));
        }
      }
      this.first = Math.min(...years);
      this.last = Math.max(...years);
      // A single year is no choice.
      this.node.hidden = !(this.last > this.first);
    }

    draw() {
      if (this.node.hidden) return;
      const { words, year } = this.page;
      this.range = el("input", {
        type: "range",
        min: this.first,
        max: this.last,
        step: 1,
        "aria-label": words.year,
        input: () => this.choose(Number(this.range.value)),
      });
      this.range.value = String(year ?? this.last);
      this.all = el("input", {
        type: "checkbox",
        change: () => this.choose(this.all.checked ? null : Number(this.range.value)),
      });
      this.output = el("output", {});
      this.button = el("button", {
        type: "button",
        click: () => (this.timer ? this.stop() : this.play()),
      });
      replace(
        this.node,
        this.button,
        this.output,
        this.range,
        el("label", {}, this.all, words.all_years),
      );
      this.mark();
    }

    changed(what) {
      if (what === "year" && !this.node.hidden) this.mark();
    }

    mark() {
      const { words, year } = this.page;
      this.all.checked = year === null;
      if (year !== null) this.range.value = String(year);
      this.output.textContent = year === null ? `${this.first}–${this.last}` : String(year);
      this.range.setAttribute("aria-valuetext", this.output.textContent);
      this.button.textContent = this.timer ? "❚❚" : "▶";
      this.button.setAttribute("aria-label", this.timer ? words.stop : words.play);
    }

    // A choice of the reader ends the playing.
    choose(year) {
      this.stop();
      this.page.setYear(year);
    }

    play() {
      const { page } = this;
      if (page.year === null || page.year >= this.last) page.setYear(this.first);
      this.timer = setInterval(() => {
        if (page.year === null || page.year >= this.last) return this.stop();
        return page.setYear(page.year + 1);
      }, PACE);
      this.mark();
    }

    stop() {
      clearInterval(this.timer);
      this.timer = null;
      this.mark();
    }
  }

  S.time = { attach: (page) => new Time(page) };
})((window.shekara = window.shekara || {}));
