// Lines that run almost together, side by side: one small window for each, all on the same place.

import * as ground from "./ground.js";
import { el, svg, replace } from "./nodes.js";

const WIDE = 168; // pixels
const HIGH = 120;
const NEARER = 8; // times larger than the map

const f = (value) => (value * NEARER).toFixed(1);

// Whether the box of an edge meets the window.
const crosses = ([x1, y1], [x2, y2], wide, high) =>
  Math.min(x1, x2) <= wide &&
  Math.max(x1, x2) >= -wide &&
  Math.min(y1, y2) <= high &&
  Math.max(y1, y2) >= -high;

// The part of lines that a window shows, in its own pixels.
function pathNear(map, lines, middle) {
  const [wide, high] = [WIDE / 2 / NEARER, HIGH / 2 / NEARER];
  let d = "";
  for (const line of lines) {
    /** @type {[number, number] | null} */
    let before = null;
    let pen = false;
    for (const place of line) {
      const point = ground.inPixels(map, place);
      const [x, y] = [point.x - middle.x, point.y - middle.y];
      const seen = before && crosses(before, [x, y], wide, high);
      if (seen) {
        if (!pen) d += `M${f(before[0])},${f(before[1])}`;
        d += `L${f(x)},${f(y)}`;
      }
      pen = seen;
      before = [x, y];
    }
  }
  return d;
}

class Loupe {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.members = [];
    this.place = null;
    const { map } = page;
    const follow = (event) => this.at(event.latlng);
    map.on("mousemove", follow);
    map.on("moveend", () => this.members.length && this.at(this.place ?? map.getCenter()));
  }

  open(members, inks) {
    this.members = members.map((member, n) => ({ ...member, ink: inks[n] }));
    const longest = members.flatMap(({ lines }) => lines).reduce(
      (one, other) => (other.length > one.length ? other : one),
    );
    this.place ??= longest[Math.floor(longest.length / 2)];
    this.page.detail.look(NEARER);
  }

  close() {
    this.members = [];
    this.place = null;
  }

  draw() {
    const { words } = this.page;
    this.windows = this.members.map((member) => {
      const drawing = svg("svg", {
        viewBox: `${-WIDE / 2} ${-HIGH / 2} ${WIDE} ${HIGH}`,
        "aria-hidden": "true",
      });
      member.drawing = drawing;
      return el("li", {}, drawing, el("span", {}, this.mark(member.ink), member.title()));
    });
    const node = el(
      "div",
      { class: "loupe", role: "group", "aria-label": words.side_by_side },
      el("ul", {}, this.windows),
      el("p", { class: "said" }, words.loupe_help),
    );
    this.at(this.place);
    return node;
  }

  mark(ink) {
    const mark = el("i", { "aria-hidden": "true" });
    mark.style.background = ink;
    return mark;
  }

  // All windows show the surroundings of a place.
  at(place) {
    if (!this.members.length || !this.members[0].drawing) return;
    this.place = place;
    const { map } = this.page;
    const middle = ground.inPixels(map, place);
    const paths = this.members.map(({ lines }) => pathNear(map, lines, middle));
    this.members.forEach((member, n) => {
      replace(
        member.drawing,
        paths.map((d, other) => other !== n && svg("path", { d, class: "other" })),
        svg("path", { d: paths[n], stroke: member.ink, "stroke-width": 2.2, fill: "none" }),
      );
    });
  }
}

export { Loupe };
