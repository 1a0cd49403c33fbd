// The parts of a page in the order in which they are put on it.

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

export const PARTS = [
  globe,
  backdrop,
  relief,
  graticule,
  labels,
  legend,
  search,
  tools,
  manners,
  readout,
  evidence,
  claims,
  popup,
  measure,
  time,
  compare,
  multiples,
  panels,
  tables,
  notes,
  story,
  beside,
  around,
  address,
  embed,
  share,
];
