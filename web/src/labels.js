/** Cuts a name to what fits beside a node, or to so many times as much. */
export const shorten = (text, times = 1) => (text.length > 34 * times ? `${text.slice(0, 34 * times - 1).trimEnd()}…` : text);

/** Gives names places beside their nodes where they neither cover one another nor leave the picture. */
export class Labels {
  constructor() {
    this.clear({ width: 0, height: 0 });
  }

  clear({ width, height }) {
    this.width = width;
    this.height = height;
    this.taken = [];
  }

  /** Returns where a name starts on its base line, or null where there is no room; `x`, `y`, `size` are the node's. */
  place({ x, y, size }, width, height) {
    const spots = sides(x, y, size, width, height);
    const free = spots.find((spot) => this.isInside(spot, width) && !this.taken.some((one) => overlap(one, spot, width, height)));
    if (free) this.taken.push({ ...free, width, height });
    return free ?? null;
  }

  /** Returns the first place inside the picture, whatever stands there. */
  beside({ x, y, size }, width, height) {
    const spots = sides(x, y, size, width, height);
    return spots.find((spot) => this.isInside(spot, width)) ?? { ...spots[0], x: Math.max(2, this.width - width - 2) };
  }

  isInside(spot, width) {
    return spot.x >= 2 && spot.x + width <= this.width - 2;
  }
}

/** Right, left, above and below a node. */
const sides = (x, y, size, width, height) => [
  { x: x + size + 4, y: y + height / 3 },
  { x: x - size - 4 - width, y: y + height / 3 },
  { x: x - width / 2, y: y - size - 5 },
  { x: x - width / 2, y: y + size + height + 1 },
];

const overlap = (one, spot, width, height) =>
  one.x < spot.x + width + 6 && spot.x < one.x + one.width + 6 && one.y - one.height < spot.y + 3 && spot.y - height < one.y + 3;
