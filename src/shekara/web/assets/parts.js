// The parts of a page in the order in which they are put on it and drawn.

import * as address from "./address.js";
import * as around from "./around.js";
import * as backdrop from "./backdrop.js";
import * as beside from "./beside.js";
import * as claims from "./claims.js";
import * as compare from "./compare.js";
import * as embed from "./embed.js";
import * as evidence from "./evidence.js";
import * as globe from "./globe.js";
import * as graticule from "./graticule.js";
import * as labels from "./labels.js";
import * as legend from "./legend.js";
import * as manners from "./manners.js";
import * as measure from "./measure.js";
import * as multiples from "./multiples.js";
import * as notes from "./notes.js";
import * as panels from "./panels.js";
import * as popup from "./popup.js";
import * as readout from "./readout.js";
import * as relief from "./relief.js";
import * as search from "./search.js";
import * as share from "./share.js";
import * as story from "./story.js";
import * as tables from "./tables.js";
import * as time from "./time.js";
import * as tools from "./tools.js";

// What takes its room from the map.
export const EDGE = [globe, around, story, embed, time, compare];

// The map, and what is read with it. Names are written last: they keep clear of all else.
export const PARTS = [
  backdrop,
  relief,
  graticule,
  legend,
  search,
  tools,
  manners,
  readout,
  evidence,
  claims,
  popup,
  measure,
  labels,
  beside,
  address,
];

// What lies below the map: drawn when the map has been painted.
export const BELOW = [multiples, panels, tables, notes, share];
