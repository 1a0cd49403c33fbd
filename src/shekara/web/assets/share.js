// Take it with you: layers and the view as files, the address, and the code that embeds the map.

import { drawing as drawn } from "./drawing.js";
import * as giving from "./giving.js";
import { el, replace } from "./nodes.js";

const SHARP = 2; // a picture has this many points to a pixel of the window
const EMBED_HIGH = 560; // pixels

// Gives a file to the reader.
function download(name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const address = URL.createObjectURL(blob);
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// A cell as a program reads it: the number behind a text where there is one, nothing where the
// page says that nothing is known.
const raw = (/** @type {{ value: any, sort?: number, none?: boolean }} */ { value, sort, none }) =>
  none || value === "" ? null : typeof sort === "number" ? sort : value;

// What a file says of where it comes from: who made it, under which licence, and when.
const origin = (/** @type {any} */ { name, holder, license, date, url }) => ({
  name,
  holder: holder || undefined,
  license,
  date,
  url,
});

class Share {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.node = document.getElementById("share");
    page.map.on("moveend", () => this.changed());
  }

  draw() {
    const { words } = this.page;
    const told = this.page.there.filter((layer) => layer.data.features.length);
    this.code = el("textarea", { readonly: true, rows: 3, dir: "ltr", "aria-label": words.embed_code });
    this.said = el("span", { class: "said", role: "status" });
    replace(
      this.node,
      el("h2", {}, words.take),
      el(
        "div",
        { class: "take" },
        el(
          "div",
          {},
          el("h3", {}, words.take_view),
          el("p", { class: "kind" }, words.take_view_help),
          el(
            "p",
            { class: "buttons" },
            this.button("SVG", "view-svg", () => this.picture("svg")),
            this.button("PNG", "view-png", () => this.picture("png")),
            this.button(words.print, "print", () => window.print()),
          ),
        ),
        el(
          "div",
          {},
          el("h3", {}, words.embed),
          el("p", { class: "kind" }, words.embed_help),
          this.code,
          el(
            "p",
            { class: "buttons" },
            this.button(words.copy_code, "copy-embed", () => this.copy(this.code.value)),
            this.button(words.copy_address, "copy-address", () => this.copy(location.href)),
            this.said,
          ),
        ),
        el(
          "div",
          {},
          el("h3", {}, words.take_data),
          el("p", { class: "kind" }, words.take_data_help),
          el(
            "ul",
            { class: "data" },
            [...told].reverse().map((layer) =>
              el(
                "li",
                {},
                el("span", {}, layer.text.title),
                this.button("GeoJSON", `geojson-${layer.name}`, () => this.geojson(layer), layer),
                this.button("CSV", `csv-${layer.name}`, () => this.csv(layer), layer),
              ),
            ),
          ),
        ),
      ),
    );
    this.changed();
  }

  button(title, name, click, layer) {
    const label = layer ? `${title}: ${layer.text.title}` : null;
    return el("button", { type: "button", "data-give": name, "aria-label": label, click }, title);
  }

  // The code follows the view.
  changed() {
    if (this.code) this.code.value = this.embedding();
  }

  embedding() {
    const { page } = this;
    const [address, hash] = location.href.split("#");
    const named = (hash || "").split("&").filter((part) => part.includes("="));
    const frame = el("iframe", {
      src: `${address}#${["embed", ...named].join("&")}`,
      title: page.text.title,
      width: "100%",
      height: EMBED_HIGH,
      style: "border:0",
      loading: "lazy",
      allowfullscreen: true,
    });
    // Written as markup by the browser itself; it becomes the text of a field, never of the page.
    return new XMLSerializer()
      .serializeToString(frame)
      .replace(/ xmlns="[^"]*"/, "");
  }

  async copy(text) {
    const { words } = this.page;
    const focus = /** @type {HTMLElement} */ (document.activeElement);
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without the right to the clipboard (a page opened from disk): what is selected is copied.
      const field = el("textarea", {});
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      focus.focus({ preventScroll: true });
    }
    this.said.textContent = words.copied;
  }

  // Decimals of degrees that the page's shapes are good for.
  get digits() {
    return Math.max(2, Math.ceil(-Math.log10(this.page.data.told.quantum)) + 1);
  }

  async geojson(layer) {
    const { page } = this;
    await page.detail.bring();
    const columns = page.tables.columns(layer);
    const titles = giving.apart(columns.map(({ title }) => title));
    const features = layer.data.features.map((one, i) => ({
      ...giving.feature(
        layer.shape(i),
        Object.fromEntries(columns.map(({ cell }, n) => [titles[n], raw(cell(i))])),
        this.digits,
      ),
      id: one.id,
    }));
    const collection = {
      type: "FeatureCollection",
      name: layer.name,
      title: layer.text.title,
      sources: layer.data.credit.map((n) => page.text.credits[n]).filter(Boolean).map(origin),
      detail_m: Math.round(page.detail.metres),
      features,
    };
    download(`${layer.name}.${page.lang}.geojson`, JSON.stringify(collection), "application/geo+json");
  }

  async csv(layer) {
    await this.page.detail.bring();
    const columns = this.page.tables.columns(layer);
    const shapes = layer.data.features.map((_, i) => giving.geometry(layer.shape(i), this.digits));
    const places = giving.whereabouts(shapes);
    const rows = layer.data.features.map((_, i) => [
      ...columns.map(({ cell }) => raw(cell(i))),
      ...places.map(({ cells }) => cells[i]),
    ]);
    const titles = giving.apart([...columns, ...places].map(({ title }) => title));
    download(`${layer.name}.${this.page.lang}.csv`, giving.csv(titles, rows), "text/csv");
  }

  async picture(kind) {
    const { page } = this;
    const name = `${page.data.name}.${page.lang}`;
    const views = page.compare.on ? [page, page.compare.view] : [page];
    await Promise.all([...views.map((view) => view.relief.unpacked()), page.detail.coming]);
    const drawing = drawn(page);
    const source = new XMLSerializer().serializeToString(drawing);
    if (kind === "svg") return download(`${name}.svg`, source, "image/svg+xml");
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = SHARP * Number(drawing.getAttribute("width"));
    canvas.height = SHARP * Number(drawing.getAttribute("height"));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    return download(`${name}.png`, blob);
  }
}

export const attach = (page) => (page.share = new Share(page));
