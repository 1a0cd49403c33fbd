// Heads of arrows, in pixels.

const LEAST = 9;

// How long the head of a line is: also a thin one says where it leads.
export const headOf = (/** @type {{ width: number }} */ { width }) => Math.max(LEAST, 4 * width);
