// Charts and map speak of the same years and things: one shows what is asked of the other.

import { svg, number } from "./nodes.js";
import * as scales from "./scales.js";

// Which years or names the places along a chart's axis stand for.
class Links {
  constructor(chart) {
    this.chart = chart;
    this.page = chart.page;
    const { categories, named } = chart;
    this.years = !named && categories.length > 1 && scales.isYear(categories);
    // A place that its axis has not (a logarithm of nothing) has no span.
    const spans = categories.map((x, i) => [x, ...this.span(i)]);
    const known = spans.filter(([, from, to]) => Number.isFinite(from) && to > from);
    this.hits = known.map(([x, from, to]) => this.hit(x, from, to));
    chart.node.append(svg("g", {}, this.hits));
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

  hit(x, from, to) {
    const { box, lying } = this.chart;
    const place = lying
      ? { x: box.left, y: from, width: box.right - box.left, height: to - from }
      : { x: from, y: box.top, width: to - from, height: box.bottom - box.top };
    const hit = svg("rect", { class: "hit", ...place }, svg("title", {}, this.said(x)));
    hit.at = x;
    if (this.leads(x)) {
      hit.classList.add("leads");
      hit.addEventListener("click", () => this.lead(x));
    }
    return hit;
  }

  // The values at a place, each with the name of its series.
  said(x) {
    const { chart, page } = this;
    const lines = chart.series.map((series) => {
      const i = series.x.indexOf(x);
      const y = i < 0 ? null : series.y[i];
      if (y === null || y === undefined) return null;
      const digits = Number.isInteger(y) || Math.abs(y) >= 1000 ? 0 : Math.abs(y) >= 10 ? 1 : 2;
      const value = series.labels[i] || number(y, digits, page.text.numbers);
      return chart.series.length > 1 ? `${series.title}: ${value}` : value;
    });
    return [String(x), ...lines.filter(Boolean)].join("\n");
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

  leads(x) {
    if (!this.years) return this.targets(x).length > 0;
    const { time } = this.page;
    return !time.node.hidden && x >= time.first && x <= time.last;
  }

  // A year goes to the slider (and off again), a name to its place on the map.
  lead(x) {
    const { page } = this;
    if (this.years) return page.time.choose(page.year === x && page.until === null ? null : x);
    const targets = this.targets(x);
    page.show(targets);
    return page.openPopup(targets[0].layer, targets[0].i, null, null);
  }

  // The years of the map, or the name under the pointer, stand out.
  mark(name = null) {
    const { year, until } = this.page;
    const here = this.years
      ? (at) => year !== null && at >= year && at <= (until ?? year)
      : (at) => name !== null && at === name;
    for (const hit of this.hits) hit.classList.toggle("here", here(hit.at));
  }
}

export const attach = (chart) => new Links(chart);
