// The map's claims with their verdicts; choosing one shows what was measured.

import { el, replace } from "./nodes.js";
import * as notes from "./notes.js";

// The verdict of a claim: a sign beside the colour, so that none is told by colour alone.
function verdict({ sign, kind }, text) {
  return el(
    "span",
    { class: `verdict ${kind}` },
    el("b", { "aria-hidden": "true" }, el("i", {}, sign)),
    text,
  );
}

// Pairs of name and value, without those that say nothing.
function pairs(rows) {
  const said = rows.filter(([, value]) => value);
  return said.length
    ? el(
        "dl",
        {},
        said.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]),
      )
    : null;
}

class Claims {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.node = document.getElementById("claims");
    this.chosen = null;
  }

  // The claims that were measured on a feature.
  of(layer, i) {
    const { id } = layer.data.features[i];
    return this.page.data.claims
      .map((claim, n) => ({ ...claim, text: this.page.text.claims[n] }))
      .filter((claim) =>
        claim.features.length
          ? claim.features.includes(id)
          : claim.layer === layer.name && layer.data.features.length === 1,
      );
  }

  draw() {
    const { words, data, text } = this.page;
    this.node.hidden = !data.claims.length;
    if (this.node.hidden) return;
    replace(
      this.node,
      el("h2", {}, words.claims),
      el("p", { class: "kind" }, words.claims_help),
      el(
        "ol",
        {},
        data.claims.map((claim, n) => this.row(claim, text.claims[n])),
      ),
      this.scale(),
    );
  }

  // What each verdict on this map means.
  scale() {
    const { words, text } = this.page;
    this.meanings = el(
      "details",
      { class: "verdicts", open: Boolean(this.meanings?.open) },
      el("summary", {}, words.scale_of_verdicts),
      el(
        "dl",
        {},
        text.scale.map(([sign, kind, word, how]) => [
          el("dt", {}, verdict({ sign, kind }, word)),
          el("dd", {}, how),
        ]),
      ),
    );
    return this.meanings;
  }

  row(claim, text) {
    const { words } = this.page;
    return el(
      "li",
      { "data-claim": claim.id },
      el(
        "button",
        {
          type: "button",
          class: "claim",
          "aria-pressed": String(this.chosen === claim.id),
          click: () => this.choose(claim),
        },
        verdict(claim, text.verdict),
        " ",
        el("span", { class: "says" }, text.says),
      ),
      pairs([
        [words.claimed, text.claimed],
        [words.measured, text.measured],
        [words.interval, text.interval],
        [words.official, text.official],
        [words.note, text.note],
        [words.basis, text.basis],
      ]),
      text.reason ? el("p", { class: "reason" }, text.reason) : null,
      el(
        "p",
        { class: "reason origin" },
        [
          [words.said_in, text.text],
          [words.method, text.method],
        ]
          .filter(([, value]) => value)
          .map(([name, value]) => `${name}: ${value}. `)
          .join(""),
        text.cites.length ? [`${words.source}: `, this.cited(text.cites)] : "",
      ),
      this.links(claim),
    );
  }

  links(claim) {
    const address = this.page.around?.entry(claim);
    if (!address) return null;
    return el("p", { class: "claim-links" }, el("a", { href: address }, this.page.words.in_report));
  }

  // The sources of a claim: each leads to its line in the list of sources.
  cited(sources) {
    return sources.map(([key, name], n) => [
      n ? "; " : "",
      key
        ? el("a", { href: `#${notes.anchor(key)}`, click: (event) => notes.lead(event, key) }, name)
        : name,
    ]);
  }

  choose(claim, fly = true) {
    const { page } = this;
    page.map.closePopup();
    this.chosen = this.chosen === claim?.id ? null : (claim?.id ?? null);
    if (this.chosen) page.evidence.show(claim, this.targets(claim), fly);
    else page.evidence.clear();
    for (const button of this.node.querySelectorAll(".claim")) {
      const on = button.closest("li").dataset.claim === this.chosen;
      button.setAttribute("aria-pressed", String(on));
    }
    page.changed("claim");
    if (this.chosen && window.innerWidth <= 900)
      document.getElementById("plate").scrollIntoView({ block: "start" });
  }

  // The claim that an address names, if this map has it.
  open(id, fly = true) {
    const claim = this.page.data.claims.find((one) => one.id === id);
    if (claim && this.chosen !== id) this.choose(claim, fly);
  }

  // What was measured; where the claim names no features, all of its layer.
  targets(claim) {
    const { page } = this;
    const named = claim.features.map((id) => page.find(id)).filter(Boolean);
    if (named.length || claim.features.length) return named;
    const layer = page.layers.find((one) => one.name === claim.layer);
    return layer ? layer.data.features.map((_, i) => ({ layer, i })) : [];
  }
}

export const attach = (page) => (page.claims = new Claims(page));
export { verdict, pairs };
