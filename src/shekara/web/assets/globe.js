// The globe's edge on a map of the whole world: the sea ends there, beyond it is paper.

import * as ground from "./ground.js";

const STEPS = 90; // places along an edge meridian

// Around the globe: up the one edge, along the pole, down the other.
function outline({ west, east }) {
  const along = (lon, from, to) =>
    Array.from({ length: STEPS + 1 }, (_, i) => new L.LatLng(from + ((to - from) * i) / STEPS, lon));
  return [...along(west, -90, 90), ...along(east, 90, -90)];
}

function attach(page) {
  const { globe } = ground;
  const [west, , east] = page.data.frame;
  if (!globe || east - west < 360) return {};
  const { map } = page;
  map.createPane("globe").style.zIndex = "190"; // below tiles and everything of ours
  map.getPane("globe").classList.add("quiet");
  map.getContainer().classList.add("whole");
  const look = { pane: "globe", interactive: false, className: "globe", weight: 0.8, fillOpacity: 1 };
  L.polygon(outline(globe), { ...look, renderer: L.svg({ pane: "globe", padding: 0.5 }) }).addTo(map);
  return {};
}

export { attach };
