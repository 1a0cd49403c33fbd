// What the page's program leans on: Leaflet without types of its own, and the page that all parts
// share. Rows of data are written by .ci/types from src/shekara/web/contract.py.

declare const L: any;

interface Shekara {
  page?: Page;
  [name: string]: any;
}

interface Window {
  shekara: Shekara;
  L: any;
}

interface Screen {
  availLeft?: number; // beside the standard: all browsers for desks have it
}

// The page as main.js makes it.
type Page = import("../src/shekara/web/assets/page.js").Page;

// What a module's attach() puts on the page.
type Part<M extends { attach: (page: any) => any }> = ReturnType<M["attach"]>;

// Made of the data when it is first needed.
interface FeatureRow {
  shape?: { points: any[]; lines: any[][]; polygons: any[][][] };
  planes?: Map<string, any>;
}

// A shape with points has the key "p", one of arcs is a list and has not: asking is allowed.
interface Array<T> {
  p?: undefined;
  s?: undefined;
}
