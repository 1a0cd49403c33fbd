// The atlas's first page: shows one language of the texts that stand in it, as the address says.
"use strict";

(function () {
  const buttons = [...document.querySelectorAll("[data-lang]")];
  const langs = buttons.map((button) => button.dataset.lang);

  function speak(lang) {
    document.documentElement.lang = lang;
    document.body.dataset.lang = lang;
    for (const span of document.querySelectorAll("span[lang]")) {
      span.toggleAttribute("data-on", span.lang === lang);
    }
    for (const button of buttons) {
      const on = button.dataset.lang === lang;
      button.setAttribute("aria-pressed", String(on));
      if (!on) continue;
      document.title = button.dataset.title;
      document.getElementById("languages").setAttribute("aria-label", button.dataset.label);
    }
    // Maps open in the language of this page.
    for (const link of document.querySelectorAll("a.card")) {
      link.setAttribute("href", `${link.getAttribute("href").split("#")[0]}#lang=${lang}`);
    }
  }

  function asked() {
    const lang = new URLSearchParams(location.hash.slice(1)).get("lang");
    return langs.includes(lang) ? lang : (langs[0] ?? document.documentElement.lang);
  }

  for (const button of buttons) {
    button.addEventListener("click", () => {
      speak(button.dataset.lang);
      history.replaceState(null, "", `#lang=${button.dataset.lang}`);
    });
  }
  window.addEventListener("hashchange", () => speak(asked()));
  speak(asked());
})();
