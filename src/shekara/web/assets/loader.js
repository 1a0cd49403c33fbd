// The first script of a page: unpacks the others, which the policy of the page names by their
// hashes as they are run, and runs them in their order.

import { unzipText } from "./zipped.js";

async function load() {
  for (const packed of document.querySelectorAll("script.program")) {
    const script = document.createElement("script");
    script.text = await unzipText(packed.id);
    document.body.append(script);
  }
}

// Who can't unpack them reads what readers without programs do.
load().catch(() => {
  document.getElementById("plain").hidden = false;
});
