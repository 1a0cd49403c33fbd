// Vertices of arcs as the page carries them: whole numbers, each the difference from the one before.

// Zigzag base-128 numbers, one after the other. They stay below 2**53, beyond what bit operations
// hold, so the high part is multiplied.
function numbers(buffer) {
  const bytes = new Uint8Array(buffer);
  let at = 0;
  return () => {
    let byte = bytes[at++];
    let value = byte & 127;
    for (let scale = 128; byte > 127; scale *= 128) {
      byte = bytes[at++];
      value += (byte & 127) * scale;
    }
    return value % 2 ? -(value + 1) / 2 : value / 2;
  };
}

// How many arcs, how long each, all steps in longitude, all steps in latitude.
function read(buffer) {
  const next = numbers(buffer);
  const lengths = Array.from({ length: next() }, next);
  const count = lengths.reduce((all, length) => all + length, 0);
  const axis = () => {
    const row = new Int32Array(count);
    for (let n = 0, sum = 0; n < count; n++) row[n] = sum += next();
    return row;
  };
  return { lengths, lon: axis(), lat: axis() };
}

// The same arcs with what comes between: how many after each vertex but the last, their steps.
function between(arcs, buffer) {
  const next = numbers(buffer);
  const old = arcs.lon.length;
  const gaps = Array.from({ length: old - 1 }, next);
  gaps.push(0);
  const count = gaps.reduce((all, gap) => all + gap, old);
  const axis = (given) => {
    const row = new Int32Array(count);
    let n = 0;
    for (let i = 0; i < old; i++) {
      row[n++] = given[i];
      for (let more = gaps[i]; more; more--, n++) row[n] = row[n - 1] + next();
    }
    return row;
  };
  let at = 0;
  const lengths = arcs.lengths.map((length) => {
    let more = 0;
    for (let i = at; i < at + length; i++) more += gaps[i];
    at += length;
    return length + more;
  });
  return { lengths, lon: axis(arcs.lon), lat: axis(arcs.lat) };
}

export { read, between };
