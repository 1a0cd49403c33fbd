// Data of gzip for browsers that do not unpack them themselves: RFC 1951 and 1952.

// Of a length or distance its least value, and how many bits of its own follow.
const steps = (least, extra) => {
  let value = least;
  return extra.map((bits) => {
    const row = [value, bits];
    value += 2 ** bits;
    return row;
  });
};
const grown = (count, every, first) =>
  Array.from({ length: count }, (_, i) => Math.max(0, Math.floor((i - first) / every)));
const LENGTHS = [...steps(3, grown(28, 4, 4)), [258, 0]];
const DISTANCES = steps(1, grown(30, 2, 2));
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

// A code by the lengths of its words: how many there are of each length, the symbols in order.
function code(lengths) {
  const counts = new Array(16).fill(0);
  for (const length of lengths) if (length) counts[length]++;
  const symbols = Array.from(lengths.keys())
    .filter((symbol) => lengths[symbol])
    .sort((a, b) => lengths[a] - lengths[b] || a - b);
  return { counts, symbols };
}

const FIXED = [
  code(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
  code(new Array(30).fill(5)),
];

function inflate(/** @type {Uint8Array} */ bytes) {
  const end = bytes.length - 8; // checksum and length
  const out = new Uint8Array(new DataView(bytes.buffer, bytes.byteOffset).getUint32(end + 4, true));
  let size = 0;
  let at = 10 * 8; // bits; the heads of our data have no names
  const bit = () => (bytes[at >> 3] >> (at++ & 7)) & 1;
  const bits = (count) => {
    let value = 0;
    for (let i = 0; i < count; i++) value += bit() << i;
    return value;
  };
  const symbol = ({ counts, symbols }) => {
    let word = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length < 16; length++) {
      word += bit();
      if (word - first < counts[length]) return symbols[index + word - first];
      index += counts[length];
      first = (first + counts[length]) * 2;
      word *= 2;
    }
    throw new Error("gzip");
  };
  const codes = () => {
    const [literals, distances, few] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
    const short = new Array(19).fill(0);
    for (let i = 0; i < few; i++) short[ORDER[i]] = bits(3);
    const table = code(short);
    const lengths = [];
    while (lengths.length < literals + distances) {
      const value = symbol(table);
      if (value < 16) lengths.push(value);
      else {
        const again = value === 16 ? lengths.at(-1) : 0;
        const count = value === 16 ? 3 + bits(2) : value === 17 ? 3 + bits(3) : 11 + bits(7);
        for (let i = 0; i < count; i++) lengths.push(again);
      }
    }
    return [code(lengths.slice(0, literals)), code(lengths.slice(literals))];
  };
  for (let last = 0; !last; ) {
    last = bit();
    const kind = bits(2);
    if (!kind) {
      const start = (at + 7) >> 3;
      const count = bytes[start] + 256 * bytes[start + 1];
      out.set(bytes.subarray(start + 4, start + 4 + count), size);
      size += count;
      at = (start + 4 + count) * 8;
      continue;
    }
    const [literals, distances] = kind === 1 ? FIXED : codes();
    for (let value = symbol(literals); value !== 256; value = symbol(literals)) {
      if (value < 256) {
        out[size++] = value;
        continue;
      }
      const [least, extra] = LENGTHS[value - 257];
      const count = least + bits(extra);
      const [near, more] = DISTANCES[symbol(distances)];
      const back = near + bits(more);
      for (let i = 0; i < count; i++, size++) out[size] = out[size - back];
    }
  }
  return out.buffer;
}

export { inflate };
