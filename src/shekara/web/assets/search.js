// Search: names of features and layers in all languages, claims in the one that is shown, and
// places by their coordinates.

import * as ground from "./ground.js";
import * as matching from "./matching.js";
import { el, replace, plain, say } from "./nodes.js";

const MOST = 12;
const SHOWN = 500; // features of a layer that are drawn on top at once
const kind = ({ i, claim }) => (claim ? 2 : i === undefined ? 1 : 0);

class Search {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    const control = L.control({ position: "topleft" });
    control.onAdd = () => this.build();
    control.addTo(page.map);
  }

  build() {
    this.list = el("ul", { id: "found", role: "listbox" });
    this.list.hidden = true;
    this.input = el("input", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-expanded": "false",
      "aria-controls": "found",
      "aria-autocomplete": "list",
      input: () => this.find(),
      keydown: (event) => this.key(event),
      blur: () => setTimeout(() => this.close(), 150),
    });
    const node = el("div", { class: "search", role: "search" }, this.input, this.list);
    L.DomEvent.disableClickPropagation(node);
    L.DomEvent.disableScrollPropagation(node);
    return node;
  }

  draw() {
    const { words } = this.page;
    this.all = null;
    this.input.placeholder = words.search;
    this.input.setAttribute("aria-label", words.search);
    this.list.setAttribute("aria-label", words.search);
    this.close();
  }

  // Everything that has a name, each name once: features, layers, claims.
  names() {
    if (!this.all) {
      this.all = [];
      const add = (name, more) => name && this.all.push({ plain: plain(name), name, ...more });
      this.page.there.forEach((layer) => {
        for (const text of Object.values(this.page.texts))
          add(text.layers[layer.number].title, { layer, key: `layer/${layer.number}` });
        layer.data.features.forEach((feature, i) => {
          for (const name of new Set([...(feature.n || []), layer.text.features[i][0]]))
            add(name, { layer, i, key: `${layer.number}/${i}` });
        });
      });
      this.page.data.claims.forEach((claim, n) => {
        add(this.page.text.claims[n].says, { claim, key: `claim/${n}` });
      });
    }
    return this.all;
  }

  find() {
    const typed = this.input.value.trim();
    const wanted = plain(typed);
    if (!wanted) return this.close();
    const { words } = this.page;
    const at = this.place(matching.coordinates(typed, words));
    const seen = new Set();
    // Slips are forgiven where nothing fits as typed.
    const all = this.names();
    const exact = all.filter((entry) => entry.plain.includes(wanted));
    const fitting = (exact.length ? exact : all)
      .map((entry) => ({ ...entry, grade: matching.grade(wanted, entry.plain) }))
      .filter((entry) => entry.grade < Infinity)
      // What begins with what was typed first, then a word that does, then the rest; features
      // before layers before claims.
      .sort(
        (a, b) =>
          a.grade - b.grade || kind(a) - kind(b) || a.plain.localeCompare(b.plain),
      )
      .filter(({ key }) => !seen.has(key) && seen.add(key));
    if (at) fitting.unshift({ name: typed, at });
    this.hits = fitting.slice(0, MOST);
    this.chosen = -1;
    replace(
      this.list,
      this.hits.map((hit, n) => this.row(hit, n)),
      this.hits.length
        ? []
        : el(
            "li",
            { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" },
            words.nothing_found,
          ),
    );
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.input.removeAttribute("aria-activedescendant");
    document.getElementById("announce").textContent = fitting.length
      ? say(words.found, { count: fitting.length })
      : words.nothing_found;
    return undefined;
  }

  // A place as the map counts around the globe; null where the map does not show it.
  place(typed) {
    if (!typed) return null;
    const { map, data } = this.page;
    const [west, , east] = data.extent;
    const [lat, lon] = typed;
    const place = [lat, lon + 360 * Math.round(((west + east) / 2 - lon) / 360)];
    return ground.holds(map, place) ? place : null;
  }

  row(hit, n) {
    const shown = this.title(hit);
    return el(
      "li",
      {
        role: "option",
        id: `found-${n}`,
        "aria-selected": "false",
        mousedown: (event) => {
          event.preventDefault();
          this.go(n);
        },
      },
      shown && shown !== hit.name ? `${shown} – ${hit.name}` : hit.name,
      el("small", {}, this.kindOf(hit)),
    );
  }

  // What a hit is called in the language of the page.
  title(hit) {
    if (hit.i !== undefined) return hit.layer.text.features[hit.i][0];
    return hit.layer ? hit.layer.text.title : hit.name;
  }

  kindOf(hit) {
    const { words } = this.page;
    if (hit.at) return words.go_to_place;
    if (hit.claim) return words.claim;
    return hit.i === undefined ? words.layer : hit.layer.text.title;
  }

  key(event) {
    // Keys typed here are not for the map.
    event.stopPropagation();
    if (event.isComposing) return undefined;
    if (event.key === "Escape") return this.close();
    if (this.list.hidden || !this.hits?.length) return undefined;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose((this.chosen + step + this.hits.length) % this.hits.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.go(Math.max(0, this.chosen));
    }
    return undefined;
  }

  choose(n) {
    this.chosen = n;
    [...this.list.children].forEach((row, i) =>
      row.setAttribute("aria-selected", String(i === n)),
    );
    this.list.children[n].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", `found-${n}`);
  }

  go(n) {
    const { page } = this;
    const hit = this.hits[n];
    this.close();
    if (hit.at) {
      page.map.setView(hit.at, Math.max(page.map.getZoom(), page.view.fitZoom + 2), { animate: false });
      this.pin(hit.at);
    } else if (hit.claim) {
      page.claims.open(hit.claim.id);
    } else if (hit.i === undefined) {
      if (!hit.layer.shown) page.setLayer(hit.layer, true);
      page.show(hit.layer.data.features.map((_, i) => ({ layer: hit.layer, i })).slice(0, SHOWN));
    } else {
      this.input.value = hit.layer.text.features[hit.i][0] || hit.name;
      // What has no place on the map has a row of its table.
      if (!hit.layer.places(hit.i).length) return page.tables.show(hit.layer);
      page.show([{ layer: hit.layer, i: hit.i }]);
      page.openPopup(hit.layer, hit.i);
    }
    return undefined;
  }

  // A ring around a place that was typed.
  pin(at) {
    const { sought } = this.page;
    sought.clear();
    const options = { pane: "highlight", renderer: sought.renderer, interactive: false };
    L.circleMarker(at, { ...options, className: "glow", radius: 9, weight: 3, fill: false }).addTo(
      sought.group,
    );
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

export const attach = (page) => new Search(page);
