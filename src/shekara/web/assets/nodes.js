// Nodes and numbers: every text of the page goes through here and becomes text, never markup.

import * as matching from "./matching.js";

const SVG = "http://www.w3.org/2000/svg";
const RUNS_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/; // letters of Hebrew, Arabic ...
const LETTER = /\p{L}/u;

// A text that keeps its order in a line that runs the other way: isolated, by its first letter.
const apart = (text) => text.replace(/\S(?:[^]*\S)?/, "\u2068$&\u2069");

// A text for a page of this direction: apart where its letters run the other way.
function inOrder(text, direction) {
  const differs = RUNS_LEFT.test(text) !== (direction === "rtl");
  return differs && LETTER.test(text) ? apart(text) : text;
}

// An element with attributes and children; strings among the children become text nodes.
function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === "") continue;
    const text = () => inOrder(String(child), document.documentElement.dir);
    node.append(child instanceof Node ? child : document.createTextNode(text()));
  }
  return node;
}

// A link that can only lead to the web; anything else stays text.
function link(address, text) {
  if (!/^https?:\/\//i.test(address || "")) return document.createTextNode(text);
  return el("a", { href: address, rel: "noopener noreferrer" }, text);
}

function replace(node, ...children) {
  node.replaceChildren(
    ...children.flat(Infinity).filter((child) => child !== null && child !== "" && child !== false),
  );
  return node;
}

// Digits in groups, the last of so many, those before it of so many: 12,34,567 in India.
function inGroups(whole, [last, before], sign) {
  const head = whole.slice(0, Math.max(whole.length - last, 0));
  const first = head.replace(new RegExp(`\\B(?=(\\d{${before}})+$)`, "g"), sign);
  return first ? first + sign + whole.slice(-last) : whole;
}

// A number with the language's separators.
function number(value, digits, signs) {
  const [whole, part] = Math.abs(value).toFixed(digits).split(".");
  const grouped = inGroups(whole, signs.groups, signs.group);
  const minus = value < 0 && Number(Math.abs(value).toFixed(digits)) !== 0 ? signs.minus : "";
  return minus + grouped + (part ? signs.decimal + part : "");
}

// Digits after the point that leave a measured number four or five figures.
const digitsFor = (value) =>
  Math.max(0, Math.min(3, 4 - Math.ceil(Math.log10(Math.abs(value) + 1))));

function lengthText(metres, signs) {
  if (metres < 1000)
    return `${number(metres, metres < 100 ? 1 : 0, signs)}\u00a0${signs.units.m}`;
  const km = metres / 1000;
  return `${number(km, digitsFor(km), signs)}\u00a0${signs.units.km}`;
}

function areaText(square, signs) {
  if (square < 1e4) return `${number(square, 0, signs)}\u00a0${signs.units.m2}`;
  if (square < 1e6) return `${number(square / 1e4, 2, signs)}\u00a0${signs.units.ha}`;
  const km2 = square / 1e6;
  return `${number(km2, digitsFor(km2), signs)}\u00a0${signs.units.km2}`;
}

// Words with {places} filled in.
const say = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

// Degrees and minutes, with seconds or tenths where the map shows them.
function degrees(value, step) {
  const unit = step < 1 / 1200 ? 3600 : step < 1 / 30 ? 600 : 60; // seconds, tenths, minutes
  const all = Math.round(Math.abs(value) * unit);
  const whole = Math.floor(all / unit);
  const pad = (n) => String(n).padStart(2, "0");
  if (unit === 60) return { whole, text: `${whole}°${pad(all % 60)}′` };
  if (unit === 600) {
    const tenths = all % 600;
    return { whole, text: `${whole}°${pad(Math.floor(tenths / 10))}`, tenth: tenths % 10 };
  }
  const seconds = all % 3600;
  return { whole, text: `${whole}°${pad(Math.floor(seconds / 60))}′${pad(seconds % 60)}″` };
}

// "48°07.5′ N, 67°42.0′ E" in the words of the language; step: degrees per pixel.
function position(lat, lon, step, text) {
  const { words, numbers } = text;
  const part = (value, plus, minus) => {
    const shown = degrees(value, step);
    const tenth = shown.tenth === undefined ? "" : `${numbers.decimal}${shown.tenth}′`;
    return `${shown.text}${tenth}\u00a0${value < 0 ? minus : plus}`;
  };
  const turned = ((((lon + 180) % 360) + 360) % 360) - 180;
  const places = [part(lat, words.north, words.south), part(turned, words.east, words.west)];
  return (numbers.direction === "rtl" ? places.map(apart) : places).join(", ");
}

// Arrows back and on, as the page is read.
const arrows = () => (document.documentElement.dir === "rtl" ? ["→", "←"] : ["←", "→"]);

export const plain = matching.plain;
export { el, svg, link, replace, number, lengthText, areaText, say, position, arrows };
