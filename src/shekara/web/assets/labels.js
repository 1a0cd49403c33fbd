// Names on the map: the important first, none over another.
"use strict";

(function (S) {
  const LARGEST = 16; // pixels, rank 1
  const SMALLEST = 11;
  const APART = 5;
  const MOST = 300; // names at once: more cannot be read
  const CLAIMED = 25; // features of a claim that are named although nothing else names them

  class Labels {
    constructor(page) {
      this.page = page;
      this.pane = page.map.createPane("labels");
      this.pane.style.zIndex = "580";
      this.pane.setAttribute("aria-hidden", "true"); // the paths carry the names
      page.map.on("zoomend moveend viewreset", () => this.draw());
    }

    changed() {
      this.draw();
    }

    // Labels of everything shown, most important first.
    wanted() {
      const { page } = this;
      const list = [];
      // What a chosen claim measured has its name, whatever else has none.
      const claimed = new Set(page.highlight.ids.length <= CLAIMED ? page.highlight.ids : []);
      for (const layer of page.layers) {
        if (!layer.shown) continue;
        layer.data.features.forEach((feature, i) => {
          if (!feature.a || !page.inYear(feature) || layer.hides(feature)) return;
          const [name, label] = layer.text.features[i];
          const mine = claimed.has(feature.id);
          const text = label || (mine || layer.data.basemap ? name : "");
          if (!text) return;
          // Large neighbours without a label of their own come last.
          const rank = mine ? Math.min(3, feature.r ?? 3) : label ? (feature.r ?? 5) : 6;
          list.push({ layer, feature, i, text, rank, mine });
        });
      }
      return list.sort((one, other) => other.mine - one.mine || one.rank - other.rank);
    }

    draw() {
      const { page } = this;
      const { map } = page;
      if (!page.layers) return;
      // Coming nearer lets less important names in.
      const least = 6 + 2 * (map.getZoom() - page.fitZoom);
      const seen = map.getSize();
      const taken = [];
      const nodes = [];
      // What a chosen claim measured is written first.
      for (const { at, text } of page.evidence?.labels() ?? []) {
        const point = map.latLngToLayerPoint(at);
        const [wide, high] = [this.width(text, 14) + 6, 17];
        const [x, y] = [point.x + 8, point.y - high / 2];
        taken.push([x - APART, y - APART, x + wide + APART, y + high + APART]);
        const node = S.nodes.el("span", { class: "label measure" }, text);
        node.style.fontSize = "14px";
        L.DomUtil.setPosition(node, L.point(x, y).round());
        nodes.push(node);
      }
      const written = new Set();
      for (const { layer, feature, i, text, rank, mine } of this.wanted()) {
        if (nodes.length >= MOST) break;
        // A country of the background may stand in two layers: it has one name.
        if (layer.data.basemap && written.has(text)) continue;
        const at = [feature.a[1], feature.a[0]];
        if (rank > least || !S.ground.inWindow(map, at, 40)) continue;
        const point = map.latLngToLayerPoint(at);
        const corner = map.containerPointToLayerPoint([0, 0]);
        const style = page.data.styles[feature.s];
        const area = layer.data.kind === "polygon";
        // The background speaks softly.
        const size =
          feature.z ??
          Math.max(SMALLEST, (layer.data.basemap ? 13.5 : LARGEST) - (rank - 1) * 1.1);
        const wide = this.width(text, size) * (area ? 1.08 : 1);
        const high = size * 1.2;
        if (layer.data.basemap && area && rank > 1 && !mine && this.extentOf(layer, i) < wide * 0.7)
          continue;
        const place = this.places(layer.data.kind, style.size, wide, high, feature.w)
          .map(([dx, dy]) => [point.x + dx, point.y + dy])
          .filter(
            ([x, y]) =>
              x > corner.x + 2 &&
              y > corner.y &&
              x + wide < corner.x + seen.x - 2 &&
              y + high < corner.y + seen.y,
          )
          .find(
            ([x, y]) =>
              !taken.some(
                (box) => x < box[2] && x + wide > box[0] && y < box[3] && y + high > box[1],
              ),
          );
        if (!place) continue;
        taken.push([
          place[0] - APART,
          place[1] - APART / 2,
          place[0] + wide + APART,
          place[1] + high + APART / 2,
        ]);
        const node = S.nodes.el("span", { class: area ? "label area" : "label" }, text);
        node.style.font = `${rank <= 2 && !layer.data.basemap ? 600 : 500} ${size.toFixed(1)}px/1.2 var(--sans)`;
        node.style.color = S.signs.ink(style);
        L.DomUtil.setPosition(node, L.point(place[0], place[1]).round());
        nodes.push(node);
        written.add(text);
      }
      this.pane.replaceChildren(...nodes);
    }

    // Larger side of a shape in pixels: a name wider than its lake waits for the next zoom.
    extentOf(layer, i) {
      layer.reach ??= new Map();
      if (!layer.reach.has(i)) layer.reach.set(i, layer.bounds(i));
      const bounds = layer.reach.get(i);
      const { map } = this.page;
      const size = map
        .latLngToLayerPoint(bounds.getSouthEast())
        .subtract(map.latLngToLayerPoint(bounds.getNorthWest()));
      return Math.max(size.x, size.y);
    }

    // Offsets of the label's upper left corner, best first.
    // What the author wishes for (steps east and north of a point) comes first.
    places(kind, size, wide, high, wished = []) {
      if (kind === "polygon") return [[-wide / 2, -high / 2]];
      if (kind === "line")
        return [
          [-wide / 2, -high - 4],
          [-wide / 2, 4],
          [6, -high / 2],
        ];
      const usual = [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ];
      return [...wished, ...usual].map(([east, north]) => {
        const off = (size / 2 + 3) * (east && north ? 0.75 : 1);
        return [
          east > 0 ? off : east < 0 ? -off - wide : -wide / 2,
          north > 0 ? -off - high : north < 0 ? off : -high / 2,
        ];
      });
    }

    width(text, size) {
      this.pen ??= document.createElement("canvas").getContext("2d");
      this.pen.font = `600 ${size}px "Atlas Text", system-ui, sans-serif`;
      return this.pen.measureText(text).width + 2;
    }
  }

  S.labels = { attach: (page) => new Labels(page) };
})((window.shekara = window.shekara || {}));
