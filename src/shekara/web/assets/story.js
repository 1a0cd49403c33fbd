// A map told in steps: each step has a text, and the view, layers, year and claim that belong to
// it. Scrolling or the arrow keys lead from one to the next.

import * as ground from "./ground.js";
import { arrows, el, replace, say } from "./nodes.js";

const KEYS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };

class Story {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.steps = page.data.steps;
    this.node = document.getElementById("story");
    this.opener = document.getElementById("story-open");
    this.still = 0; // where the list was put last
    this.at = null; // the step that is told; null: the map is read without a story
    this.opener.hidden = !this.steps.length;
    if (!this.steps.length) return;
    this.opener.addEventListener("click", () => this.open(0, true));
    document.addEventListener("keydown", (event) => this.key(event));
  }

  draw() {
    if (!this.steps.length) return;
    const { words, text } = this.page;
    replace(this.opener, say(words.story_open, { count: this.steps.length }));
    this.node.setAttribute("aria-label", words.story);
    this.items = this.steps.map((_, n) =>
      el(
        "li",
        { "data-step": n },
        el("p", { class: "kind" }, `${n + 1} / ${this.steps.length}`),
        text.steps[n][0] ? el("h3", {}, text.steps[n][0]) : null,
        el("p", {}, text.steps[n][1]),
      ),
    );
    this.list = el("ol", { tabindex: "0", "aria-label": words.story }, this.items);
    const [back, on] = arrows();
    const button = (title, click, name) =>
      el("button", { type: "button", "data-story": name, click }, title);
    replace(
      this.node,
      el("h2", {}, words.story),
      this.list,
      el(
        "p",
        { class: "buttons" },
        button(`${back} ${words.story_back}`, () => this.go(this.at - 1), "back"),
        button(`${words.story_on} ${on}`, () => this.go(this.at + 1), "on"),
        button(words.story_end, () => this.close(), "end"),
      ),
      el("p", { class: "kind" }, words.story_keys),
    );
    if (this.at !== null) {
      this.place(this.at);
      this.mark();
    }
    this.watch();
  }

  // The step that the reader scrolled to is told.
  watch() {
    this.observer?.disconnect();
    this.observer = new IntersectionObserver(
      (entries) => {
        // What was put into the middle is told already; the reader has to scroll for another one.
        if (Math.abs(this.list.scrollTop - this.still) < 2) return;
        for (const { isIntersecting, target } of entries)
          if (isIntersecting && this.at !== null) this.tell(Number(target.getAttribute("data-step")));
      },
      { root: this.list, rootMargin: "-45% 0px -45% 0px" },
    );
    for (const item of this.items) this.observer.observe(item);
    this.sized?.disconnect();
    this.sized = new ResizeObserver(() => this.at === null || this.place(this.at));
    this.sized.observe(this.list);
  }

  open(n, focus = false) {
    const { page } = this;
    if (!this.steps[n]) return;
    this.before ??= {
      layers: page.layers.map((layer) => layer.shown),
      span: page.span,
      small: page.small,
      centre: page.map.getCenter(),
      zoom: page.map.getZoom(),
      claim: page.claims.chosen,
    };
    this.node.hidden = false;
    document.documentElement.classList.add("telling");
    page.map.invalidateSize({ animate: false });
    this.go(n);
    if (focus) {
      document.getElementById("stage").scrollIntoView({ block: "start" });
      this.list.focus({ preventScroll: true });
    }
  }

  // Puts a step into the middle of the list and tells it.
  go(n) {
    if (!this.items[n]) return;
    this.place(n);
    this.tell(n);
  }

  place(n) {
    const { list } = this;
    const item = this.items[n];
    // With half of the list free at either end each step can stand in the middle.
    list.style.setProperty("--free", `${Math.floor(Math.min(list.clientHeight, window.innerHeight) / 2)}px`);
    list.scrollTop = item.offsetTop - (list.clientHeight - item.clientHeight) / 2;
    this.still = list.scrollTop;
  }

  tell(n) {
    if (n === this.at) return;
    const { page } = this;
    const step = this.steps[n];
    this.at = n;
    this.mark();
    page.time.halt();
    if (page.claims.chosen) page.claims.choose(null);
    for (const layer of page.layers) {
      const shown = step.layers
        ? layer.data.basemap ? layer.usual : step.layers.includes(layer.name)
        : layer.usual;
      if (layer.shown !== shown) page.setLayer(layer, shown);
    }
    if (page.small !== null) page.setSmall(null);
    const year = step.year ?? null;
    if (page.year !== year || page.until !== null) page.setYear(year);
    if (step.claim) page.claims.open(step.claim, !step.view);
    else if (!step.view) page.view.flyTo(page.view.home);
    if (step.view) page.view.flyTo(ground.around(page.map, step.view));
    page.changed("story");
  }

  mark() {
    this.items.forEach((item, n) => {
      item.classList.toggle("told", n === this.at);
      if (n === this.at) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    const disable = (name, on) =>
      this.node.querySelector(`[data-story=${name}]`).toggleAttribute("disabled", on);
    disable("back", this.at === 0);
    disable("on", this.at === this.steps.length - 1);
    const [title, text] = this.page.text.steps[this.at];
    document.getElementById("announce").textContent = [title, text].filter(Boolean).join(". ");
  }

  // The map is as it was before the story.
  close() {
    const { page, before } = this;
    this.at = null;
    this.node.hidden = true;
    document.documentElement.classList.remove("telling");
    page.map.invalidateSize({ animate: false });
    page.claims.choose(null);
    page.layers.forEach((layer, n) => {
      if (layer.shown !== before.layers[n]) page.setLayer(layer, before.layers[n]);
    });
    if (page.small !== before.small) page.setSmall(before.small);
    if (String(page.span) !== String(before.span)) page.setYear(...before.span);
    page.map.setView(before.centre, before.zoom, { animate: false });
    if (before.claim) page.claims.open(before.claim, false);
    this.before = null;
    page.changed("story");
    this.opener.focus({ preventScroll: true });
  }

  key(event) {
    if (this.at === null || event.altKey || event.ctrlKey || event.metaKey) return;
    // Fields, and the map itself, have their own use for these keys.
    if (event.target.closest?.("input, textarea, select, .leaflet-container")) return;
    const aside = /Left|Right/.test(event.key) && document.documentElement.dir === "rtl";
    const step = (KEYS[event.key] ?? 0) * (aside ? -1 : 1);
    if (event.key === "Escape") this.close();
    else if (step) this.go(this.at + step);
    else return;
    event.preventDefault();
  }
}

export const attach = (page) => (page.story = new Story(page));
