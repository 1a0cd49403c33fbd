// The report: language, order, filters and the open claims, kept in the address.
//   #claim-ID&lang=ru&verdict=fails,holds&layer=NAME&kind=NAME&origin=text&q=TEXT&sort=KEY,desc

import * as head from "../../pagehead/assets/head.js";

const holder = document.getElementById("edition");
const VERDICTS = holder.dataset.verdicts.split(" "); // in their order
const SORTS = ["text", "layer", "kind", "statement", "claimed", "measured", "difference", "verdict"];
const state = { claim: "", lang: holder.dataset.lang, verdicts: new Set(), layer: "", kind: "", origin: "", q: "", sort: "", desc: false };
const opened = new Set();
let claims = [];

// Every edition is kept as a fragment while another is shown.
const editions = new Map([[holder.dataset.lang, { content: null }]]);
for (const waiting of document.querySelectorAll("template")) {
  if (!waiting.dataset.lang) continue;
  editions.set(waiting.dataset.lang, { content: waiting.content });
}

const one = (selector) => holder.querySelector(selector);
const all = (selector) => [...holder.querySelectorAll(selector)];
const fold = (text) => text.toLocaleLowerCase(state.lang).normalize("NFC").replace(/[\s\u00a0\u202f]+/g, " ");

function read() {
  const { place, named: given } = head.address.read();
  const known = (name) => holder.querySelector(`[name=${name}]`)
    && [...one(`[name=${name}]`).options].some((option) => option.value === given.get(name)) ? given.get(name) : "";
  if (editions.has(given.get("lang"))) state.lang = given.get("lang");
  state.claim = place.startsWith("claim-") ? place.slice(6) : given.get("claim") || "";
  state.verdicts = new Set((given.get("verdict") || "").split(",").filter((v) => VERDICTS.includes(v)));
  state.layer = known("layer");
  state.kind = known("kind");
  state.origin = known("origin");
  state.q = given.get("q") || "";
  const [sort, direction] = (given.get("sort") || "").split(",");
  state.sort = SORTS.includes(sort) ? sort : "";
  state.desc = direction === "desc";
}

function write() {
  head.address.write(state.claim && `claim-${state.claim}`, {
    lang: state.lang,
    verdict: VERDICTS.filter((v) => state.verdicts.has(v)).join(","),
    layer: state.layer,
    kind: state.kind,
    origin: state.origin,
    q: state.q,
    sort: state.sort && state.sort + (state.desc ? ",desc" : ""),
  });
}

// Put the edition of the state's language into the page.
function show() {
  const next = editions.get(state.lang);
  if (next.content) {
    const old = editions.get(holder.dataset.lang);
    old.content = document.createDocumentFragment();
    old.content.append(...holder.childNodes);
    holder.append(next.content);
    next.content = null;
    holder.dataset.lang = state.lang;
  }
  head.speaks(state.lang);
  claims = all("tbody.claim");
  if (!holder.dataset[`ready${[...editions.keys()].indexOf(state.lang)}`]) prepare();
  arrange();
}

// Once for every edition: what only a program can do.
function prepare() {
  holder.dataset[`ready${[...editions.keys()].indexOf(state.lang)}`] = "";
  const tools = one(".tools");
  if (!tools) return;
  one(".skip").addEventListener("click", (event) => {
    event.preventDefault(); // the address is the state's
    one(".claims").focus();
  });
  tools.hidden = false;
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("input", (event) => {
    const { name, value } = event.target;
    if (name === "sort") { state.sort = value; state.desc = false; } else state[name] = value;
    changed();
  });
  tools.addEventListener("reset", (event) => {
    event.preventDefault();
    Object.assign(state, { verdicts: new Set(), layer: "", kind: "", origin: "", q: "" });
    changed();
    tools.elements.q.focus();
  });
  one(".all").addEventListener("click", () => {
    const some = claims.some((claim) => !opened.has(claim.id));
    for (const claim of claims) some ? opened.add(claim.id) : opened.delete(claim.id);
    arrange();
  });
  one(".all").dataset.open = one(".all").textContent;
  for (const count of all(".count")) {
    count.addEventListener("click", () => {
      const { verdict } = count.dataset;
      if (!state.verdicts.delete(verdict)) state.verdicts.add(verdict);
      // The counts are those of the text: what they choose are its statements.
      if (tools.elements.origin) state.origin = state.verdicts.size ? "text" : "";
      changed();
    });
  }
  for (const heading of all("[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => turn(heading.dataset.sort));
  }
  claims.forEach((claim, place) => {
    claim.dataset.place = place;
    const says = claim.querySelector(".says");
    says.addEventListener("click", () => {
      if (!opened.delete(claim.id)) opened.add(claim.id);
      arrange();
    });
    claim.querySelector(".permalink a").addEventListener("click", (event) => {
      event.preventDefault();
      state.claim = claim.id.slice(6);
      write();
      go();
    });
  });
}

// Up, down, and back to the order of the atlas.
function turn(sort) {
  if (state.sort !== sort) Object.assign(state, { sort, desc: false });
  else if (!state.desc) state.desc = true;
  else Object.assign(state, { sort: "", desc: false });
  changed();
}

function changed() {
  state.claim = "";
  arrange();
  write();
}

function wanted(claim, words) {
  const { verdict, layer, kind, origin } = claim.dataset;
  if (state.verdicts.size && !state.verdicts.has(verdict)) return false;
  if (state.origin && origin !== state.origin) return false;
  if ((state.layer && layer !== state.layer) || (state.kind && kind !== state.kind)) return false;
  if (!words.length) return true;
  const text = fold(`${claim.textContent} ${claim.id}`);
  return words.every((word) => text.includes(word));
}

function sorted() {
  const collator = new Intl.Collator(state.lang, { numeric: true });
  const place = (claim) => Number(claim.dataset.place);
  const number = (name) => (claim) => (claim.dataset[name] === undefined ? null : Number(claim.dataset[name]));
  const option = (name) => (claim) =>
    [...one(`[name=${name}]`).options].find((item) => item.value === claim.dataset[name]).textContent;
  const keys = {
    "": place,
    statement: (claim) => claim.querySelector(".says").textContent,
    text: (claim) => claim.dataset.text || null,
    layer: option("layer"),
    kind: option("kind"),
    verdict: (claim) => VERDICTS.indexOf(claim.dataset.verdict),
    claimed: number("claimed"),
    measured: number("measured"),
    difference: number("difference"),
  };
  const key = keys[state.sort];
  const sign = state.desc ? -1 : 1;
  // Kilometres and percent are not compared: numbers are sorted within their unit.
  const unit = (claim) => (["claimed", "measured"].includes(state.sort) ? claim.dataset.unit || "" : "");
  return [...claims].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    // What has no value stands last in both directions.
    if (x === null || y === null) return Number(x === null) - Number(y === null) || place(a) - place(b);
    const order = typeof x === "string" ? collator.compare(x, y) : x - y;
    return collator.compare(unit(a), unit(b)) || sign * order || place(a) - place(b);
  });
}

function arrange() {
  const tools = one(".tools");
  if (!tools) return;
  for (const name of ["q", "layer", "kind", "origin", "sort"]) {
    if (tools.elements[name] && tools.elements[name].value !== state[name]) tools.elements[name].value = state[name];
  }
  const words = fold(state.q).split(" ").filter(Boolean);
  let count = 0;
  for (const claim of claims) {
    const fits = wanted(claim, words);
    claim.hidden = !fits;
    count += fits;
    claim.classList.toggle("chosen", claim.id === `claim-${state.claim}`);
    const open = opened.has(claim.id);
    claim.querySelector(".says").setAttribute("aria-expanded", String(open));
    claim.querySelector(".more").hidden = !open;
  }
  const order = sorted();
  if (order.some((claim, i) => claim !== claims[i])) {
    const focus = /** @type {HTMLElement} */ (document.activeElement);
    one(".claims").append(...order);
    if (focus !== document.activeElement) focus.focus();
    claims = order;
  }
  const output = tools.querySelector("output");
  const said = output.dataset.say.replace("{count}", count).replace("{total}", claims.length);
  if (output.textContent !== said) output.textContent = said;
  one(".none").hidden = count > 0;
  one(".claims").hidden = count === 0;
  tools.querySelector("[type=reset]").disabled = !(state.verdicts.size || state.layer || state.kind || state.origin || state.q);
  const button = one(".all");
  button.textContent = claims.every((claim) => opened.has(claim.id)) ? button.dataset.close : button.dataset.open;
  for (const item of all(".count")) item.setAttribute("aria-pressed", String(state.verdicts.has(item.dataset.verdict)));
  for (const heading of all("[data-sort]")) {
    if (heading.dataset.sort === state.sort) heading.setAttribute("aria-sort", state.desc ? "descending" : "ascending");
    else heading.removeAttribute("aria-sort");
  }
}

// Open the claim that the address names, even if a filter hides it.
function go() {
  const claim = state.claim && document.getElementById(`claim-${state.claim}`);
  if (!claim) return;
  opened.add(claim.id);
  arrange();
  if (claim.hidden) {
    Object.assign(state, { verdicts: new Set(), layer: "", kind: "", origin: "", q: "" });
    arrange();
  }
  claim.scrollIntoView({ block: "start" });
  const says = /** @type {HTMLElement} */ (claim.querySelector(".says"));
  says.focus({ preventScroll: true });
}

function follow() {
  // A link inside the page, such as one to a source, says nothing of filters and order.
  if (!location.hash.includes("=") && !location.hash.startsWith("#claim-")) return;
  read();
  show();
  go();
}

head.listen((lang) => {
  state.lang = lang;
  show();
  write();
});
head.address.watch(follow);
read();
show();
go();
document.documentElement.dataset.ready = "";
document.documentElement.dataset.whole = ""; // as a map's page says it: nothing comes later
