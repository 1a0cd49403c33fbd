// One slider of years for everything on the map that has a beginning or an end.
"use strict";

(function (S) {
  const { el, replace } = S.nodes;
  const PACE = 700; // milliseconds a step

  class Time {
    constructor(page) {
      this.page = page;
      this.node = document.getElementById("time");
      this.timer = null; // runs while the years are played
      // The years in which something begins, and those after which something is gone.
      const years = new Set();
      const last = [];
      for (const layer of page.layers) {
        for (const { from, to } of layer.data.features) {
          if (from !== undefined) years.add(Math.floor(from));
          if (to !== undefined) years.add(Math.floor(to) + 1);
          for (const year of [from, to]) if (year !== undefined) last.push(Math.floor(year));
        }
      }
      this.last = Math.max(...last);
      this.first = Math.min(...last);
      years.add(this.first);
      years.add(this.last);
      this.steps = [...years].filter((year) => year <= this.last).sort((a, b) => a - b);
      // A single year is no choice.
      this.node.hidden = !(this.last > this.first);
    }

    // The last step that is not after a year.
    step(year) {
      return Math.max(0, this.steps.findLastIndex((step) => step <= year));
    }

    draw() {
      if (this.node.hidden) return;
      const { words, year } = this.page;
      this.range = el("input", {
        type: "range",
        min: 0,
        max: this.steps.length - 1,
        step: 1,
        list: "years",
        "aria-label": words.year,
        input: () => this.choose(this.steps[this.range.value]),
      });
      this.range.value = String(this.step(year ?? this.last));
      const ticks = el(
        "datalist",
        { id: "years" },
        this.steps.map((at, i) => el("option", { value: i, label: String(at) })),
      );
      this.all = el("input", {
        type: "checkbox",
        change: () => this.choose(this.all.checked ? null : this.steps[this.range.value]),
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
        ticks,
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
      if (year !== null) this.range.value = String(this.step(year));
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
      if (page.year === null || page.year >= this.last) page.setYear(this.steps[0]);
      this.timer = setInterval(() => {
        const next = this.steps[this.step(page.year ?? this.last) + 1];
        if (next === undefined) return this.stop();
        return page.setYear(next);
      }, PACE);
      this.mark();
    }

    stop() {
      clearInterval(this.timer);
      this.timer = null;
      this.mark();
    }
  }

  S.time = { attach: (page) => (page.time = new Time(page)) };
})((window.shekara = window.shekara || {}));
