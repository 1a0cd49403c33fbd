// One slider of years, or two handles of a span, for everything on the map that has a beginning or an end.

import { el, replace } from "./nodes.js";

const PACE = 700; // milliseconds a step

class Time {
  constructor(/** @type {Page} */ page) {
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
    const { words } = this.page;
    const most = this.steps.length - 1;
    const slider = (choose) =>
      el("input", { type: "range", min: 0, max: most, step: 1, list: "years", input: choose });
    this.range = slider(() => this.move());
    this.end = slider(() => this.move());
    this.ends = el("div", { class: "ends" }, this.range);
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
    this.span = el(
      "button",
      { type: "button", class: "span", click: () => this.widen() },
      words.span,
    );
    replace(
      this.node,
      this.button,
      this.output,
      this.ends,
      ticks,
      el("label", {}, this.all, words.all_years),
      this.span,
    );
    this.mark();
  }

  changed(what) {
    if (what === "year" && !this.node.hidden) this.mark();
  }

  mark() {
    const { words, year, until } = this.page;
    const [spanned, most] = [until !== null, Math.max(1, this.steps.length - 1)];
    this.all.checked = year === null;
    this.range.value = String(this.step(year ?? this.last));
    this.end.value = String(this.step(until ?? this.last));
    if (!spanned) this.end.remove();
    else if (!this.end.isConnected) this.ends.append(this.end);
    this.ends.classList.toggle("spanned", spanned);
    this.ends.style.setProperty("--from", `${(100 * this.range.value) / most}%`);
    this.ends.style.setProperty("--to", `${(100 * this.end.value) / most}%`);
    this.output.textContent =
      year === null ? `${this.first}–${this.last}` : this.page.yearText;
    this.range.setAttribute("aria-label", spanned ? words.from : words.year);
    this.end.setAttribute("aria-label", words.to);
    this.range.setAttribute("aria-valuetext", spanned ? String(year) : this.output.textContent);
    this.end.setAttribute("aria-valuetext", String(until));
    this.span.setAttribute("aria-pressed", String(spanned));
    this.button.textContent = this.timer ? "❚❚" : "▶";
    this.button.setAttribute("aria-label", this.timer ? words.stop : words.play);
  }

  // A handle was moved: of a span neither end passes the other.
  move() {
    const [from, to] = [this.range, this.end].map((node) => Number(node.value));
    const { year, until } = this.page;
    if (until === null) this.choose(this.steps[from]);
    else if (from < to) this.choose(this.steps[from], this.steps[to]);
    else this.choose(year, until);
  }

  // From one year to a span that begins there, and back.
  widen() {
    const { year, until } = this.page;
    if (until !== null) this.choose(year);
    else this.choose(year === null || year >= this.last ? this.first : year, this.last);
  }

  // Something else sets the years.
  halt() {
    if (this.timer) this.stop();
  }

  // A choice of the reader ends the playing.
  choose(year, until = null) {
    this.stop();
    this.page.setYear(year, until);
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

export const attach = (page) => (page.time = new Time(page));
