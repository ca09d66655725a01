import type { Position } from './world.ts';

const METRES_PER_DEGREE = 111_320;

/** Metres between two positions on a locally flat earth: good to 0.1 % within a city. */
export function metresBetween(a: Position, b: Position): number {
  const [x, y] = offset(a, b);
  return Math.hypot(x, y);
}

function offset(from: Position, to: Position): [x: number, y: number] {
  const scale = Math.cos((from[1] * Math.PI) / 180);
  return [(to[0] - from[0]) * METRES_PER_DEGREE * scale, (to[1] - from[1]) * METRES_PER_DEGREE];
}

/** Where on a line a position is: metres from the line's start, and metres beside it. */
export function alongLine(line: readonly Position[], at: Position): { along: number; beside: number } {
  let best = { along: 0, beside: line[0] ? metresBetween(line[0], at) : Infinity };
  let walked = 0;
  for (let index = 1; index < line.length; index += 1) {
    const from = line[index - 1];
    const to = line[index];
    if (!from || !to) continue;
    const [x, y] = offset(from, to);
    const [px, py] = offset(from, at);
    const length = Math.hypot(x, y);
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, (px * x + py * y) / (length * length)));
    const beside = Math.hypot(px - share * x, py - share * y);
    if (beside < best.beside) best = { along: walked + share * length, beside };
    walked += length;
  }
  return best;
}
