/** Where on its route a car is. */
import { alongLine } from '../geometry.ts';
import type { Position, Route } from '../world.ts';

export interface Progress {
  /** Metres and milliseconds left. */
  readonly distance: number;
  readonly duration: number;
  /** Metres from the start of the route, and beside it. */
  readonly along: number;
  readonly beside: number;
  /** Metres to the next stop, or to the destination. */
  readonly toTarget: number;
}

/** How far along, in metres, a car may be of its route while it drives one leg: a way there and back passes its own road twice. */
function bounds({ legs }: Route, leg: number): { from: number; to: number } {
  const from = legs.slice(0, leg).reduce((sum, { distance }) => sum + distance, 0);
  return { from, to: from + (legs[leg]?.distance ?? 0) };
}

/** @param leg how many stops were reached */
export function progressOn(route: Route, at: Position, leg: number): Progress {
  const { from, to } = bounds(route, leg);
  const { along, beside, index, share } = alongLine(route.line, at, from, to);
  const [before = 0, after = before] = [route.times[index], route.times[index + 1]];
  const passed = before + share * (after - before);
  return {
    distance: Math.max(0, route.distance - along),
    duration: Math.max(0, route.duration - passed),
    along,
    beside,
    toTarget: Math.max(0, to - along),
  };
}

/** What lies ahead of the car. */
export function lineAhead(route: Route, at: Position, leg: number): readonly Position[] {
  const { from, to } = bounds(route, leg);
  const { index } = alongLine(route.line, at, from, to);
  return [at, ...route.line.slice(index + 1)];
}
