// Marks of many points at a zoom: a sign of its own where there is room, else one number for all of
// a cell.

const CELL = 64; // pixels: no two numbers in one cell
const FULL = 1 / 6; // share of a cell that signs may cover

const cellOf = (x, y) => Math.floor(x / CELL) * 2 ** 24 + Math.floor(y / CELL);
const alone = (point) => ({ x: point.x, y: point.y, points: [point], radius: 0 });

// In the middle of its points, but so that it does not reach into the next cell.
function together(points) {
  const radius = Math.min(CELL / 2 - 3, 9 + 3.5 * Math.log10(points.length));
  const within = (axis) => {
    const mean = points.reduce((sum, point) => sum + point[axis], 0) / points.length;
    const edge = Math.floor(mean / CELL) * CELL;
    return Math.min(edge + CELL - radius - 1, Math.max(edge + radius + 1, mean));
  };
  return { x: within("x"), y: within("y"), points, radius };
}

// What is to be seen of points at a zoom: one mark for each, or one for all of a full cell.
// Points are {x, y, i}, in pixels, and size(point) is how wide a sign is; a mark is
// {x, y, points, radius}, and stands for several where it has a radius. Marks come by cell, the
// cells by their key.
function marks(points, size) {
  const cells = new Map();
  for (const point of points) {
    const key = cellOf(point.x, point.y);
    const cell = cells.get(key);
    if (cell) cell.push(point);
    else cells.set(key, [point]);
  }
  const result = new Map();
  for (const [key, cell] of cells) {
    const covered = cell.reduce((all, point) => all + (size(point) + 2) ** 2, 0);
    const full = cell.length > 1 && covered > CELL * CELL * FULL;
    result.set(key, full ? [together(cell)] : cell.map(alone));
  }
  return result;
}

export { marks, cellOf, CELL };
