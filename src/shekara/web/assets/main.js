// Where the program of a map's page begins.

import { readArcs, unzip, unzipJson } from "./arcs.js";
import { drawing } from "./drawing.js";
import * as ground from "./ground.js";
import * as nodes from "./nodes.js";
import { Page } from "./page.js";

// Called by the script that folium writes after it has made the map.
async function open(map) {
  const data = await unzipJson("scene");
  const arcs = readArcs(await unzip("arcs"), data.quantum);
  window.shekara.page = new Page(map, data, {}, arcs);
  await window.shekara.page.start();
}

// All that others see: the page, and what tests ask about it.
window.shekara = { open, drawing, ground, nodes };
