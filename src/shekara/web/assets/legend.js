// Legend and layer control in one: groups, layers with a box to tick, classes with their signs.

import { el, replace } from "./nodes.js";
import * as signs from "./signs.js";

class Legend {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.node = document.getElementById("legend");
  }

  changed(what) {
    if (what === "layers") this.mark();
  }

  draw() {
    const { page } = this;
    const groups = new Map(); // by title, in the order of the layers from top to bottom
    for (const layer of [...page.there].reverse()) {
      const title = layer.data.basemap ? page.words.background : layer.text.group;
      if (!groups.has(title)) groups.set(title, []);
      groups.get(title).push(layer);
    }
    const background = groups.get(page.words.background) || [];
    groups.delete(page.words.background);
    groups.set(page.words.background, background);
    const grounds = ["backdrop", "relief", "graticule"].map((name) => this.ground(name));
    this.boxes = new Map();
    this.classes = new Map();
    replace(
      this.node,
      el("h2", {}, page.words.legend),
      [...groups].map(([title, layers]) =>
        el(
          "fieldset",
          {},
          el("legend", title ? {} : { class: "unseen" }, title || page.words.legend),
          el(
            "ul",
            {},
            layers.map((layer) => this.layer(layer)),
            title === page.words.background ? grounds : [],
          ),
        ),
      ),
      this.opacities(),
    );
    this.mark();
  }

  layer(layer) {
    const entries = this.page.data.legend
      .map((entry, i) => ({ ...entry, number: i, text: this.page.text.legend[i] }))
      .filter((entry) => entry.layer === layer.name);
    const single = entries.length === 1 && !entries[0].heading ? entries[0] : null;
    const head = single || entries.find((entry) => entry.heading);
    const classes = entries.filter((entry) => entry !== head);
    const title = head?.text[0] || layer.text.title;
    const notes = head?.text[1]
      ? [head.text[1]]
      : [
          layer.data.schematic && this.page.words.schematic,
          layer.data.computed && this.page.words.computed,
        ];
    const box = this.box(layer.shown, (on) => this.page.setLayer(layer, on), layer.name);
    this.boxes.set(layer, box);
    return el(
      "li",
      { "data-layer": layer.name },
      el(
        "label",
        { class: "row" },
        box,
        single ? this.sign(single) : this.usual(layer, entries),
        el("span", {}, title, this.note(title, notes)),
      ),
      classes.length
        ? el(
            "ul",
            {},
            classes.map((entry) =>
              el("li", {}, entry.heading ? this.heading(entry) : this.classRow(layer, entry)),
            ),
          )
        : null,
    );
  }

  // What stands over the sizes says of what they are; it is no sign of the map.
  heading(entry) {
    return el("span", { class: "row sub" }, el("span", {}, entry.text[0]));
  }

  // A class that features have is a button that hides and shows them.
  classRow(layer, entry) {
    const content = [
      this.sign(entry),
      el("span", {}, entry.text[0], this.note(entry.text[0], [entry.text[1]])),
    ];
    const used = layer.data.features.some((feature) => feature.l === entry.number);
    if (!used) return el("span", { class: "row sub" }, content);
    const button = el(
      "button",
      {
        type: "button",
        class: "row sub class",
        title: this.page.words.show_class,
        click: () => layer.filter(entry.number, layer.hidden.has(entry.number)),
      },
      content,
    );
    this.classes.set(button, () => !layer.hidden.has(entry.number));
    return button;
  }

  // How much of what lies below is seen through a layer.
  fader(layer) {
    const { words } = this.page;
    const range = el("input", {
      type: "range",
      min: 20,
      max: 100,
      step: 10,
      "aria-label": `${words.opacity}: ${layer.text.title}`,
      input: () => {
        layer.fade(Number(range.value) / 100);
        this.page.compare.follow();
      },
    });
    range.value = String(Math.round(layer.opacity * 100));
    return range;
  }

  opacities() {
    const { page } = this;
    const layers = [...page.there].reverse().filter((layer) => !layer.data.basemap);
    this.faders = el(
      "details",
      { class: "opacities", open: Boolean(this.faders?.open) },
      el("summary", {}, page.words.opacity),
      layers.map((layer) =>
        el("label", {}, el("span", {}, layer.text.title), this.fader(layer)),
      ),
    );
    return this.faders;
  }

  // A layer that the legend does not explain shows how its first feature is drawn.
  usual(layer, entries) {
    const first = layer.data.features[0];
    return entries.length || !first ? null : this.sign({ style: first.s, kind: layer.data.kind });
  }

  // What stands behind a title, unless title or legend say it already.
  note(title, notes) {
    const lower = title.toLowerCase();
    const said = [
      ...new Set(notes.filter((note) => note && !lower.includes(note.toLowerCase()))),
    ];
    return said.length ? el("span", { class: "note" }, ` (${said.join(", ")})`) : null;
  }

  sign(entry) {
    return signs.sample(this.page.data.styles[entry.style], entry.kind);
  }

  box(on, change, name) {
    const box = el("input", { type: "checkbox", name, change: () => change(box.checked) });
    box.checked = on;
    return box;
  }

  // A row for what is on the ground and is no layer of the atlas.
  ground(name) {
    const part = this.page[name];
    if (!part.given) return null;
    const set = (on) => {
      part.set(on);
      this.page.changed("ground");
    };
    return el(
      "li",
      { id: `${name}-row` },
      el(
        "label",
        { class: "row" },
        this.box(part.shown, set, name),
        el("span", {}, this.page.words[name]),
      ),
    );
  }

  // Ticks follow the map; a layer that is off is pale and is left out in print.
  mark() {
    for (const [button, on] of this.classes || []) button.setAttribute("aria-pressed", String(on()));
    for (const [layer, box] of this.boxes || []) {
      box.checked = layer.shown;
      box.closest("li").classList.toggle("off", !layer.shown);
    }
  }
}

export const attach = (page) => new Legend(page);
