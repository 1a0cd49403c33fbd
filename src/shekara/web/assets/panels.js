// The charts beside the map, each with its key and its notes.

import { Chart } from "./charts.js";
import { Highlight } from "./highlight.js";
import * as links from "./links.js";
import { el, replace } from "./nodes.js";

class Charts {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.node = document.getElementById("charts");
    this.node.hidden = !page.data.panels.length;
    this.pointed = new Highlight(page); // what the pointer asks a chart about
    if (!this.node.hidden) new ResizeObserver(() => this.fit()).observe(this.node);
  }

  fit() {
    if (this.wide && this.node.clientWidth !== this.wide) this.draw();
  }

  draw() {
    if (this.node.hidden) return;
    const { page } = this;
    this.wide = this.node.clientWidth;
    this.links = [];
    const row = el("div", { class: "row" });
    replace(this.node, el("h2", {}, page.words.charts), row);
    const figures = page.data.panels.map((panel, n) => {
      const figure = el("figure", { class: "chart", "data-chart": n });
      row.append(figure);
      return figure;
    });
    figures.forEach((figure, n) => {
      const text = page.text.panels[n];
      const chart = new Chart(page, n, Math.max(260, Math.min(680, figure.clientWidth)));
      const estimated = chart.series.some((series) => series.estimated.some(Boolean));
      const notes = [
        text.note,
        estimated ? `${chart.bars ? "▨" : "○"} ${page.words.estimated}` : "",
      ].filter(Boolean);
      replace(
        figure,
        el("h3", {}, text.title),
        chart.draw(),
        chart.series.length > 1
          ? el(
              "ul",
              {},
              chart.series.map((series) => el("li", {}, chart.key(series), series.title)),
            )
          : "",
        notes.length
          ? el(
              "figcaption",
              {},
              notes.map((note) => el("p", {}, note)),
            )
          : "",
      );
      this.links.push(links.attach(chart, figure, this.pointed));
    });
  }

  changed(what) {
    if (what === "year") this.mark();
  }

  // The year of the map, and the feature under the pointer by its name.
  mark(name = null) {
    for (const link of this.links || []) link.mark(name);
  }
}

export const attach = (page) => (page.charts = new Charts(page));
