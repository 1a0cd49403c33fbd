// Signs: how a style is drawn, on the map and in the legend, in light and in dark.

import { headOf } from "./heads.js";
import { svg } from "./nodes.js";

const LEAST_ARROW = 1; // pixels: a thinner line of a flow fades
const FACE = '"Atlas Text"'; // the page's letters (pagehead)
// When the letters are there.
const letters = () =>
  Promise.all(["400", "600"].map((weight) => document.fonts.load(`${weight} 13px ${FACE}`)));
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const printing = window.matchMedia("print");
// Paper is white whatever the screen is.
const isDark = () => dark.matches && !printing.matches;

const stroke = (style) => (isDark() ? style.dark : style.color);
const ink = (style) => (isDark() ? style.inkDark : style.ink); // of a name beside the sign
const fillOf = (style) => (style.fill ? (isDark() ? style.fillDark : style.fill) : null);

// Eight pixels square; what is drawn in it repeats.
const HATCH = {
  "/": ["M-2,2l4,-4M0,8l8,-8M6,10l4,-4"],
  "\\": ["M-2,6l4,4M0,0l8,8M6,-2l4,4"],
  "|": ["M4,0v8"],
  "-": ["M0,4h8"],
  x: ["M-2,2l4,-4M0,8l8,-8M6,10l4,-4", "M-2,6l4,4M0,0l8,8M6,-2l4,4"],
  "+": ["M4,0v8", "M0,4h8"],
  ".": ["M2,2h.01M6,6h.01"],
  o: ["M4,2.2a1.8,1.8 0 1 0 .01,0"],
};

function drawHatch(style, target) {
  const fill = fillOf(style);
  const parts = [];
  if (fill) {
    parts.push(svg("rect", { width: 8, height: 8, fill, "fill-opacity": style.fillOpacity }));
  }
  for (const d of HATCH[style.hatch]) {
    parts.push(
      svg("path", {
        d,
        fill: "none",
        stroke: stroke(style),
        "stroke-linecap": style.hatch === "." ? "round" : "butt",
        "stroke-width": style.hatch === "." ? 2 : 1,
        "stroke-opacity": style.opacity ?? 1,
      }),
    );
  }
  target.replaceChildren(...parts);
}

// Patterns and arrow heads of all styles, in one hidden drawing that the map's paths refer to.
function definitions(styles) {
  const defs = svg("defs");
  styles.forEach((style, i) => {
    if (HATCH[style.hatch]) {
      const node = svg("pattern", {
        id: `hatch-${i}`,
        width: 8,
        height: 8,
        patternUnits: "userSpaceOnUse",
      });
      drawHatch(style, node);
      defs.append(node);
    }
    if (style.arrow) {
      defs.append(
        svg(
          "marker",
          {
            id: `arrow-${i}`,
            viewBox: "0 0 10 10",
            refX: 7,
            refY: 5,
            orient: "auto",
            markerUnits: "userSpaceOnUse",
            markerWidth: headOf(style),
            markerHeight: headOf(style),
          },
          svg("path", { d: "M0,0L10,5L0,10L2.5,5z", fill: stroke(style) }),
        ),
      );
    }
  });
  let hidden = document.getElementById("signs");
  if (!hidden) {
    hidden = svg("svg", { id: "signs", "aria-hidden": "true", width: 0, height: 0 });
    document.body.append(hidden);
  }
  hidden.replaceChildren(defs);
}

// Leaflet's options for a line or polygon.
function pathOptions(style, number, kind) {
  const fill = fillOf(style);
  const filled = kind !== "line" && (fill || HATCH[style.hatch]);
  return {
    color: stroke(style),
    weight: style.arrow ? Math.max(LEAST_ARROW, style.width) : style.width,
    opacity: style.opacity ?? 1,
    stroke: style.width > 0,
    dashArray: style.dash ? style.dash.join(" ") : null,
    lineCap: style.dash ? "butt" : "round",
    fill: Boolean(filled),
    fillColor: HATCH[style.hatch] ? `url(#hatch-${number})` : fill,
    fillOpacity: HATCH[style.hatch] ? 1 : (style.fillOpacity ?? 0),
  };
}

// Outline of a point's sign around (x, y), r its half size.
function markerPath(marker, x, y, r) {
  const corners = (count, start, radius = /** @type {(i: number) => number} */ (() => r)) =>
    Array.from({ length: count }, (_, i) => {
      const angle = start + (i * 2 * Math.PI) / count;
      return `${(x + radius(i) * Math.cos(angle)).toFixed(1)},${(y + radius(i) * Math.sin(angle)).toFixed(1)}`;
    }).join("L");
  // The outline of an icon, in a box of side 1 round the middle.
  if (marker[0] === "M")
    return marker.replace(
      /(-?[\d.]+) (-?[\d.]+)/g,
      (_, east, south) => `${(x + east * 2 * r).toFixed(2)} ${(y + south * 2 * r).toFixed(2)}`,
    );
  const up = -Math.PI / 2;
  const side = r * 0.9;
  switch (marker) {
    case "square":
      return `M${x - side},${y - side}h${2 * side}v${2 * side}h${-2 * side}z`;
    case "triangle":
      return `M${corners(3, up, () => r * 1.15)}z`;
    case "diamond":
      return `M${corners(4, up, () => r * 1.15)}z`;
    case "star":
      return `M${corners(10, up, (i) => (i % 2 ? r * 0.5 : r * 1.2))}z`;
    case "cross":
      return `M${x - r},${y}h${2 * r}M${x},${y - r}v${2 * r}`;
    default:
      return `M${x - r},${y}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0z`;
  }
}

function markerOptions(style) {
  const fill = fillOf(style);
  return {
    marker: style.marker,
    radius: style.size / 2,
    color: stroke(style),
    weight: style.width,
    opacity: style.opacity ?? 1,
    fill: Boolean(fill) && style.marker !== "cross",
    fillColor: fill,
    fillOpacity: style.fillOpacity ?? 0,
    lineCap: "round",
  };
}

// A hatch is a pattern of the document: painted areas have its colour instead, thinner.
function painted(style, options) {
  if (!HATCH[style.hatch] || !options.fill) return options;
  const fill = fillOf(style);
  return { ...options, fillColor: fill || stroke(style), fillOpacity: fill ? style.fillOpacity : 0.25 };
}

// A point's sign on a canvas.
function stamp(pen, options, x, y) {
  const path = new Path2D(markerPath(options.marker, x, y, Math.max(options.radius, 1)));
  if (options.fill) {
    pen.globalAlpha = options.fillOpacity;
    pen.fillStyle = options.fillColor;
    pen.fill(path, "evenodd");
  }
  if (options.stroke !== false && options.weight) {
    pen.globalAlpha = options.opacity;
    pen.lineWidth = options.weight;
    pen.strokeStyle = options.color;
    pen.stroke(path);
  }
}

let patterns = 0;

// A hatch for a drawing of its own (legend, chart); gives the pattern's name.
function pattern(style, drawing) {
  const id = `hatch-own-${patterns++}`;
  const node = svg("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse" });
  drawHatch(style, node);
  drawing.append(svg("defs", {}, node));
  return id;
}

// The legend's little drawing of a style.
function sample(style, kind) {
  const size =
    kind === "point" ? Math.max(16, Math.ceil(style.size * 1.25 + style.width + 1)) : 18;
  const wide = kind === "point" ? Math.max(30, size) : 30;
  const node = svg("svg", {
    class: "sign",
    width: wide,
    height: size,
    viewBox: `0 0 ${wide} ${size}`,
    "aria-hidden": "true",
  });
  const look = {
    stroke: stroke(style),
    "stroke-width": style.width,
    "stroke-opacity": style.opacity ?? 1,
    fill: "none",
  };
  if (kind === "line") {
    const width = Math.min(style.width, 10);
    const dash = style.dash ? style.dash.join(" ") : undefined;
    node.append(
      svg("path", {
        ...look,
        d: `M1,9H${style.arrow ? 22 : 29}`,
        "stroke-width": width,
        "stroke-dasharray": dash,
      }),
    );
    if (style.arrow) node.append(svg("path", { d: "M20,3L29,9L20,15z", fill: stroke(style) }));
    return node;
  }
  const fill = fillOf(style);
  if (kind === "point") {
    node.append(
      svg("path", {
        ...look,
        d: markerPath(style.marker, wide / 2, size / 2, style.size / 2),
        fill: (style.marker !== "cross" && fill) || "none",
        "fill-opacity": style.fillOpacity,
      }),
    );
    return node;
  }
  const box = { x: 2, y: 2, width: 26, height: 14 };
  if (HATCH[style.hatch]) {
    node.append(svg("rect", { ...box, fill: `url(#${pattern(style, node)})` }));
  } else if (fill) {
    node.append(svg("rect", { ...box, fill, "fill-opacity": style.fillOpacity }));
  }
  if (style.width > 0) {
    node.append(svg("rect", { ...box, ...look, "stroke-dasharray": style.dash?.join(" ") }));
  }
  return node;
}

// Calls back when light turns dark or the page goes to paper.
function watch(callback) {
  dark.addEventListener("change", callback);
  printing.addEventListener("change", callback);
}

export {
  FACE,
  letters,
  definitions,
  pathOptions,
  markerOptions,
  markerPath,
  stamp,
  painted,
  sample,
  pattern,
  stroke,
  ink,
  isDark,
  fillOf,
  watch,
};
