// The bars of a chart, side by side or stacked, standing or lying.

import { boxes } from "./plot.js";
import * as signs from "./signs.js";

const FAINTEST = 0.35;
const LETTER = 6.1; // pixels, mean width of a letter of 11 px

function draw(chart, zero) {
  const { series, lying, band, value } = chart;
  const stacked = chart.panel.kind === "stacked";
  const at = (x) => chart.x(x);
  for (const box of boxes(series, { at, value, band, zero, stacked, lying })) {
    const { start, end, side, thick } = box;
    const long = Math.max(0.5, end - start);
    const wide = Math.max(0.5, thick - 1);
    const place = lying
      ? { x: start, y: side, width: long, height: wide }
      : { x: side, y: start, width: wide, height: long };
    const drawn = series[box.n];
    chart.add("rect", { ...place, ...look(chart, drawn, box.i) });
    const label = drawn.labels[box.i];
    // Figures stand at all bars of a series or at none.
    const fits = lying || !drawn.figures || drawn.labels.every((text) => text.length * LETTER < thick + 12);
    if (label && fits) name(chart, box, label);
  }
}

// The figure at the end of a bar, in it where there is no room after it.
function name(chart, { start, end, side, thick }, label) {
  const long = label.length * LETTER;
  const middle = side + thick / 2;
  if (chart.lying) {
    const inside = end + long + 6 > chart.width;
    const place = {
      x: inside ? end - 4 : end + 4,
      y: middle + 3.5,
      "text-anchor": inside ? "end" : "start",
      class: inside ? "strong on-bar" : "strong",
    };
    chart.add("text", place, label);
  } else if (long < chart.band + 4) {
    chart.add("text", { x: middle, y: start - 4, "text-anchor": "middle", class: "strong" }, label);
  }
}

const inks = ({ color, dark, fill, fillDark }) => ({ color, dark, fill, fillDark });

// Estimates are hatched; a style's own hatch is kept.
function look(chart, series, i) {
  const own = series.looks[i] ?? series.look; // a bar's of its own: as its thing is on the map
  const style = { ...own, fill: own.fill || own.color, fillDark: own.fillDark || own.dark };
  const colour = signs.fillOf(style);
  const hatch = series.estimated[i] ? "/" : style.hatch;
  // As clear as its thing is on the map, with an edge that is seen.
  const edge = { stroke: signs.stroke(style), "stroke-width": 0.8 };
  if (!hatch && own !== series.look)
    return { fill: colour, "fill-opacity": Math.max(FAINTEST, style.fillOpacity ?? 1), ...edge };
  if (!hatch) return { fill: colour };
  const id = signs.pattern({ ...inks(style), hatch, fillOpacity: 0.25 }, chart.node);
  return { fill: `url(#${id})`, stroke: colour, "stroke-width": 0.8 };
}

export { draw };
