// What comes after the map has been painted: the rest of the page, and the marks that say so, for
// tests and for the curious.

import { pause } from "./pause.js";

function say(name) {
  performance.mark(`shekara-${name}`);
  document.documentElement.dataset[name] = String(Math.round(performance.now()));
}

// What lies below the map, one part after the other while nothing else is to be done; at once where
// somebody does something, or prints.
async function rest(/** @type {Page} */ page) {
  const hurry = { once: true, capture: true };
  for (const event of ["pointerdown", "keydown", "beforeprint"])
    window.addEventListener(event, () => page.finish(), hurry);
  while (page.waiting.length) {
    await pause();
    page.waiting.shift()?.draw();
  }
}

function ready(/** @type {Page} */ page) {
  requestAnimationFrame(() =>
    setTimeout(async () => {
      say("ready");
      await rest(page);
      page.detail.watch();
      say("whole");
    }),
  );
}

export { ready };
