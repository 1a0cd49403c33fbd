// The atlas's first page: shows one language of the texts that stand in it, as the address says.

import * as head from "../../pagehead/assets/head.js";

const langs = head.languages();

function speak(lang) {
  head.speaks(lang);
  document.body.dataset.lang = lang;
  for (const span of document.querySelectorAll("span[lang]")) {
    span.toggleAttribute("data-on", span.getAttribute("lang") === lang);
  }
  // Maps and report open in the language of this page.
  for (const link of document.querySelectorAll("a.card, a.page")) {
    const [path, place = ""] = link.getAttribute("href").split("#");
    const kept = place.split("&").filter((part) => part && !part.startsWith("lang="));
    link.setAttribute("href", `${path}#${[...kept, `lang=${lang}`].join("&")}`);
  }
}

function asked() {
  const lang = head.address.read().named.get("lang");
  return langs.includes(lang) ? lang : (langs[0] ?? document.documentElement.lang);
}

head.listen((lang) => {
  speak(lang);
  head.address.write("", { lang });
});
head.address.watch(() => speak(asked()));
speak(asked());
