// What lies around the page in its site: the first page, the maps before and after, sheet, report.

import * as beside from "./beside.js";
import { arrows, el, replace } from "./nodes.js";

class Around {
  constructor(/** @type {Page} */ page) {
    this.page = page;
    this.node = document.getElementById("around");
    this.given = page.data.around;
  }

  // A page beside this one, in the same language.
  address(path, place = "") {
    return path && `${path}#${place ? `${place}&` : ""}lang=${this.page.lang}`;
  }

  draw() {
    const { page, given } = this;
    const { words, text } = page;
    const atlas = document.getElementById("atlas");
    const logo = document.getElementById("logo");
    logo?.setAttribute("alt", text.sign);
    const { index, before, after, report, sheets } = given;
    replace(
      atlas,
      index ? el("a", { href: this.address(index) }, text.atlas || words.all_maps) : text.atlas,
    );
    const [back, on] = arrows();
    const sheet = sheets[page.lang];
    const links = [
      before && el("a", { href: this.address(before), rel: "prev" }, `${back} ${text.around.before}`),
      after && el("a", { href: this.address(after), rel: "next" }, `${text.around.after} ${on}`),
      sheet && el("a", { href: sheet, type: "application/pdf" }, `${words.sheet} (PDF)`),
      report && el("a", { href: this.address(report) }, words.report_file),
      beside.choice(page),
    ].filter(Boolean);
    this.node.hidden = !links.length;
    this.node.setAttribute("aria-label", words.around);
    replace(this.node, links);
  }

  // The claim in the report, where the site has one.
  entry(claim) {
    const { report } = this.given;
    return report ? this.address(report, `claim-${encodeURIComponent(claim.id)}`) : "";
  }
}

export const attach = (page) => (page.around = new Around(page));
