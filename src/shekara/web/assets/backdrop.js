// A raster in colour on the ground, below all that is told about: one picture in the map's projection.

import * as ground from "./ground.js";
import * as nodes from "./nodes.js";

class Backdrop {
  constructor(/** @type {Page} */ page) {
    this.shown = true;
    this.picture = ground.picture(page, "backdrop");
    this.given = this.picture !== null;
    this.set(true);
  }

  set(shown) {
    this.shown = shown;
    this.picture?.overlay.setOpacity(shown ? this.picture.data.opacity : 0);
  }
}

// The picture as an image of the view's drawing; null where there is none to be seen.
function drawn({ picture, shown }) {
  if (!picture || !shown) return null;
  const [from, to] = picture.corners();
  return nodes.svg("image", {
    id: "backdrop",
    href: picture.data.image,
    x: from.x,
    y: from.y,
    width: to.x - from.x,
    height: to.y - from.y,
    opacity: picture.data.opacity,
    preserveAspectRatio: "none",
  });
}

export const attach = (page) => (page.backdrop = new Backdrop(page));
export { drawn };
