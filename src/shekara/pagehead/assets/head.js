// The head of every page: the switch of languages, and the address that keeps what is shown:
// #place&key=value&key=value,value

/** @returns {HTMLButtonElement[]} */
const buttons = () => Array.from(document.querySelectorAll("#languages [data-lang]"));
let written = null; // the hash that this page wrote last

// The languages that the reader can choose; none where the page has one alone.
function languages() {
  return buttons().map((button) => button.dataset.lang);
}

// The page is in this language now: so say its title and the switch.
function speaks(lang) {
  document.documentElement.lang = lang;
  for (const button of buttons()) {
    const pressed = button.dataset.lang === lang;
    button.setAttribute("aria-pressed", String(pressed));
    if (!pressed) continue;
    document.documentElement.dir = button.dataset.direction;
    document.title = button.dataset.title;
    button.parentElement.setAttribute("aria-label", button.dataset.label);
    button.parentElement.hidden = false;
  }
}

// Calls speak(lang) when another language is chosen; the focus stays with the switch, also where
// the page put another one in its place.
function listen(speak) {
  document.addEventListener("click", async (event) => {
    /** @type {HTMLElement} */
    const button = /** @type {Element} */ (event.target).closest?.("#languages [data-lang]");
    if (!button || button.getAttribute("aria-pressed") === "true") return;
    await speak(button.dataset.lang);
    buttons().find((other) => other.getAttribute("aria-pressed") === "true")?.focus();
  });
}

// What the address says: a place in the page, and values by their names.
function read() {
  const tokens = location.hash.slice(1).split("&").filter(Boolean);
  const named = tokens.filter((token) => token.includes("="));
  return {
    place: decode(tokens.find((token) => !token.includes("=")) || ""),
    named: new URLSearchParams(named.join("&")),
  };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

// Keeps a place and named values in the address; what is empty is left out.
function write(place, named) {
  const parts = place ? [encodeURIComponent(place)] : [];
  for (const [key, value] of Object.entries(named)) {
    if (value === "" || value === null || value === undefined) continue;
    parts.push(`${key}=${encodeURIComponent(value).replaceAll("%2C", ",")}`);
  }
  written = `#${parts.join("&")}`;
  // A notebook shows the page without an address of its own: nothing to keep there.
  if (location.protocol !== "about:") history.replaceState(null, "", written);
}

// Calls follow() when somebody typed or followed another address of this page; changed(), where
// it is given, also on the way back to the address that the page itself wrote.
function watch(follow, changed) {
  window.addEventListener("hashchange", () => {
    changed?.();
    if (location.hash !== written) follow();
  });
}

export const address = { read, write, watch };
export { languages, speaks, listen };
