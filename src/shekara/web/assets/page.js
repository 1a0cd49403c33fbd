// The page: reads its data, draws the map, and keeps every part in the same language and year.

import * as address from "./address.js";
import { Detail } from "./detail.js";
import * as head from "../../pagehead/assets/head.js";
import { Highlight, Hover } from "./highlight.js";
import { Layer } from "./layers.js";
import { replace } from "./nodes.js";
import * as opening from "./opening.js";
import { BELOW, EDGE, PARTS } from "./parts.js";
import * as popup from "./popup.js";
import * as signs from "./signs.js";
import * as time from "./time.js";
import { View } from "./view.js";
import { unzipJson } from "./zipped.js";

const byId = (id) => document.getElementById(id);

export class Page {
  // Parts put themselves here when they are attached.
  /** @type {Part<typeof import("./address.js")>} */ address = null;
  /** @type {Part<typeof import("./around.js")>} */ around = null;
  /** @type {Part<typeof import("./backdrop.js")>} */ backdrop = null;
  /** @type {Part<typeof import("./beside.js")>} */ beside = null;
  /** @type {Part<typeof import("./panels.js")>} */ charts = null;
  /** @type {Part<typeof import("./claims.js")>} */ claims = null;
  /** @type {Part<typeof import("./compare.js")>} */ compare = null;
  /** @type {Part<typeof import("./embed.js")>} */ embed = null;
  /** @type {Part<typeof import("./evidence.js")>} */ evidence = null;
  /** @type {Part<typeof import("./graticule.js")>} */ graticule = null;
  /** @type {Part<typeof import("./manners.js")>} */ manners = null;
  /** @type {Part<typeof import("./measure.js")>} */ measure = null;
  /** @type {Part<typeof import("./multiples.js")>} */ multiples = null;
  /** @type {Part<typeof import("./relief.js")>} */ relief = null;
  /** @type {Part<typeof import("./share.js")>} */ share = null;
  /** @type {Part<typeof import("./story.js")>} */ story = null;
  /** @type {Part<typeof import("./tables.js")>} */ tables = null;
  /** @type {Part<typeof import("./time.js")>} */ time = null;
  /** @type {Part<typeof import("./tools.js")>} */ tools = null;

  constructor(map, data, texts, rows) {
    this.map = map;
    /** @type {Payload} */
    this.data = data;
    this.texts = texts; // by language, as they are read
    this.popup = null; // the card that is open
    this.measuring = false;
    this.parts = []; // everything with a draw() that writes text
    this.wanted = null; // what the last address wants that was followed
    this.waiting = []; // those of them that are not drawn yet
    this.year = null; // null: all years
    this.small = null; // number of the small map whose value the map shows; null: all values
    this.without = null; // ids of what it leaves out
    this.until = null; // last year of a span that begins with the year; null: that year alone
    this.years = time.yearsOf(data.layers); // null: there is no choice
    this.outside = null; // years that an address asked for, and the map has not
    this.view = new View(map, data);
    this.arcs = []; // of all shapes, as fine as they are there
    this.detail = new Detail(this, rows);
  }

  get text() {
    return this.texts[this.lang];
  }
  // Layers that can be seen somewhere on the map: legend, tables, search and downloads have those.
  get there() {
    return this.layers.filter((layer) => !layer.data.unseen);
  }
  // Whether the map is nearer than the detail of its lines: they are straight there.
  get beyond() {
    return this.map.getZoom() > this.view.fitZoom + this.detail.doublings;
  }
  get words() {
    return this.text.words;
  }

  async start() {
    const wanted = address.read();
    await this.load(this.data.langs.includes(wanted.lang) ? wanted.lang : this.data.langs[0]);
    // Names are placed by their width: the typeface must be there.
    await signs.letters();
    signs.definitions(this.data.styles);
    this.layers = this.data.layers.map((_, i) => new Layer(this, i));
    this.restore(wanted);
    // What takes its room from the map is there before the map is framed.
    const attach = (makers) => makers.map((make) => make.attach(this));
    const edge = attach(EDGE);
    this.head();
    for (const part of edge) part.draw?.();
    this.view.frame(wanted.view);
    this.highlight = new Highlight(this); // what a claim measured
    this.sought = new Highlight(this); // what was searched, or asked for in a table or a chart
    this.map.on("click popupclose", () => this.sought.clear());
    this.hovering = new Hover(this.map);
    const parts = attach(PARTS);
    this.waiting = attach(BELOW);
    this.parts = [...parts, ...this.waiting, ...edge];
    for (const layer of this.layers) layer.update();
    for (const part of parts) part.draw?.();
    if (wanted.compare !== undefined) this.compare.restore(wanted.compare);
    if (wanted.compare !== undefined && wanted.view) this.view.look(wanted.view);
    this.claims.open(wanted.claim, !wanted.view);
    if (wanted.step !== undefined) this.story.open(wanted.step);
    head.listen((lang) => this.speak(lang));
    signs.watch(() => this.recolour());
    opening.ready(this);
  }

  // What waits is drawn now.
  finish() {
    for (const part of this.waiting.splice(0)) part.draw();
  }

  // Of several languages asked for while one is unpacked the last is spoken.
  async load(lang) {
    this.asked = lang;
    if (!this.texts[lang]) this.texts[lang] = await unzipJson(`text-${lang}`);
    if (this.asked === lang) this.lang = lang;
  }

  // Layers and year as the address says.
  restore(wanted) {
    for (const layer of this.layers) {
      layer.shown = wanted.layers ? wanted.layers.includes(layer.name) : layer.usual;
    }
    Object.assign(this, time.within(this.years, wanted.year, wanted.until));
    this.keepTo(wanted.small);
  }

  // What an address wants, in a page that shows something else; says whether it is that now. Of
  // addresses that come while a language is unpacked the last is followed.
  async follow(wanted) {
    this.wanted = wanted;
    await this.load(this.data.langs.includes(wanted.lang) ? wanted.lang : this.lang);
    if (this.wanted !== wanted) return false;
    this.time.halt();
    this.compare.restore();
    if (this.story.at !== null) this.story.close();
    if (this.measuring) this.measure.toggle();
    this.claims.choose(null); // closes a popup, too
    this.restore(wanted);
    for (const layer of this.layers) {
      layer.hidden.clear();
      layer.update();
    }
    this.compare.restore(wanted.compare);
    this.view.look(wanted.view);
    this.draw();
    this.claims.open(wanted.claim, !wanted.view);
    if (wanted.step !== undefined) this.story.open(wanted.step);
    return true;
  }

  // Everything that is text, again.
  draw() {
    this.head();
    this.waiting.length = 0;
    for (const part of this.parts) part.draw?.();
    for (const layer of this.layers) layer.rename();
  }

  // Title, direction and names of the page itself.
  head() {
    const { text, words } = this;
    head.speaks(this.lang);
    replace(byId("title"), text.title);
    replace(byId("subtitle"), text.subtitle);
    replace(byId("skip"), words.skip);
    replace(byId("map-alt"), text.alt);
    const container = this.map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", `${words.map}: ${text.title}`);
  }

  async speak(lang) {
    await this.load(lang);
    this.draw();
    this.changed("lang");
  }

  recolour() {
    signs.definitions(this.data.styles);
    for (const layer of this.layers) layer.restyle();
    for (const part of this.parts) part.draw?.();
  }

  // A year, a span of years, or all of them (null).
  setYear(year, until = null) {
    this.year = year;
    this.until = year !== null && until > year ? until : null;
    this.outside = null;
    for (const layer of this.layers) layer.update();
    this.changed("year");
  }

  // The value that a small map shows, or all of them (null).
  setSmall(number) {
    this.keepTo(number);
    for (const layer of this.layers) layer.update();
    this.changed("layers");
  }

  keepTo(number) {
    const ids = this.data.smallMaps[number ?? -1]?.without;
    [this.small, this.without] = ids ? [number, new Set(ids)] : [null, null];
  }

  // Both ends of what is shown, for whoever gives it back later.
  get span() {
    return [this.year, this.until];
  }

  // "1965" or "1950–1970".
  get yearText() {
    return this.until === null ? String(this.year) : `${this.year}–${this.until}`;
  }

  // A feature lives from the start of its first year to the end of its last; of a span it is
  // seen if it lived in a part of it.
  inYear(feature) {
    if (this.without?.has(feature.id)) return false;
    if (this.year === null) return true;
    return (
      (feature.from === undefined || feature.from < (this.until ?? this.year) + 1) &&
      (feature.to === undefined || feature.to >= this.year)
    );
  }

  setLayer(layer, shown) {
    layer.shown = shown;
    layer.update();
    this.changed("layers");
  }

  changed(what) {
    for (const part of this.parts) if (!this.waiting.includes(part)) part.changed?.(what);
  }

  // Layer and number of a feature by its id.
  find(id) {
    if (!this.index) {
      this.index = new Map();
      for (const layer of this.layers) {
        layer.data.features.forEach((feature, i) => this.index.set(feature.id, { layer, i }));
      }
    }
    return this.index.get(id);
  }

  hover(layer, i, event) {
    this.charts?.mark(layer ? layer.text.features[i][0] : null);
    if (layer && !this.measuring) this.hovering.show(layer.text.features[i][0], event.latlng);
    else this.hovering.hide();
  }

  openPopup(layer, i, latlng, from) {
    if (!this.measuring) popup.open(this, layer, i, latlng, from);
  }

  // Switches on what is hidden, frames it, and draws it on top.
  show(targets) {
    this.map.closePopup();
    this.reveal(targets);
    this.sought.show(targets);
    this.view.fly(targets.flatMap(({ layer, i }) => layer.places(i)));
  }

  // Layers that had to be switched on, and the years that had to give way.
  reveal(targets) {
    const layers = [...new Set(targets.map(({ layer }) => layer))].filter((one) => !one.shown);
    for (const layer of layers) this.setLayer(layer, true);
    const { span, small } = this;
    const said = this.yearText;
    for (const { layer, i } of targets) {
      const feature = layer.data.features[i];
      if (layer.hides(feature)) layer.filter(feature.l, true);
    }
    if (targets.some(({ layer, i }) => this.without?.has(layer.data.features[i].id)))
      this.setSmall(null);
    const gone = targets.some(({ layer, i }) => !this.inYear(layer.data.features[i]));
    if (gone) this.setYear(null);
    return { layers, small, ...(gone ? { span, said } : {}) };
  }
}
