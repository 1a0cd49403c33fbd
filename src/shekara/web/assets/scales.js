// Round values along an axis, and their texts.

import { number } from "./nodes.js";

const isYear = (values) => values.every((v) => Number.isInteger(v) && v >= 1000 && v <= 2200);

// Round values between which an axis is divided.
function ticks(low, high, count) {
  const raw = (high - low) / Math.max(1, count) || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find((digit) => digit * power >= raw * 0.999) * power;
  const list = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++)
    list.push(i * step);
  return list;
}

function logTicks(low, high) {
  const list = [];
  const wide = Math.log10(high / low) > 2.5;
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const digit of wide ? [1] : [1, 2, 5]) {
      const value = digit * 10 ** power;
      if (value >= low * 0.999 && value <= high * 1.001) list.push(value);
    }
  }
  return list.length > 1 ? list : [low, high];
}

// Digits that tell neighbouring ticks apart.
function tickText(values, signs) {
  if (isYear(values)) return values.map(String);
  const step =
    values.length > 1 ? Math.min(...values.slice(1).map((v, i) => Math.abs(v - values[i]))) : 1;
  const digits = Math.max(0, Math.min(6, Math.ceil(-Math.log10(step) - 1e-9)));
  const plain = (v) =>
    number(v, Math.abs(v - Math.round(v)) < 1e-9 && step >= 1 ? 0 : digits, signs);
  return values.map(plain);
}

// Lowest and highest value of an axis that shows all of these, with some air.
function reach(values, { log, zero, bars }) {
  if (log) {
    const above = values.filter((v) => v > 0);
    if (!above.length) return [1, 10];
    // Bars begin below the least, so that it can be seen.
    return [Math.min(...above) / (bars ? 2 : 1.1), Math.max(...above) * 1.1];
  }
  const all = values.length ? [...values] : [0, 1];
  if (zero) all.push(0);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const air = (high - low) * 0.06 || 1;
  return [low === 0 ? 0 : low - air, high === 0 ? 0 : high + air];
}

// Where a value of an axis stands between two pixels, by its logarithm on a logarithmic one.
function along(/** @type {number[]} */ [low, high], /** @type {number[]} */ [from, to], log) {
  const shift = log ? Math.log10 : (/** @type {number} */ v) => v;
  const whole = shift(high) - shift(low) || 1;
  return (/** @type {number} */ v) => from + ((shift(v) - shift(low)) / whole) * (to - from);
}

export { along, isYear, logTicks, reach, tickText, ticks };
