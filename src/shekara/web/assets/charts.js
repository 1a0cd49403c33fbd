// A chart of the map's data: its frame with axes and lines of reference, as SVG at the width there
// is; bars.js and curves.js draw what stands in it.

import * as bars from "./bars.js";
import * as curves from "./curves.js";
import { number, svg } from "./nodes.js";
import { decimals, ranked, sums } from "./plot.js";
import { along, isYear, logTicks, reach, tickText, ticks } from "./scales.js";
import * as signs from "./signs.js";

const HEIGHT = 270;
const LETTER = 6.1; // pixels, mean width of a letter of 11 px

class Chart {
  constructor(/** @type {Page} */ page, n, width) {
    this.page = page;
    this.panel = page.data.panels[n];
    this.text = page.text.panels[n];
    this.width = width;
    this.series = this.panel.series.map((series, i) => ({
      ...series,
      ...this.text.series[i],
      x: this.text.series[i].x || series.x,
      look: page.data.styles[series.style],
      figures: false, // whether its labels are its values
      looks: series.looks.map((style) => page.data.styles[style]),
    }));
    // A logarithmic axis has no place for zero and less: such values are not known to it.
    for (const series of this.series) {
      series.y = series.y.map((y, i) =>
        (this.panel.yLog && y <= 0) || (this.panel.xLog && series.x[i] <= 0) ? null : y,
      );
    }
    const { panel } = this;
    const drawn = (line) => line.value > 0 || !(line.axis === "x" ? panel.xLog : panel.yLog);
    this.lines = panel.references
      .map((line, i) => ({ ...line, title: this.text.references[i] }))
      .filter(drawn);
    this.bars = this.panel.kind !== "line";
    this.categories = [...new Set(this.series.flatMap((series) => series.x))];
    this.named = this.categories.some((x) => typeof x === "string");
    if (!this.named) this.categories.sort((a, b) => a - b);
    // Bars of things stand by their size; years and numbers in words keep their order.
    const sized = panel.kind === "bars" && !panel.yLog && !panel.references.length;
    if (sized && this.named && !this.categories.every((x) => /^\d+$/.test(String(x).trim())))
      this.categories = ranked(this.categories, this.series);
    // Long names stand better beside lying bars than under standing ones.
    const longest = Math.max(0, ...this.categories.map((x) => String(x).length));
    const room = (width - 60) / Math.max(1, this.categories.length);
    this.lying = this.bars && this.named && longest * LETTER > room - 6;
    if (panel.kind === "bars") for (const series of this.series) this.figures(series);
  }

  // Each bar bears its value, where the atlas gives no label of its own.
  figures(series) {
    if (series.labels.some(Boolean)) return;
    const digits = decimals(series.y);
    const least = 10 ** -digits;
    const { numbers } = this.page.text;
    series.labels = series.y.map((y) => {
      if (y === null || y === undefined) return "";
      const none = y !== 0 && Math.abs(y) < least / 2;
      return none ? `<\u202f${number(least, digits, numbers)}` : number(y, digits, numbers);
    });
    series.figures = true;
  }

  // All that the axis of values has to reach.
  values() {
    const { series, categories } = this;
    const marked = this.lines.filter((line) => line.axis === "y").map((line) => line.value);
    const drawn =
      this.panel.kind === "stacked"
        ? sums(series, categories)
        : series.flatMap(({ y }) => y).filter((y) => y !== null && Number.isFinite(y));
    return [...drawn, ...marked];
  }

  draw() {
    const { panel, width } = this;
    const { numbers } = this.page.text;
    const [low, high] = reach(this.values(), {
      log: panel.yLog,
      zero: panel.yZero || this.bars,
      bars: this.bars,
    });
    const values = panel.yLog
      ? logTicks(low, high)
      : ticks(low, high, this.lying ? width / 110 : 5);
    const marks = tickText(values, numbers);
    const names = this.named ? this.categories.map(String) : [];
    const leftText = this.lying ? names : marks;
    const left = Math.min(
      width * 0.42,
      Math.max(...leftText.map((t) => t.length), 1) * LETTER + 10,
    );
    const height = this.lying
      ? 46 + this.categories.length * Math.max(22, 14 * this.sideBySide())
      : HEIGHT;
    this.box = {
      left,
      right: width - 14 - (this.lying ? this.longestLabel() : 0),
      top: 20,
      bottom: height - (this.text.x && !this.lying ? 40 : 24),
    };
    const { box } = this;
    const ends = this.lying ? [box.left, box.right] : [box.bottom, box.top];
    this.value = along([low, high], ends, panel.yLog);
    this.node = svg("svg", {
      role: "img",
      "aria-label": this.text.alt || this.text.title,
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
    });
    this.axes(values, marks, low);
    this.place();
    if (this.bars) bars.draw(this, Math.max(low, Math.min(high, 0)) || (panel.yLog ? low : 0));
    else curves.draw(this);
    this.references();
    return this.node;
  }

  longestLabel() {
    const labels = this.series.flatMap((series) => series.labels);
    return Math.min(this.width * 0.25, Math.max(0, ...labels.map((label) => label.length * LETTER)));
  }

  sideBySide() {
    return this.panel.kind === "stacked" ? 1 : this.series.length;
  }

  add(tag, attributes, ...children) {
    const node = svg(tag, attributes, ...children);
    this.node.append(node);
    return node;
  }

  // Axis of values with its lines across, and titles at the ends.
  axes(values, marks, low) {
    const { box, text } = this;
    const start = low < 0 ? 0 : values[0];
    values.forEach((value, i) => {
      const at = this.value(value);
      const base = value === start && !this.panel.yLog ? "axis base" : "axis";
      if (this.lying) {
        this.add("path", { class: base, d: `M${at},${box.top}V${box.bottom}` });
        this.add("text", { x: at, y: box.bottom + 15, "text-anchor": "middle" }, marks[i]);
      } else {
        this.add("path", { class: base, d: `M${box.left},${at}H${box.right}` });
        this.add("text", { x: box.left - 6, y: at + 4, "text-anchor": "end" }, marks[i]);
      }
    });
    this.add("text", { x: 0, y: 10 }, text.y);
    if (text.x && !this.lying)
      this.add("text", { x: box.right, y: box.bottom + 34, "text-anchor": "end" }, text.x);
  }

  // Where each x stands: bands for bars and names, a scale for numbers.
  place() {
    const { box, panel } = this;
    const [from, to] = this.lying ? [box.top, box.bottom] : [box.left, box.right];
    this.band = (to - from) / Math.max(1, this.categories.length);
    if (this.bars || this.named) {
      const at = new Map(this.categories.map((x, i) => [x, from + (i + 0.5) * this.band]));
      this.x = (x) => at.get(x);
      const texts = this.named
        ? this.categories.map(String)
        : tickText(this.categories, this.page.text.numbers);
      const room = Math.max(...texts.map((t) => t.length)) * LETTER + 8;
      const every = this.lying ? 1 : Math.max(1, Math.ceil(room / this.band));
      this.categories.forEach((x, i) => {
        if (i % every) return;
        if (this.lying)
          this.add(
            "text",
            { x: box.left - 6, y: this.x(x) + 4, "text-anchor": "end", class: "strong" },
            this.shortened(texts[i]),
          );
        else
          this.add(
            "text",
            { x: this.x(x), y: box.bottom + 15, "text-anchor": "middle" },
            texts[i],
          );
      });
      return;
    }
    const all = [
      ...this.categories.filter((x) => x > 0 || !panel.xLog),
      ...this.lines.filter((line) => line.axis === "x").map((line) => line.value),
    ];
    if (!all.length) all.push(1, 10);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const pad = 6;
    this.x = along([low, high], [from + pad, to - pad], panel.xLog);
    const values = panel.xLog ? logTicks(low, high) : ticks(low, high, (to - from) / 75);
    const whole = isYear(this.categories) ? values.filter(Number.isInteger) : values;
    tickText(whole, this.page.text.numbers).forEach((text, i) => {
      this.add("path", { class: "axis base", d: `M${this.x(whole[i])},${box.bottom}v4` });
      this.add(
        "text",
        { x: this.x(whole[i]), y: box.bottom + 16, "text-anchor": "middle" },
        text,
      );
    });
  }

  shortened(text) {
    const most = Math.floor((this.box.left - 8) / LETTER);
    return text.length > most ? `${text.slice(0, most - 1)}…` : text;
  }

  // The sign of a series in the chart's key.
  key({ look }) {
    if (!this.bars) return signs.sample(look, "line");
    const fill = { fill: look.fill || look.color, fillDark: look.fillDark || look.dark };
    const fillOpacity = look.hatch ? 0.25 : 1;
    return signs.sample({ ...look, ...fill, fillOpacity, width: 0 }, "polygon");
  }

  references() {
    const { box } = this;
    this.lines.forEach((line) => {
      const style = this.page.data.styles[line.style];
      const look = {
        stroke: signs.stroke(style),
        "stroke-width": Math.max(1, style.width),
        "stroke-dasharray": style.dash?.join(" ") || "4 3",
        fill: "none",
      };
      const { title } = line;
      const upright = (line.axis === "x") !== this.lying;
      const at = line.axis === "x" ? this.x(line.value) : this.value(line.value);
      if (at === undefined) return;
      this.add("path", {
        ...look,
        d: upright ? `M${at},${box.top}V${box.bottom}` : `M${box.left},${at}H${box.right}`,
      });
      const near = upright && at > (box.left + box.right) / 2;
      if (upright)
        this.add(
          "text",
          {
            x: at + (near ? -4 : 4),
            y: box.top - 3,
            "text-anchor": near ? "end" : "start",
            class: "strong",
          },
          title,
        );
      else
        this.add(
          "text",
          { x: box.right, y: at - 4, "text-anchor": "end", class: "strong" },
          title,
        );
    });
  }
}

export { Chart };
