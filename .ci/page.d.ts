// What the page's program leans on: Leaflet without types of its own, and the page that all parts
// share. Rows of data are written by .ci/types from src/shekara/web/contract.py.

declare const L: any;

interface Shekara {
  page?: Page;
  [module: string]: any;
}

interface Window {
  shekara: Shekara;
  L: any;
}

interface Screen {
  availLeft?: number; // beside the standard: all browsers for desks have it
}

interface Page {
  data: Payload;
  map: any;
  text: any;
  words: Record<string, string>;
  lang: string;
  year: number | null;
  until: number | null;
  layers: any[];
  [part: string]: any;
}

// Made of the data when it is first needed.
interface FeatureRow {
  shape?: { points: any[]; lines: any[][]; polygons: any[][][] };
  plane?: any;
}

// A shape with points has the key "p", one of arcs is a list and has not: asking is allowed.
interface Array<T> {
  p?: undefined;
  s?: undefined;
}
