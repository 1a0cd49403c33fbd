// What is known of one feature: attributes, and what a text, a measurement, an office say of it.

import { verdict, pairs } from "./claims.js";
import { el, link } from "./nodes.js";

function content(page, layer, i) {
  const { words } = page;
  const feature = layer.data.features[i];
  const [name, , rows] = layer.text.features[i];
  const kinds = [layer.text.title];
  if (
    feature.l !== undefined &&
    page.data.legend[feature.l] &&
    !page.data.legend[feature.l].heading
  ) {
    const title = page.text.legend[feature.l][0];
    if (title && title !== layer.text.title) kinds.push(title);
  }
  if (layer.data.schematic) kinds.push(words.schematic);
  if (layer.data.computed) kinds.push(words.computed);
  const claims = page.claims.of(layer, i).map((claim) =>
    el(
      "div",
      { class: "popup-claim" },
      verdict(claim, claim.text.verdict),
      el("p", {}, claim.text.says),
      pairs([
        [words.claimed, claim.text.claimed],
        [words.measured, claim.text.measured],
        [words.interval, claim.text.interval],
        [words.official, claim.text.official],
        [words.note, claim.text.note],
      ]),
    ),
  );
  const credits = layer.data.credit.map((n) => page.text.credits[n]).filter(Boolean);
  return el(
    "div",
    {},
    el("h2", {}, name || layer.text.title),
    el("p", { class: "kind" }, kinds.slice(name ? 0 : 1).join(" · ")),
    pairs(rows.map(([column, value]) => [layer.text.columns[column], value])),
    claims,
    credits.length
      ? el(
          "p",
          { class: "kind" },
          `${words.source}: `,
          credits.map((credit, n) => [n ? "; " : "", link(credit.url, credit.name)]).flat(),
        )
      : null,
  );
}

// The point to hang the popup on: where it was clicked, else the middle of the feature.
function anchor(page, layer, i) {
  const shape = layer.shape(i);
  if (shape.points.length) return L.latLng(shape.points[0]);
  const { a } = layer.data.features[i];
  if (a) return L.latLng(a[1], a[0]);
  if (!layer.places(i).length) return null;
  if (!shape.lines.length) return layer.bounds(i).getCenter();
  const line = shape.lines.reduce((one, other) => (other.length > one.length ? other : one));
  return L.latLng(line[Math.floor(line.length / 2)]);
}

function open(page, layer, i, latlng, from) {
  const at = latlng || anchor(page, layer, i);
  if (!at) return;
  const told = { layer, i, title: () => layer.title(i), content: () => content(page, layer, i) };
  show(page, told, at, from);
}

// Its name, and that of its button.
function called({ words }, popup) {
  const node = popup.getElement();
  node.setAttribute("aria-label", popup.shekara.title());
  node.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", words.close);
}

// A card of any content at a place; it goes when its feature does.
function show(page, told, at, from) {
  page.hovering.hide();
  const popup = L.popup({ maxWidth: 300, minWidth: 180, autoPanPadding: [20, 44] })
    .setLatLng(at)
    .setContent(told.content());
  popup.shekara = told;
  popup.on("remove", () => from?.isConnected && from.focus({ preventScroll: true }));
  popup.openOn(page.map);
  const node = popup.getElement();
  node.setAttribute("role", "dialog");
  const close = node.querySelector(".leaflet-popup-close-button");
  called(page, popup);
  // What is longer than the popup can be scrolled with the keys.
  node.querySelector(".leaflet-popup-content").setAttribute("tabindex", "0");
  // Somebody without a mouse goes on inside the popup and comes back by closing it.
  if (from) close.focus({ preventScroll: true });
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation(); // the full screen stays
      page.map.closePopup(popup);
    }
    if (event.key === " " && event.target === close) {
      event.preventDefault();
      page.map.closePopup(popup);
    }
  });
  page.popup = popup;
}

class Popups {
  constructor(/** @type {Page} */ page) {
    this.page = page;
  }

  // In the new language, or gone with its layer.
  draw() {
    const { popup, map } = this.page;
    if (!popup || !map.hasLayer(popup)) return;
    popup.setContent(popup.shekara.content());
    called(this.page, popup);
  }

  changed() {
    const { popup, map } = this.page;
    if (!popup || !map.hasLayer(popup)) return;
    const { layer, i } = popup.shekara;
    const feature = layer.data.features[i];
    if (!layer.shown || !this.page.inYear(feature) || layer.hides(feature)) map.closePopup(popup);
  }
}

export const attach = (page) => new Popups(page);
export { open, show };
