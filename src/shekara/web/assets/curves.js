// The lines of a chart, with a dot at each value where there are few.

import { path } from "./plot.js";
import * as signs from "./signs.js";

const FEW = 40;

function draw(chart) {
  for (const series of chart.series) {
    const { look } = series;
    chart.add("path", {
      d: path(series, chart.x, chart.value),
      fill: "none",
      stroke: signs.stroke(look),
      "stroke-width": Math.max(1.2, look.width),
      "stroke-dasharray": look.dash?.join(" "),
      "stroke-linejoin": "round",
    });
    const dots = series.x.length <= FEW || series.estimated.some(Boolean);
    series.x.forEach((x, i) => {
      if (series.y[i] === null) return;
      const [left, top] = [chart.x(x), chart.value(series.y[i])];
      if (dots) dot(chart, series, i, left, top);
      const label = series.labels[i];
      const middle = { x: left, y: top - 8, "text-anchor": "middle", class: "strong" };
      if (label) chart.add("text", middle, label);
    });
  }
}

// Estimates are hollow.
function dot(chart, { look, estimated }, i, left, top) {
  const colour = signs.stroke(look);
  chart.add("path", {
    d: signs.markerPath(look.marker, left, top, 3),
    stroke: colour,
    "stroke-width": 1.4,
    class: estimated[i] ? "hollow" : null,
    fill: estimated[i] ? "none" : colour,
  });
}

export { draw };
