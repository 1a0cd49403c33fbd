// What has to be said with the map: notes, layers, projection, sources and their licences.

import * as ground from "./ground.js";
import { el, link, replace, say, number } from "./nodes.js";

const anchor = (key) => `source-${key}`;

// To a line of the list of sources; the page's address keeps what it says of the map.
function lead(event, key) {
  const line = document.getElementById(anchor(key));
  event.preventDefault();
  line.scrollIntoView({ block: "center" });
  line.focus({ preventScroll: true });
}

// One or two figures, as a detail is known: "60 m", "1.2 km".
function roughly(metres, signs) {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(metres)) - 1);
  const round = Math.max(1, Math.round(metres / power) * power);
  if (round < 1000) return `${number(round, 0, signs)}\u00a0${signs.units.m}`;
  return `${number(round / 1000, round < 1e4 ? 1 : 0, signs)}\u00a0${signs.units.km}`;
}

class Notes {
  constructor(/** @type {Page} */ page) {
    this.page = page;
  }

  // What the page is drawn in, and the sheet where that is another thing.
  projection() {
    const { words, text } = this.page;
    const sentence = text.projection;
    if (ground.projected) return [say(words.projection_both, { sentence })];
    return [words.projection_page, sentence ? say(words.projection_sheet, { sentence }) : ""];
  }

  draw() {
    const { words, text, data } = this.page;
    const detail = roughly(data.detail, text.numbers);
    // Layers of which the same is said stand together.
    const about = new Map();
    for (const layer of this.page.there) {
      const said = `${this.kind(layer)}. ${layer.text.about}`;
      if (layer.text.about)
        about.set(said, new Set([...(about.get(said) || []), layer.text.title]));
    }
    replace(
      document.getElementById("notes"),
      text.notes.length
        ? el(
            "div",
            {},
            el("h2", {}, words.notes),
            el(
              "ul",
              {},
              text.notes.map((note) => el("li", {}, note)),
            ),
          )
        : "",
      el(
        "div",
        {},
        el("h2", {}, words.projection),
        ...this.projection().map((sentence) => el("p", {}, sentence)),
        el("p", {}, say(words.detail, { length: detail })),
      ),
      about.size
        ? el(
            "div",
            { class: "wide" },
            el("h2", {}, words.about_layers),
            el(
              "div",
              { class: "columns" },
              [...about].map(([said, titles]) =>
                el("p", {}, el("strong", {}, [...titles].join(", ")), said),
              ),
            ),
          )
        : "",
    );
    replace(
      document.getElementById("credits"),
      text.bibliography.length ? this.bibliography() : "",
      el("h2", {}, words.credits),
      el(
        "ul",
        {},
        text.credits.map((credit) =>
          el(
            "li",
            {},
            link(credit.url, credit.name),
            [credit.holder, credit.license, credit.date]
              .filter(Boolean)
              .map((part) => [", ", part]),
            credit.layers.length
              ? ` (${say(words.credits_for, { layers: credit.layers.join(", ") })})`
              : "",
          ),
        ),
      ),
      el("p", {}, this.tiles() ? "" : words.no_network),
    );
  }

  // What the claims rest on: every source once, where the claims lead to.
  bibliography() {
    const { words, text } = this.page;
    return [
      el("h2", {}, words.bibliography),
      el(
        "ul",
        {},
        text.bibliography.map((source) =>
          el(
            "li",
            { id: anchor(source.key), tabindex: "-1" },
            source.detail ? `${source.detail}. ` : "",
            link(source.url, source.name),
            [source.date, source.license].filter(Boolean).map((part) => [", ", part]),
            source.state ? ` (${source.state})` : "",
          ),
        ),
      ),
    ];
  }

  kind(layer) {
    const said = new Set([
      layer.text.precision,
      layer.data.computed ? this.page.words.computed : "",
    ]);
    said.delete("");
    return said.size ? ` (${[...said].join(", ")})` : "";
  }

  tiles() {
    let found = false;
    this.page.map.eachLayer((layer) => {
      found ||= layer instanceof L.TileLayer;
    });
    return found;
  }
}

export const attach = (page) => new Notes(page);
export { anchor, lead, roughly };
