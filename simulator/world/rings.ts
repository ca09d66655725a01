/** Outlines on the map. */
import type { Position } from '../../vehicle/world.ts';

/** Ray casting. @param ring its first position need not be repeated at the end */
export function isInside(ring: readonly Position[], [x, y]: Position): boolean {
  let result = false;
  let [px, py] = ring.at(-1) ?? [0, 0];
  for (const [qx, qy] of ring) {
    if (qy > y !== py > y && x < ((px - qx) * (y - qy)) / (py - qy) + qx) result = !result;
    [px, py] = [qx, qy];
  }
  return result;
}

/** Mean of the corners. */
export const middleOf = (ring: readonly Position[]): Position =>
  ring.reduce<Position>(([x, y], p) => [x + p[0] / ring.length, y + p[1] / ring.length], [0, 0]);
