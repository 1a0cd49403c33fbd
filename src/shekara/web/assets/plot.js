// Where the bars and lines of a chart stand: arithmetic that needs no page.

const THICKEST = { lying: 18, standing: 46 }; // pixels, of a bar

// What the bars of each place reach together, those above zero and those below it.
function sums(series, categories) {
  return categories.flatMap((place) => {
    const all = series.map(({ x, y }) => y[x.indexOf(place)] ?? 0);
    const sum = (/** @type {number[]} */ values) => values.reduce((a, b) => a + b, 0);
    return [sum(all.filter((y) => y > 0)), sum(all.filter((y) => y < 0))];
  });
}

// Names by what their bars reach, the highest first; what nobody knows last.
function ranked(categories, series) {
  const reached = (place) =>
    Math.max(...series.map(({ x, y }) => y[x.indexOf(place)] ?? -Infinity));
  // Two that nobody knows keep their order.
  return [...categories].sort((one, other) => reached(other) - reached(one) || 0);
}

// Decimals that values have, and no more than give the largest three figures.
function decimals(values) {
  const known = values.filter((value) => Number.isFinite(value) && value !== 0);
  const own = known.map((value) => String(value).split(".")[1]?.length ?? 0);
  const largest = Math.max(...known.map(Math.abs));
  return known.length ? Math.max(0, Math.min(Math.max(...own), 2 - Math.floor(Math.log10(largest)))) : 0;
}

// Decimals of one value as it is read out: its own, and no more than tell something.
function exact(value) {
  const own = String(value).split(".")[1]?.length ?? 0;
  const size = Math.floor(Math.log10(Math.abs(value) || 1));
  return Math.min(own, Math.max(0, size < 0 ? 1 - size : 2 - size));
}

// Where each bar stands: from start to end along the axis of values, across it from side on, so
// thick; with the numbers of its series and of its value. What is nothing or not known has none.
function boxes(series, { at, value, band, zero, stacked, lying }) {
  const count = stacked ? 1 : series.length;
  const thick = Math.min(lying ? THICKEST.lying : THICKEST.standing, (band * 0.76) / count);
  const tops = new Map();
  return series.flatMap(({ x, y }, n) =>
    x.flatMap((place, i) => {
      if (!y[i]) return [];
      const key = `${place}/${y[i] < 0}`;
      const below = stacked ? (tops.get(key) ?? 0) : 0;
      tops.set(key, below + y[i]);
      const ends = [value(below || zero), value(below + y[i])];
      const side = at(place) - (count * thick) / 2 + (stacked ? 0 : n) * thick;
      return [{ n, i, start: Math.min(...ends), end: Math.max(...ends), side, thick }];
    }),
  );
}

// A line through its values; it breaks where nothing is known.
function path({ x, y }, at, value) {
  let pen = "M";
  return x
    .map((place, i) => {
      if (y[i] === null) {
        pen = "M";
        return "";
      }
      const point = `${pen}${at(place).toFixed(1)},${value(y[i]).toFixed(1)}`;
      pen = "L";
      return point;
    })
    .join("");
}

export { boxes, decimals, exact, path, ranked, sums };
