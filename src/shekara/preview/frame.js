// The frame of a preview: it listens for news, shows faults, and reloads the map when it changed.
"use strict";

(function () {
  const at = (id) => document.getElementById(id);
  const page = at("page");
  let shown = 0;

  // Options of a menu, with the chosen one kept where it is still there.
  function offer(menu, entries) {
    const chosen = menu.value;
    menu.replaceChildren(...entries.map(([value, text]) => new Option(text, value)));
    if (entries.some(([value]) => value === chosen)) menu.value = chosen;
  }

  function load() {
    if (!at("map").value) return;
    let place = "";
    try {
      place = page.contentWindow.location.hash; // the part of the map that is looked at
    } catch {
      place = "";
    }
    const query = `lang=${encodeURIComponent(at("lang").value)}&v=${shown}`;
    page.contentWindow.location.replace(
      `/maps/${encodeURIComponent(at("map").value)}?${query}${place}`,
    );
  }

  function tell(state) {
    at("faults").replaceChildren(
      ...state.faults.map((text) => {
        const item = document.createElement("li");
        item.textContent = text;
        return item;
      }),
    );
    at("faults").hidden = state.faults.length === 0;
    at("state").textContent = state.faults.length
      ? state.version
        ? "The last good map; the files have faults"
        : "The files have faults"
      : "Fresh";
    if (state.version !== shown) {
      shown = state.version;
      offer(at("map"), state.maps.map((map) => [map.name, map.title]));
      offer(at("lang"), state.languages.map((lang) => [lang, lang]));
      load();
    }
    document.documentElement.dataset.number = state.number;
  }

  const news = new EventSource("/news");
  news.onmessage = (event) => tell(JSON.parse(event.data));
  news.onerror = () => {
    at("state").textContent = "The preview has stopped";
  };
  at("map").onchange = load;
  at("lang").onchange = load;
  page.onload = () => {
    page.dataset.version = new URLSearchParams(page.contentWindow.location.search).get("v") ?? "";
  };
})();
