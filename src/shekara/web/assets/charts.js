// A chart of the map's data: lines, bars or stacked bars, as SVG at the width there is.

import { svg } from "./nodes.js";
import { isYear, ticks, logTicks, tickText } from "./scales.js";
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
    // Long names stand better beside lying bars than under standing ones.
    const longest = Math.max(0, ...this.categories.map((x) => String(x).length));
    const room = (width - 60) / Math.max(1, this.categories.length);
    this.lying = this.bars && this.named && longest * LETTER > room - 6;
  }

  // Lowest and highest value drawn, for stacked bars of the sums.
  valueRange() {
    const { panel } = this;
    let values = this.series
      .flatMap((series) => series.y)
      .filter((y) => y !== null && Number.isFinite(y));
    if (panel.kind === "stacked") {
      values = this.categories.flatMap((x) => {
        const all = this.series.map((series) => series.y[series.x.indexOf(x)] ?? 0);
        return [
          all.filter((y) => y > 0).reduce((a, b) => a + b, 0),
          all.filter((y) => y < 0).reduce((a, b) => a + b, 0),
        ];
      });
    }
    values.push(...this.lines.filter((line) => line.axis === "y").map((line) => line.value));
    if (!values.length) values = [0, 1];
    if (panel.yLog) {
      const above = values.filter((v) => v > 0);
      if (!above.length) return [1, 10];
      // Bars begin below the least, so that it can be seen.
      return [Math.min(...above) / (this.bars ? 2 : 1.1), Math.max(...above) * 1.1];
    }
    if (panel.yZero || this.bars) values.push(0);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const air = (high - low) * 0.06 || 1;
    return [low === 0 ? 0 : low - air, high === 0 ? 0 : high + air];
  }

  draw() {
    const { panel, width } = this;
    const { numbers } = this.page.text;
    const [low, high] = this.valueRange();
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
      right: width - 14,
      top: 20,
      bottom: height - (this.text.x && !this.lying ? 40 : 24),
    };
    const { box } = this;
    const shift = panel.yLog ? Math.log10 : (v) => v;
    const along = (v, from, to) =>
      from + ((shift(v) - shift(low)) / (shift(high) - shift(low) || 1)) * (to - from);
    this.value = this.lying
      ? (v) => along(v, box.left, box.right)
      : (v) => along(v, box.bottom, box.top);
    this.node = svg("svg", {
      role: "img",
      "aria-label": this.text.alt || this.text.title,
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
    });
    this.axes(values, marks, low);
    this.place();
    if (this.bars) this.drawBars(Math.max(low, Math.min(high, 0)) || (panel.yLog ? low : 0));
    else this.drawLines();
    this.references();
    return this.node;
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
    const shift = panel.xLog ? Math.log10 : (v) => v;
    const pad = 6;
    this.x = (x) =>
      from +
      pad +
      ((shift(x) - shift(low)) / (shift(high) - shift(low) || 1)) * (to - from - 2 * pad);
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

  drawBars(zero) {
    const { panel } = this;
    const stacked = panel.kind === "stacked";
    const count = this.sideBySide();
    const thick = Math.min(this.lying ? 18 : 46, (this.band * 0.76) / count);
    const tops = new Map();
    this.series.forEach((series, n) =>
      series.x.forEach((x, i) => {
        const y = series.y[i];
        if (!y) return; // nothing known, or nothing
        const key = `${x}/${y < 0}`;
        const below = stacked ? (tops.get(key) ?? 0) : 0;
        const from = below || zero;
        const to = below + y;
        tops.set(key, to);
        const side = this.x(x) - (count * thick) / 2 + (stacked ? 0 : n) * thick;
        const [a, b] = [this.value(from), this.value(to)].sort((one, other) => one - other);
        const [left, top, wide, high] = this.lying
          ? [a, side, b - a, thick - 1]
          : [side, a, thick - 1, b - a];
        const estimated = series.estimated[i];
        this.add("rect", {
          x: left,
          y: top,
          width: Math.max(0.5, wide),
          height: Math.max(0.5, high),
          ...this.barLook(series, estimated),
        });
        const label = series.labels[i];
        if (!label) return;
        if (this.lying) {
          const inside = b + label.length * LETTER + 6 > this.width;
          this.add(
            "text",
            {
              x: inside ? b - 4 : b + 4,
              y: side + thick / 2 + 3.5,
              "text-anchor": inside ? "end" : "start",
              class: inside ? "strong on-bar" : "strong",
            },
            label,
          );
        } else if (label.length * LETTER < this.band + 4) {
          this.add(
            "text",
            { x: side + thick / 2, y: a - 4, "text-anchor": "middle", class: "strong" },
            label,
          );
        }
      }),
    );
  }

  // Estimates are hatched; a style's own hatch is kept.
  barLook(series, estimated) {
    const style = {
      ...series.look,
      fill: series.look.fill || series.look.color,
      fillDark: series.look.fillDark || series.look.dark,
    };
    const colour = signs.fillOf(style);
    const hatch = estimated ? "/" : style.hatch;
    if (!hatch) return { fill: colour };
    const id = signs.pattern(
      {
        hatch,
        color: style.color,
        dark: style.dark,
        fill: style.fill,
        fillDark: style.fillDark,
        fillOpacity: 0.25,
      },
      this.node,
    );
    return { fill: `url(#${id})`, stroke: colour, "stroke-width": 0.8 };
  }

  drawLines() {
    this.series.forEach((series) => {
      const { look } = series;
      const colour = signs.stroke(look);
      let path = "";
      let pen = false;
      series.x.forEach((x, i) => {
        const y = series.y[i];
        if (y === null) {
          pen = false;
          return;
        }
        path += `${pen ? "L" : "M"}${this.x(x).toFixed(1)},${this.value(y).toFixed(1)}`;
        pen = true;
      });
      this.add("path", {
        d: path,
        fill: "none",
        stroke: colour,
        "stroke-width": Math.max(1.2, look.width),
        "stroke-dasharray": look.dash?.join(" "),
        "stroke-linejoin": "round",
      });
      const dots = series.x.length <= 40 || series.estimated.some(Boolean);
      series.x.forEach((x, i) => {
        const y = series.y[i];
        if (y === null) return;
        if (dots) {
          const hollow = series.estimated[i];
          this.add("path", {
            d: signs.markerPath(look.marker, this.x(x), this.value(y), 3),
            stroke: colour,
            "stroke-width": 1.4,
            class: hollow ? "hollow" : null,
            fill: hollow ? "none" : colour,
          });
        }
        if (series.labels[i])
          this.add(
            "text",
            { x: this.x(x), y: this.value(y) - 8, "text-anchor": "middle", class: "strong" },
            series.labels[i],
          );
      });
    });
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
