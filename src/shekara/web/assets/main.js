// Where the program of a map's page begins.

import { opening } from "./detail.js";
import { drawing } from "./drawing.js";
import * as ground from "./ground.js";
import * as nodes from "./nodes.js";
import { Page } from "./page.js";
import * as signs from "./signs.js";
import { unzipJson } from "./zipped.js";

// Called by the script that folium writes after it has made the map.
async function open(map) {
  signs.letters(); // are read while the rest is unpacked
  const [data, rows] = await Promise.all([unzipJson("scene"), opening()]);
  window.shekara.page = new Page(map, data, {}, rows);
  await window.shekara.page.start();
}

// All that others see: the page, and what tests ask about it.
window.shekara = { open, drawing, ground, nodes };
