// Charts and map speak of the same years and things: one shows what is asked of the other.

import { svg, number } from "./nodes.js";
import { exact } from "./plot.js";
import * as scales from "./scales.js";
import { Tip } from "./tips.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

// Which years or names the places along a chart's axis stand for, and what is told there: by the
// pointer, by a finger, or by the arrow keys.
class Links {
  constructor(chart, figure, pointed) {
    this.chart = chart;
    this.page = chart.page;
    this.pointed = pointed; // what stands out on the map
    this.tip = new Tip(figure);
    this.at = null; // number of the place that is told about
    const { categories, named, node } = chart;
    this.years = !named && categories.length > 1 && scales.isYear(categories);
    // A place that its axis has not (a logarithm of nothing) has no span.
    const spans = categories.map((x, i) => [x, ...this.span(i)]);
    const known = spans.filter(([, from, to]) => Number.isFinite(from) && to > from);
    this.hits = known.map(([x, from, to], n) => this.hit(x, from, to, n));
    node.append(svg("g", {}, this.hits));
    if (this.hits.length) {
      node.setAttribute("tabindex", "0");
      node.setAttribute("role", "application"); // the arrow keys are the chart's
      node.addEventListener("keydown", (event) => this.key(event));
      node.addEventListener("blur", () => this.end());
      // A finger that goes away leaves what it asked for.
      node.addEventListener("pointerleave", (event) => event.pointerType === "touch" || this.end());
    }
    this.mark();
  }

  // From where to where a place reaches: half-way to its neighbours.
  span(i) {
    const { chart } = this;
    const { box, categories, lying, band } = chart;
    const [low, high] = lying ? [box.top, box.bottom] : [box.left, box.right];
    const at = chart.x(categories[i]);
    if (chart.bars || chart.named) return [at - band / 2, at + band / 2];
    const half = (j) => (j < 0 || j >= categories.length ? null : (at + chart.x(categories[j])) / 2);
    return [half(i - 1) ?? low, half(i + 1) ?? high];
  }

  hit(x, from, to, n) {
    const { box, lying } = this.chart;
    const place = lying
      ? { x: box.left, y: from, width: box.right - box.left, height: to - from }
      : { x: from, y: box.top, width: to - from, height: box.bottom - box.top };
    const hit = svg("rect", { class: "hit", "data-at": x, ...place });
    hit.at = x;
    hit.classList.toggle("leads", this.leads(x));
    hit.addEventListener("pointermove", (event) => this.tell(n, { x: event.clientX, y: event.clientY }));
    hit.addEventListener("click", () => this.lead(x));
    return hit;
  }

  // What is said of a place, in a box beside it; a thing of that name glows on the map.
  tell(n, where = this.middle(n)) {
    const { at: x } = this.hits[n];
    if (this.at !== n) this.pointed.show(this.years ? [] : this.targets(x).filter(this.seen, this));
    this.at = n;
    this.mark();
    this.tip.show(String(x), this.said(x), where);
  }

  end() {
    if (this.at === null) return;
    this.at = null;
    this.tip.hide();
    this.pointed.clear();
    this.mark();
  }

  // The middle of a place in the window.
  middle(n) {
    const box = this.hits[n].getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = this.hits.length - 1;
    const from = this.at ?? (STEPS[event.key] < 0 ? last + 1 : -1);
    const ends = { Home: 0, End: last };
    const n = ends[event.key] ?? (STEPS[event.key] && from + STEPS[event.key]);
    if (n !== undefined) this.go(Math.max(0, Math.min(last, n)));
    else if (this.at !== null && ["Enter", " "].includes(event.key)) this.lead(this.hits[this.at].at);
    else if (this.at !== null && event.key === "Escape") this.end();
    else return;
    event.preventDefault();
    event.stopPropagation(); // a story has the same keys
  }

  // By the keys: it is also read out.
  go(n) {
    this.tell(n);
    const { at: x } = this.hits[n];
    const values = this.said(x).map(({ title, value }) => (title ? `${title}: ${value}` : value));
    document.getElementById("announce").textContent = [x, ...values].join("; ");
  }

  // The values at a place, each with the sign and the name of its series.
  said(x) {
    const { chart, page } = this;
    const several = chart.series.length > 1;
    return chart.series.flatMap((series) => {
      const i = series.x.indexOf(x);
      const y = i < 0 ? null : series.y[i];
      if (y === null || y === undefined) return [];
      const label = series.figures ? "" : series.labels[i];
      const value = label || number(y, exact(y), page.text.numbers);
      const estimated = series.estimated[i] ? ` (${page.words.estimated})` : "";
      const title = several ? series.title : chart.text.y;
      return [{ sign: several && chart.key(series), title, value: `${value}${estimated}` }];
    });
  }

  // The features that a name stands for; what is told about before the ground.
  targets(name) {
    const all = this.page.layers.flatMap((layer) =>
      layer.text.features.map(([title], i) => ({ layer, i, title })),
    );
    const mine = all.filter(({ title }) => title === String(name));
    const told = mine.filter(({ layer }) => !layer.data.basemap);
    return told.length ? told : mine;
  }

  seen({ layer, i }) {
    return layer.shown && this.page.inYear(layer.data.features[i]);
  }

  leads(x) {
    if (!this.years) return this.targets(x).length > 0;
    const { time } = this.page;
    return !time.node.hidden && x >= time.first && x <= time.last;
  }

  // A year goes to the slider (and off again), a name to its place on the map.
  lead(x) {
    if (!this.leads(x)) return undefined;
    const { page } = this;
    if (this.years) return page.time.choose(page.year === x && page.until === null ? null : x);
    const targets = this.targets(x);
    page.show(targets);
    page.openPopup(targets[0].layer, targets[0].i, null, this.chart.node);
    return document.getElementById("plate").scrollIntoView({ block: "nearest" });
  }

  // The years of the map, or the name under the pointer, stand out.
  mark(name = null) {
    const { year, until } = this.page;
    const here = this.years
      ? (at) => year !== null && at >= year && at <= (until ?? year)
      : (at) => name !== null && at === name;
    this.hits.forEach((hit, n) => hit.classList.toggle("here", here(hit.at) || n === this.at));
  }
}

export const attach = (chart, figure, pointed) => new Links(chart, figure, pointed);
