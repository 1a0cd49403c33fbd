// The view as one drawing (SVG): title, map as it stands, legend of what is shown, sources.

import * as backdrop from "./backdrop.js";
import { broken } from "./breaking.js";
import * as edges from "./edges.js";
import * as ground from "./ground.js";
import { svg } from "./nodes.js";
import { pathOptions, markerOptions, markerPath, sample as sampleOf } from "./signs.js";

const MARGIN = 16;
const LEGEND = 250; // pixels
const BETWEEN = 4; // pixels between two maps

const shade = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const rightToLeft = () => document.documentElement.dir === "rtl";
const TURNED = { start: "end", end: "start", middle: "middle" };

// A text; its anchor is on the left, in the middle or on the right whatever way it runs.
function text(content, x, y, size, look = {}) {
  const anchor = look["text-anchor"] ?? "start";
  const way = rightToLeft() ? { direction: "rtl", "text-anchor": TURNED[anchor] } : {};
  return svg(
    "text",
    { x, y, "font-size": size, fill: look.fill ?? shade("--ink"), ...look, ...way },
    content,
  );
}

// Outline of places as a path, in the window's pixels.
function outline(map, lines, close) {
  return lines
    .filter((line) => line.length)
    .map((line) => {
      const points = line.map((place) => ground.inPixels(map, place));
      const thin = points.filter(
        (p, i) => !i || i === points.length - 1 || Math.hypot(p.x - points[i - 1].x, p.y - points[i - 1].y) > 0.3,
      );
      return `M${thin.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}${close ? "z" : ""}`;
    })
    .join("");
}

function drawn(page, layer, feature, i) {
  if (layer.crowd && feature.g?.p && !feature.g.s.length) return [];
  const shape = layer.shape(i);
  const style = page.data.styles[feature.s];
  const { map } = page;
  const parts = [];
  const attributes = (kind) => {
    const o = pathOptions(style, feature.s, kind);
    return {
      stroke: o.stroke ? o.color : "none",
      "stroke-width": o.weight,
      "stroke-opacity": o.opacity,
      "stroke-dasharray": o.dashArray,
      "stroke-linecap": o.lineCap,
      "stroke-linejoin": "round",
      fill: o.fill ? o.fillColor : "none",
      "fill-opacity": o.fill ? o.fillOpacity : null,
      "fill-rule": "evenodd",
      "marker-end": kind === "line" && style.arrow ? `url(#arrow-${feature.s})` : null,
    };
  };
  if (shape.polygons.length)
    parts.push(
      svg("path", {
        ...attributes("polygon"),
        d: shape.polygons.map((rings) => outline(map, rings, true)).join(""),
      }),
    );
  if (shape.lines.length)
    parts.push(svg("path", { ...attributes("line"), d: outline(map, shape.lines, false) }));
  for (const point of layer.crowd ? [] : shape.points) {
    const { x, y } = ground.inPixels(map, point);
    parts.push(sign(style, x, y));
  }
  return parts;
}

// Marks of thousands of points: signs, and numbers where they are too many.
function crowd(page, layer) {
  const { min } = page.map.getPixelBounds();
  return layer.crowd.inWindow().flatMap((mark) => {
    const [x, y] = [mark.x - min.x, mark.y - min.y];
    if (!mark.radius) return sign(page.data.styles[layer.data.features[mark.points[0].i].s], x, y);
    const { fill, ink, text: count } = layer.crowd.numbered(mark);
    return [
      svg("circle", { cx: x, cy: y, r: mark.radius, fill, stroke: ink, "stroke-width": 1.5 }),
      text(count, x, y + 4, 11, { fill: ink, "font-weight": 600, "text-anchor": "middle" }),
    ];
  });
}

function sign(style, x, y) {
  const o = markerOptions(style);
  return svg("path", {
    d: markerPath(style.marker, x, y, o.radius),
    stroke: o.color,
    "stroke-width": o.weight,
    "stroke-opacity": o.opacity,
    fill: o.fill ? o.fillColor : "none",
    "fill-opacity": o.fillOpacity,
  });
}

// What Leaflet drew in a pane of ours, as it is seen: highlights, evidence, graticule.
function copied(map, name) {
  const offset = L.DomUtil.getPosition(map.getPanes().mapPane) ?? { x: 0, y: 0 };
  const group = svg("g", { transform: `translate(${offset.x},${offset.y})` });
  for (const node of map.getPane(name)?.querySelectorAll("path") ?? []) {
    const look = getComputedStyle(node);
    group.append(
      svg("path", {
        d: node.getAttribute("d"),
        stroke: look.stroke,
        "stroke-width": look.strokeWidth,
        "stroke-opacity": look.strokeOpacity,
        "stroke-dasharray": look.strokeDasharray === "none" ? null : look.strokeDasharray,
        fill: look.fill,
        "fill-opacity": look.fillOpacity,
      }),
    );
  }
  return group;
}

// The sea: all of the window, or what of it is the globe.
function sea(map, width, height) {
  if (map.getPane("globe")) return copied(map, "globe");
  return svg("rect", { width, height, fill: shade("--sea") });
}

// Where lines of a name are held: anchor, and its share of the name's width.
const ANCHORS = { center: ["middle", 0.5], right: ["end", 1] };

function names(map) {
  const offset = L.DomUtil.getPosition(map.getPanes().mapPane) ?? { x: 0, y: 0 };
  return [...map.getPane("labels").children].flatMap((node) => {
    const at = L.DomUtil.getPosition(node);
    const look = getComputedStyle(node);
    const size = parseFloat(look.fontSize);
    const lines = node.textContent.split("\n");
    const [anchor, share] = (lines.length > 1 && ANCHORS[look.textAlign]) || ["start", 0];
    return lines.map((line, n) =>
      text(line, at.x + offset.x + share * node.offsetWidth, at.y + offset.y + size * (1 + 1.2 * n), size, {
        fill: look.color,
        "font-weight": look.fontWeight,
        "text-anchor": anchor,
        stroke: look.getPropertyValue("--halo"),
        "stroke-width": 2.5,
        "stroke-linejoin": "round",
        "paint-order": "stroke",
      }),
    );
  });
}

function legend(page, x, top) {
  const group = svg("g", {});
  let y = top;
  const row = (style, kind, title, strong, aside = style !== undefined) => {
    if (style !== undefined) {
      const sample = sampleOf(page.data.styles[style], kind);
      sample.setAttribute("x", x);
      sample.setAttribute("y", y - Number(sample.getAttribute("height")) / 2 - 4);
      group.append(sample);
    }
    for (const line of broken(title, strong ? 36 : 30)) {
      group.append(text(line, x + (aside ? 40 : 0), y, 12, strong ? { "font-weight": 600 } : {}));
      y += 16;
    }
    y += 5;
  };
  for (const layer of [...page.there].reverse()) {
    if (!layer.shown || layer.data.basemap) continue;
    const entries = page.data.legend
      .map((entry, i) => ({ ...entry, title: page.text.legend[i][0], off: layer.hidden?.has(i) }))
      .filter((entry) => entry.layer === layer.name && !entry.off);
    for (const entry of entries)
      row(entry.heading ? undefined : entry.style, entry.kind, entry.title, entry.heading);
    if (!entries.length && layer.data.features[0])
      row(layer.data.features[0].s, layer.data.kind, layer.text.title);
  }
  for (const { title, sample } of edges.key()) {
    sample.setAttribute("transform", `translate(${x},${y - 11})`);
    group.append(sample);
    row(undefined, "", title, false, true);
  }
  return [group, y];
}

// What the window on a map shows, from its upper left corner; only that of the page itself has
// names for its parts.
function view(page, named) {
  const { map } = page;
  const { x: wide, y: high } = map.getSize();
  const shown = page.layers.filter((layer) => layer.shown);
  const lowest = shown.findIndex((layer) => !layer.data.basemap);
  const groups = shown.map((layer) =>
    svg(
      "g",
      { id: named ? layer.name : null, opacity: layer.opacity ?? null },
      layer.data.features.map((feature, i) =>
        page.inYear(feature) && !layer.hides?.(feature) ? drawn(page, layer, feature, i) : [],
      ),
      layer.crowd?.there ? crowd(page, layer) : [],
    ),
  );
  const relief = page.relief.seen();
  groups.splice(
    lowest < 0 ? groups.length : lowest,
    0,
    backdrop.drawn(page.backdrop) ?? [],
    relief
      ? svg("image", { id: named ? "relief" : null, href: relief, width: wide, height: high })
      : [],
    copied(map, "graticule"),
  );
  const over = ["against", "highlight", "evidence"].map((name) => copied(map, name));
  const rule = { stroke: shade("--ink"), "stroke-width": 1.2, fill: "none" };
  const plate = { fill: shade("--paper"), "fill-opacity": 0.7 };
  const around = named ? [edges.degrees(map, text), edges.scale(map, text, { rule, plate })] : [];
  return [sea(map, wide, high), groups, over, names(map), around];
}

// The year of one of two compared maps, at the foot of its window.
function yearOf({ map, yearText }) {
  const { x: wide, y: high } = map.getSize();
  const plate = 13 * yearText.length * 0.62 + 24;
  const box = { x: (wide - plate) / 2, y: high - 40, width: plate, height: 28, rx: 4 };
  return [
    svg("rect", { ...box, fill: shade("--paper"), stroke: shade("--line") }),
    text(yearText, wide / 2, high - 21, 13, { "font-weight": 600, "text-anchor": "middle" }),
  ];
}

// The whole drawing as an element: the map, or both of two that are compared.
function drawing(page) {
  const { map, text: said, compare } = page;
  const { x: one, y: high } = map.getSize();
  const views = compare.on ? [page, compare.view] : [page];
  const wide = views.length * (one + BETWEEN) - BETWEEN;
  const width = wide + LEGEND + 3 * MARGIN;
  const room = width - 2 * MARGIN;
  const year = page.year !== null && !compare.on ? `${page.yearText}. ` : "";
  const subtitle = `${year}${said.subtitle}`;
  const titles = broken(said.title, room / 11.5);
  const subtitles = broken(subtitle, room / 6.4);
  const sources = broken(
    `${page.words.credits}: ${said.credits.map(edges.credited).join("; ")}`,
    room / 5.6,
  );
  const claims = broken(edges.claim(page), room / 6.4).filter(Boolean);
  const under = 28 + 26 * titles.length;
  const told = under + 17 * subtitles.length;
  const top = told + 19 * claims.length - 9;
  const [key, below] = legend(page, wide + 2 * MARGIN, top + 14);
  const foot = Math.max(top + high, below) + 20;
  const side = rightToLeft() ? [width - MARGIN, "end"] : [MARGIN, "start"];
  const lines = (texts, y, step, size, look) =>
    texts.map((line, n) => text(line, side[0], y + n * step, size, { "text-anchor": side[1], ...look }));
  const height = foot + sources.length * 15 + 6;
  const window = svg("clipPath", { id: "window" }, svg("rect", { width: one, height: high }));
  const signs = [...document.querySelectorAll("#signs defs > *")];
  const defs = svg("defs", {}, edges.letters(), signs.map((node) => node.cloneNode(true)), window);
  return svg(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      "font-family": "'Atlas Text', system-ui, 'Noto Sans', 'Liberation Sans', sans-serif",
      lang: page.lang,
    },
    svg("title", {}, said.title),
    svg("desc", {}, said.alt),
    defs,
    svg("rect", { width, height, fill: shade("--paper") }),
    lines(titles, 28, 26, 22, { "font-weight": 650 }),
    lines(subtitles, under - 4, 17, 13, { fill: shade("--soft") }),
    lines(claims, told, 19, 13, { "font-weight": 600 }),
    views.map((each, n) =>
      svg(
        "g",
        { transform: `translate(${MARGIN + n * (one + BETWEEN)},${top})`, "clip-path": "url(#window)" },
        view(each, !n),
        compare.on ? yearOf(each) : [],
      ),
    ),
    key,
    lines(sources, foot, 15, 11, { fill: shade("--soft") }),
  );
}

export { drawing };
