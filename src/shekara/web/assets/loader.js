// The first script of a page: unpacks the others, which the policy of the page names by their
// hashes as they are run, and runs them in their order.

import { unzipText } from "./zipped.js";

async function load() {
  for (const node of document.querySelectorAll(".unrun")) node.remove(); // it does run
  // A page that a browser saved holds the map as it was drawn, which is drawn anew.
  for (const map of document.querySelectorAll(".folium-map")) map.replaceChildren();
  for (const name of ["ready", "whole"]) delete document.documentElement.dataset[name];
  const programs = [...document.querySelectorAll("script.program")].map(({ id }) => unzipText(id));
  for (const program of programs) {
    const script = document.createElement("script");
    script.text = await program;
    document.body.append(script);
    script.remove(); // it has run: what a browser saves holds the program once
  }
}

// Where a page runs already it is not begun again. Who can't unpack it reads that it is damaged.
if (!window.shekara?.page)
  load().catch(() => {
    document.getElementById("plain").hidden = false;
  });
