// The map as tables: what a map shows by place, for those who read or sort it.

import { el, replace } from "./nodes.js";

// A table this short is open from the start.
const SHORT = 12;
// Beyond this many rows only those in sight are made; each is so many pixels high (page.css).
const LONG = 200;
const ROW = 29;
const STEP = 25;

// Whether two cells say the same.
const same = (one, other) => one.value === other.value || (one.sort ?? NaN) === other.sort;

class Tables {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.node = document.getElementById("tables");
    this.open = new Set();
    this.sorted = new Map(); // layer -> {column, down}
    const told = page.there.filter(({ data }) => !data.basemap && data.features.length);
    this.layers = told.reverse();
    const first = this.layers.find((layer) => !layer.data.extra);
    if (first && first.data.features.length <= SHORT) this.open.add(first);
  }

  draw() {
    const { page } = this;
    this.node.hidden = !this.layers.length;
    if (this.node.hidden) return;
    replace(
      this.node,
      el("h2", {}, page.words.tables),
      this.layers.map((layer) => {
        const holder = el("div", {
          class: "scroll",
          tabindex: "0",
          role: "region",
          "aria-label": layer.text.title,
        });
        const details = el(
          "details",
          { "data-table": layer.name, toggle: () => this.toggle(layer, details, holder) },
          el(
            "summary",
            {},
            layer.text.title,
            " ",
            el("small", {}, `(${layer.data.features.length})`),
          ),
          holder,
        );
        if (this.open.has(layer)) {
          details.open = true;
          replace(holder, this.table(layer, holder));
        }
        return details;
      }),
    );
  }

  toggle(layer, details, holder) {
    if (!details.open) return this.open.delete(layer);
    this.open.add(layer);
    if (!holder.firstChild) replace(holder, this.table(layer, holder));
    return undefined;
  }

  // A layer's table in the window.
  show(layer) {
    const details = this.node.querySelectorAll("details")[this.layers.indexOf(layer)];
    if (!details) return;
    details.open = true;
    details.scrollIntoView({ block: "nearest" });
  }

  // Titles and cells: name, the layer's attributes, years and class where it has them.
  columns(layer) {
    const { words } = this.page;
    const features = layer.data.features;
    /** @type {{ title: string, cell: (i: number) => { value: string, sort?: number, none?: boolean } }[]} */
    const columns = [
      {
        title: words.name,
        cell: (i) => {
          const name = layer.text.features[i][0];
          return { value: name || words.unnamed, none: !name };
        },
      },
    ];
    layer.text.columns.forEach((title, column) =>
      columns.push({
        title,
        cell: (i) => {
          const row = layer.text.features[i][2].find(([number]) => number === column);
          return row ? { value: row[1], sort: row[2] } : { value: "" };
        },
      }),
    );
    const told = (cell) =>
      columns.some((column) => features.every((_, i) => same(column.cell(i), cell(i))));
    const group = new Set(features.map((feature) => feature.l)).size > 1 ? this.group(layer) : null;
    if (group && !told(group.cell)) columns.splice(1, 0, group);
    for (const key of ["from", "to"]) {
      if (!features.some((feature) => feature[key] !== undefined)) continue;
      const cell = (i) => {
        const year = features[i][key];
        return year === undefined ? { value: "" } : { value: String(Math.floor(year)), sort: year };
      };
      if (!told(cell)) columns.push({ title: words[key], cell });
    }
    return columns;
  }

  // The class of each feature as the legend calls it.
  group(layer) {
    const { words, data, text } = this.page;
    const cell = (i) => {
      const { l } = layer.data.features[i];
      const named = l !== undefined && !data.legend[l]?.heading;
      return { value: named ? (text.legend[l]?.[0] ?? "") : "" };
    };
    return { title: words.class, cell };
  }

  table(layer, holder) {
    const columns = this.columns(layer);
    const order = layer.data.features.map((_, i) => i);
    const sorted = this.sorted.get(layer);
    if (sorted) this.sort(order, columns[sorted.column], sorted.down);
    const figures = columns.map((column) =>
      order.some((i) => typeof column.cell(i).sort === "number"),
    );
    return el(
      "table",
      { "aria-rowcount": order.length + 1 },
      el("caption", { class: "unseen" }, layer.text.title),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          columns.map((column, n) => {
            const on = sorted?.column === n;
            const head = el(
              "th",
              {
                scope: "col",
                class: figures[n] ? "figure" : null,
                "aria-sort": on ? (sorted.down ? "descending" : "ascending") : "none",
              },
              el(
                "button",
                {
                  type: "button",
                  click: () => {
                    this.sorted.set(layer, { column: n, down: on && !sorted.down });
                    holder.scrollTop = 0;
                    replace(holder, this.table(layer, holder));
                    holder.querySelectorAll("thead button")[n].focus();
                  },
                },
                column.title,
              ),
            );
            return head;
          }),
        ),
      ),
      this.body(layer, holder, columns, order, figures),
    );
  }

  body(layer, holder, columns, order, figures) {
    const row = (i, n) =>
      el(
        "tr",
        { "aria-rowindex": n + 2 },
        columns.map((column, c) => {
          const { value } = column.cell(i);
          if (c > 0) return el("td", { class: figures[c] ? "figure" : null }, value);
          return el(
            "th",
            { scope: "row" },
            layer.data.features[i].g ? this.shower(layer, i, value) : value,
          );
        }),
      );
    const body = el("tbody");
    holder.classList.toggle("long", order.length > LONG);
    if (order.length <= LONG) {
      body.append(...order.map(row));
      return body;
    }
    // Of a long table only the rows that are seen are there; space stands for the rest.
    const space = (count) => {
      const filler = el("tr", { "aria-hidden": "true" }, el("td", { colspan: columns.length }));
      filler.firstChild.style.cssText = `height:${count * ROW}px;padding:0;border:0`;
      return filler;
    };
    let drawn = null;
    const fill = () => {
      const top = Math.floor(holder.scrollTop / ROW);
      const first = Math.max(0, Math.floor(top / STEP) * STEP - STEP);
      if (first === drawn) return;
      drawn = first;
      const last = Math.min(order.length, first + 4 * STEP);
      const seen = order.slice(first, last).map((i, n) => row(i, first + n));
      // The row that has the focus keeps it.
      const held = document.activeElement?.closest?.("tr");
      const at = body.contains(held) ? held.getAttribute("aria-rowindex") : null;
      body.replaceChildren(space(first), ...seen, space(order.length - last));
      if (at) body.querySelector(`[aria-rowindex="${at}"] button`)?.focus({ preventScroll: true });
    };
    holder.onscroll = fill;
    fill();
    return body;
  }

  shower(layer, i, value) {
    return el(
      "button",
      {
        type: "button",
        title: this.page.words.show,
        click: (event) => {
          this.page.show([{ layer, i }]);
          this.page.openPopup(layer, i, null, event.currentTarget);
          document.getElementById("plate").scrollIntoView({ block: "nearest" });
        },
      },
      value,
    );
  }

  // Numbers by size, text by the language's alphabet, empty cells last either way.
  sort(order, column, down) {
    const keys = new Map(
      order.map((i) => {
        const { value, sort } = column.cell(i);
        return [i, value === "" ? null : (sort ?? value)];
      }),
    );
    const compare = new Intl.Collator(this.page.lang, { numeric: true }).compare;
    order.sort((a, b) => {
      const [one, other] = [keys.get(a), keys.get(b)];
      if (one === null || other === null) return Number(one === null) - Number(other === null);
      const less =
        typeof one === "number" && typeof other === "number"
          ? one - other
          : compare(String(one), String(other));
      return down ? -less : less;
    });
  }
}

export const attach = (page) => (page.tables = new Tables(page));
