// What a claim measured, drawn: corridors, offsets, nearest places, the lines side by side; and
// below the map the key to it. What had to be switched on for it goes off again afterwards.

import * as arcs from "./arcs.js";
import * as claims from "./claims.js";
import { Loupe } from "./loupe.js";
import { el, svg, replace, say } from "./nodes.js";

// Lines of one claim are told apart by inks that all kinds of colour blindness keep apart
// (Okabe and Ito); their names stand in the key.
const INKS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#a07000", "#4b4b4b", "#56b4e9"];
const LOOKS = {
  corridor: { weight: 1, fill: true, fillOpacity: 0.16, opacity: 0.6 },
  near: { weight: 6 },
  offset: { weight: 1.4 },
  greatest: { weight: 3 },
  distance: { weight: 3 },
  contact: { weight: 5.5 },
  walk: { weight: 2.2 },
  subject: { weight: 3 },
};
const LINES = ["walk", "subject"]; // roles that are lines beside the measured ones

class Evidence {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.node = document.getElementById("shown");
    for (const [name, z] of [
      ["against", 540],
      ["evidence", 572],
    ]) {
      const pane = page.map.createPane(name);
      pane.style.zIndex = String(z);
      pane.classList.add("quiet");
    }
    this.renderers = {
      against: L.svg({ pane: "against", padding: 0.5 }),
      evidence: L.svg({ pane: "evidence", padding: 0.5 }),
    };
    this.group = L.layerGroup().addTo(page.map);
    this.loupe = new Loupe(page);
    this.claim = null;
  }

  show(claim, targets, fly) {
    const { page } = this;
    this.clear();
    const against = claim.against.map((id) => page.find(id)).filter(Boolean);
    this.switched = page.reveal([...targets, ...against]);
    this.claim = claim;
    this.against = against;
    this.targets = targets;
    this.paint();
    this.draw();
    page.changed("evidence");
    if (fly) page.view.fly([...targets.flatMap(({ layer, i }) => layer.places(i)), ...this.places()]);
  }

  // Finer lines in the place of those that are drawn.
  changed(what) {
    if (what !== "detail") return;
    this.page.sought.redraw();
    if (!this.claim) return;
    this.group.clearLayers();
    this.paint();
    this.draw();
  }

  // All that is drawn for the claim.
  paint() {
    const { page, claim, targets, against } = this;
    this.figures = claim.figures.map((figure, n) => ({
      ...figure,
      n,
      shape: arcs.shapeOf(page.arcs, figure.g),
    }));
    this.members = this.lines(targets);
    const inks = this.members.length > 1 ? INKS : [];
    page.highlight.show(
      targets,
      targets.map((target) => inks[this.members.findIndex((m) => m.target === target)]),
    );
    for (const { layer, i } of against) {
      const look = { className: "against", weight: 3.5, fill: false };
      this.put("against", layer.shape(i), look);
    }
    for (const figure of this.figures) {
      const ink = inks[this.members.findIndex((member) => member.figure === figure)];
      const className = `figure ${figure.role}${ink ? " inked" : ""}`;
      const look = { ...LOOKS[figure.role], className, color: ink };
      this.put("evidence", figure.shape, look);
    }
    if (this.members.length > 1) this.loupe.open(this.members, inks);
  }

  // Everything that is drawn for the claim goes, and what was switched on for it goes off.
  clear() {
    const { page } = this;
    if (!this.claim) return;
    this.group.clearLayers();
    page.highlight.clear();
    this.loupe.close();
    for (const layer of this.switched.layers) if (layer.shown) page.setLayer(layer, false);
    const { span, small } = this.switched;
    if (span && page.year === null) page.setYear(...span);
    if (small !== page.small && page.small === null) page.setSmall(small);
    this.claim = null;
    this.draw();
    page.changed("evidence");
  }

  // Layers, years and small map as they are without the claim: what an address keeps.
  get owned() {
    const { page } = this;
    const { layers = [], span, small = null } = this.claim ? this.switched : {};
    return {
      layers: page.layers.filter((layer) => layer.shown && !layers.includes(layer)),
      span: page.year === null && span ? span : page.span,
      small: page.small ?? small,
    };
  }

  // The lines that stand for the claim side by side: measured ones and those made of them.
  lines(targets) {
    const { page } = this;
    const number = page.data.claims.indexOf(this.claim);
    const measured = targets
      .map((target) => ({
        target,
        lines: target.layer.shape(target.i).lines,
        title: () => target.layer.text.features[target.i][0] || target.layer.text.title,
      }))
      .filter(({ lines }) => lines.length);
    const made = this.figures
      .filter(({ role, shape }) => LINES.includes(role) && shape.lines.length)
      .map((figure) => ({
        figure,
        lines: figure.shape.lines,
        title: () => page.text.claims[number].figures[figure.n][0],
      }));
    const all = [...measured, ...made];
    // Flows and routes are many: they are read on the map.
    return all.length <= INKS.length ? all : [];
  }

  put(pane, shape, look) {
    const options = { pane, renderer: this.renderers[pane], interactive: false, ...look };
    if (!look.color) delete options.color;
    if (shape.polygons.length) L.polygon(shape.polygons, options).addTo(this.group);
    if (shape.lines.length) L.polyline(shape.lines, options).addTo(this.group);
    for (const point of shape.points)
      L.circleMarker(point, { ...options, radius: 7 }).addTo(this.group);
  }

  places() {
    return this.figures.flatMap(({ shape }) => [
      ...shape.points,
      ...shape.lines.flat(),
      ...shape.polygons.flatMap((polygon) => polygon[0]),
    ]);
  }

  // Names beside figures for the labels' sake: [place, text].
  labels() {
    if (!this.claim) return [];
    const { page } = this;
    const text = page.text.claims[page.data.claims.indexOf(this.claim)];
    return this.figures
      .filter(({ n, shape }) => text.figures[n][1] && shape.lines.length)
      .map(({ n, shape }) => {
        const [from, to] = [shape.lines[0][0], shape.lines[0].at(-1)];
        return { at: [(from.lat + to.lat) / 2, (from.lng + to.lng) / 2], text: text.figures[n][1] };
      });
  }

  // The key below the map.
  draw() {
    const { node, page, claim } = this;
    if (!claim) {
      if (node.hidden) return undefined;
      node.hidden = true;
      replace(node);
      page.map.invalidateSize({ animate: false });
      return undefined;
    }
    node.hidden = false;
    const { words } = page;
    const text = page.text.claims[page.data.claims.indexOf(claim)];
    const single = this.members.length < 2;
    const rows = [
      single && this.targets.length ? this.row("shape", words.measured_shape) : null,
      this.against.length ? this.row("against", words.held_against) : null,
      ...this.figures
        .filter((figure) => single || !LINES.includes(figure.role))
        .map((figure) => this.row(figure.role, text.figures[figure.n][0])),
    ];
    const drawn = this.targets.length || this.figures.length;
    replace(
      node,
      el(
        "p",
        { class: "shown-claim" },
        claims.verdict(claim, text.verdict),
        " ",
        text.says,
        text.measured ? [" ", el("strong", {}, `${words.measured}: ${text.measured}`)] : null,
      ),
      el(
        "button",
        {
          type: "button",
          class: "shown-close",
          title: words.back,
          "aria-label": words.back,
          click: () => page.claims.choose(null),
        },
        "×",
      ),
      drawn ? el("ul", { class: "key" }, rows) : el("p", { class: "said" }, words.nothing_drawn),
      this.changes().map((sentence) => el("p", { class: "said" }, sentence)),
    );
    if (!single) node.append(this.loupe.draw());
    page.map.invalidateSize({ animate: false });
    document.getElementById("announce").textContent = this.changes().join(" ");
    return undefined;
  }

  // What choosing the claim changed on the map.
  changes() {
    const { words } = this.page;
    const { layers, span, said } = this.switched;
    const titles = layers.map((layer) => layer.text.title).join("; ");
    return [
      titles ? say(words.switched_on, { layers: titles }) : "",
      span ? say(words.year_changed, { year: said }) : "",
    ].filter(Boolean);
  }

  row(role, title) {
    const area = role === "corridor";
    return el(
      "li",
      {},
      svg(
        "svg",
        { width: 26, height: 14, viewBox: "0 0 26 14", "aria-hidden": "true" },
        area
          ? svg("rect", { x: 1, y: 1, width: 24, height: 12, class: "figure corridor" })
          : svg("path", {
              d: "M1,7H25",
              class: `figure ${role}`,
              "stroke-width": LOOKS[role]?.weight ?? 3.5,
            }),
      ),
      title,
    );
  }
}

export const attach = (page) => (page.evidence = new Evidence(page));
