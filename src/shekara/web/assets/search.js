// Search: all names of all features, in all languages, whichever is shown.
"use strict";

(function (S) {
  const { el, replace, plain, say } = S.nodes;
  const MOST = 12;

  class Search {
    constructor(page) {
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
      this.input.placeholder = words.search;
      this.input.setAttribute("aria-label", words.search);
      this.list.setAttribute("aria-label", words.search);
      this.close();
    }

    // Every name once per feature: [plain name, layer, number].
    names() {
      if (!this.all) {
        this.all = [];
        for (const layer of this.page.layers) {
          layer.data.features.forEach((feature, i) => {
            for (const name of new Set([...(feature.n || []), layer.text.features[i][0]])) {
              if (name) this.all.push({ plain: plain(name), name, layer, i });
            }
          });
        }
      }
      return this.all;
    }

    find() {
      const wanted = plain(this.input.value.trim());
      if (!wanted) return this.close();
      const seen = new Set();
      const hits = this.names()
        .map((entry) => ({ ...entry, at: entry.plain.indexOf(wanted) }))
        .filter((entry) => entry.at >= 0)
        // A name that begins with what was typed first, then a word that does, then the rest.
        .sort((a, b) => this.grade(a) - this.grade(b) || a.plain.localeCompare(b.plain))
        .filter(
          ({ layer, i }) => !seen.has(`${layer.number}/${i}`) && seen.add(`${layer.number}/${i}`),
        );
      this.hits = hits.slice(0, MOST);
      this.chosen = -1;
      replace(
        this.list,
        this.hits.map((hit, n) => this.row(hit, n)),
        this.hits.length
          ? []
          : el(
              "li",
              { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" },
              this.page.words.nothing_found,
            ),
      );
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.input.removeAttribute("aria-activedescendant");
      document.getElementById("announce").textContent = hits.length
        ? say(this.page.words.found, { count: hits.length })
        : this.page.words.nothing_found;
    }

    grade(entry) {
      if (entry.at === 0) return 0;
      return /[\s-]/.test(entry.plain[entry.at - 1]) ? 1 : 2;
    }

    row(hit, n) {
      const shown = hit.layer.text.features[hit.i][0];
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
        el("small", {}, hit.layer.text.title),
      );
    }

    key(event) {
      // Keys typed here are not for the map.
      event.stopPropagation();
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
      const { layer, i } = this.hits[n];
      this.close();
      this.input.value = layer.text.features[i][0] || this.hits[n].name;
      this.page.show([{ layer, i }]);
      this.page.openPopup(layer, i);
    }

    close() {
      this.list.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  S.search = { attach: (page) => new Search(page) };
})((window.shekara = window.shekara || {}));
