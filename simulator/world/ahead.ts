/** Where a car gets that has no destination: straight on, as far as the roads go. */
import type { Position } from '../../vehicle/world.ts';
import type { Roads, Segment } from './roads.ts';

/**
 * @param heading degrees clockwise from north
 * @param metres at least so long
 * @returns positions on the road from the nearest point of one; it turns where a road ends
 */
export function straightAhead(roads: Roads, at: Position, heading: number, metres: number): Position[] {
  const start = roads.snap(at, (street) => street.kind !== 'ferry');
  if (!start) return [at];
  const bearing = (a: Position, b: Position) => roads.ruler.bearing(a, b);
  const turn = (a: number, b: number) => Math.abs(((((b - a + 180) % 360) + 360) % 360) - 180);

  const { segment } = start;
  const along = bearing(roads.position(segment.a), roads.position(segment.b));
  let node = segment.street.oneway || turn(heading, along) <= 90 ? segment.b : segment.a;
  let last = segment;
  const line = [start.at, roads.position(node)];
  let direction = node === segment.b ? along : along + 180;
  let length = roads.ruler.distance(start.at, roads.position(node));
  while (length < metres) {
    const here = roads.position(node);
    const exits = roads
      .exits(node)
      .map(({ segment, to }) => ({ segment, to, bearing: bearing(here, roads.position(to)) }));
    // Back the way it came is the last choice, whatever the angle.
    const cost = (exit: { segment: Segment; bearing: number }) =>
      turn(direction, exit.bearing) + (exit.segment === last ? 360 : 0);
    const best = exits.reduce<(typeof exits)[number] | undefined>(
      (a, b) => (a && cost(a) <= cost(b) ? a : b),
      undefined,
    );
    if (!best) break;
    ({ segment: last, to: node, bearing: direction } = best);
    line.push(roads.position(node));
    length += last.length;
  }
  return line;
}
