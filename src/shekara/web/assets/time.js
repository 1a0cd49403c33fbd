// One slider of years, or two handles of a span, for everything on the map that has a beginning or an end.

import { el, replace, say } from "./nodes.js";

const PACE = 700; // milliseconds a step

// The first and the last year that features of layers name, and the years in which something
// begins, or after which something is gone; null where there is no choice of years.
function yearsOf(/** @type {{ features: { from?: number, to?: number }[] }[]} */ layers) {
  const years = new Set();
  let [first, last] = [Infinity, -Infinity];
  for (const { features } of layers)
    for (const { from, to } of features) {
      if (from !== undefined) years.add(Math.floor(from));
      if (to !== undefined) years.add(Math.floor(to) + 1);
      for (const year of [from, to]) {
        if (year === undefined) continue;
        first = Math.min(first, Math.floor(year));
        last = Math.max(last, Math.floor(year));
      }
    }
  if (!(last > first)) return null;
  const steps = [...years.add(first).add(last)].filter((year) => year <= last);
  return { first, last, steps: steps.sort((a, b) => a - b) };
}

// Years that an address asks for, within those of a map: beyond its last year nothing changes, and
// before its first there is nothing. What was asked for in vain is said.
function within(years, year = null, until = null) {
  if (!years || year === null) return { year: null, until: null, outside: null };
  const held = (asked) => Math.min(years.last, Math.max(years.first, asked));
  const [from, to] = [held(year), until === null ? null : held(until)];
  const asked = until === null ? `${year}` : `${year}–${until}`;
  const outside = from !== year || to !== until ? asked : null;
  return { year: from, until: to > from ? to : null, outside };
}

class Time {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.node = document.getElementById("time");
    this.timer = null; // runs while the years are played
    const { years } = page;
    this.node.hidden = !years;
    this.first = years?.first ?? Infinity;
    this.last = years?.last ?? -Infinity;
    this.steps = years?.steps ?? [];
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
    this.said = el("span", { class: "said", role: "status" });
    replace(
      this.node,
      this.button,
      this.output,
      this.ends,
      ticks,
      el("label", {}, this.all, words.all_years),
      this.span,
      this.said,
    );
    this.mark();
  }

  changed(what) {
    if (what === "year" && !this.node.hidden) this.mark();
  }

  mark() {
    const { words, year, until, outside } = this.page;
    const { first, last } = this;
    const [spanned, most] = [until !== null, Math.max(1, this.steps.length - 1)];
    this.all.checked = year === null;
    this.range.value = String(this.step(year ?? this.last));
    this.end.value = String(this.step(until ?? this.last));
    if (!spanned) this.end.remove();
    else if (!this.end.isConnected) this.ends.append(this.end);
    this.ends.classList.toggle("spanned", spanned);
    this.ends.style.setProperty("--from", `${(100 * this.range.value) / most}%`);
    this.ends.style.setProperty("--to", `${(100 * this.end.value) / most}%`);
    this.said.textContent = outside === null ? "" : say(words.year_outside, { first, last, year: outside });
    this.output.textContent =
      year === null ? `${first}–${last}` : this.page.yearText;
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
export { yearsOf, within };
