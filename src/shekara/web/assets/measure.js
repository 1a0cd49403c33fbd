// Measuring on the ellipsoid: points by click or key, geodesics between them, length and area.

import * as ellipsoid from "./ellipsoid.js";
import { el, replace, lengthText, areaText } from "./nodes.js";

class Measure {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    const { map } = page;
    map.createPane("measure").style.zIndex = "590";
    this.group = L.layerGroup().addTo(map);
    this.renderer = L.svg({ pane: "measure", padding: 0.5 });
    this.points = []; // [lon, lat]
    this.panel = el("div", { class: "measured", "aria-live": "polite" });
    this.panel.hidden = true;
    this.cross = el("div", { class: "cross", "aria-hidden": "true" });
    this.cross.hidden = true;
    map.getContainer().append(this.cross);
    const control = L.control({ position: "bottomright" });
    control.onAdd = () => this.panel;
    control.addTo(map);
    L.DomEvent.disableClickPropagation(this.panel);
    map.on("click", (event) => this.page.measuring && this.add(event.latlng));
    map.getContainer().addEventListener("keydown", (event) => this.key(event), true);
  }

  draw() {
    this.write();
  }

  toggle() {
    const { page } = this;
    page.measuring = !page.measuring;
    page.tools.buttons.measure.setAttribute("aria-pressed", String(page.measuring));
    const container = page.map.getContainer();
    container.classList.toggle("measuring", page.measuring);
    page.map.closePopup();
    page.map.doubleClickZoom[page.measuring ? "disable" : "enable"]();
    this.points = [];
    this.panel.hidden = !page.measuring;
    this.cross.hidden = true;
    if (page.measuring) container.focus({ preventScroll: true });
    this.write();
  }

  add(latlng) {
    const point = [latlng.lng, latlng.lat];
    const last = this.points.at(-1);
    // The second click of a double click is the same point once more.
    if (last && last[0] === point[0] && last[1] === point[1]) return;
    this.points.push(point);
    this.write();
  }

  key(event) {
    if (!this.page.measuring || event.target.closest("input")) return;
    const onMap = event.target === this.page.map.getContainer();
    if (event.key === "Escape") this.toggle();
    else if (event.key === "Backspace" && onMap) {
      this.points.pop();
      this.write();
    } else if ((event.key === " " || event.key === "Enter") && onMap)
      this.add(this.page.map.getCenter());
    else {
      if (event.key.startsWith("Arrow")) this.cross.hidden = false;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  write() {
    const { page, points } = this;
    this.group.clearLayers();
    if (!page.measuring) return;
    const { words } = page;
    const { numbers } = page.text;
    const base = { pane: "measure", renderer: this.renderer, interactive: false };
    const line = [];
    for (let i = 1; i < points.length; i++)
      line.push(...ellipsoid.path(points[i - 1], points[i]));
    const closing = points.length > 2 ? ellipsoid.path(points.at(-1), points[0]) : [];
    const flip = (list) => list.map(([lon, lat]) => [lat, lon]);
    if (closing.length) {
      L.polygon(flip([...line, ...closing]), {
        ...base,
        stroke: false,
        className: "measure-area",
      }).addTo(this.group);
      L.polyline(flip(closing), { ...base, className: "measure-closing", weight: 1.5 }).addTo(
        this.group,
      );
    }
    if (line.length)
      L.polyline(flip(line), { ...base, className: "measure-line", weight: 2.5 }).addTo(
        this.group,
      );
    for (const [lon, lat] of points) {
      L.circleMarker([lat, lon], {
        ...base,
        className: "measure-point",
        radius: 4,
        weight: 2,
      }).addTo(this.group);
    }
    const length = ellipsoid.length(points);
    const area = points.length > 2 ? ellipsoid.area(points) : null;
    this.panel.dataset.metres = String(length);
    this.panel.dataset.squareMetres = area === null ? "" : String(area);
    replace(
      this.panel,
      points.length > 1
        ? el("p", {}, `${words.length}: `, el("strong", {}, lengthText(length, numbers)))
        : "",
      area === null
        ? ""
        : el("p", {}, `${words.area}: `, el("strong", {}, areaText(area, numbers))),
      el("p", { class: "kind" }, words.measure_help),
    );
  }
}

export const attach = (page) => (page.measure = new Measure(page));
