/** Traffic lights: a function of the crossing and the time alone, so that any drive can be driven again. */
import type { Position } from '../../vehicle/world.ts';
import { hashUnit } from './random.ts';

/** One approach of a crossing; plain data. Green while `(time - from) mod period < green`. */
export interface Light {
  /** Milliseconds. */
  readonly period: number;
  readonly from: number;
  readonly green: number;
}

const PERIOD = 60_000;
/** All red between the two directions. */
const CLEARING = 4000;
/** Milliseconds that a light costs on average: red half of the time, then half of that to wait, and starting off. */
export const LIGHT_DELAY = 11_000;

/** @param bearing degrees clockwise from north in which a car comes up to the crossing */
export function lightAt([x, y]: Position, bearing: number): Light {
  // Lights of one large crossing change together: they stand within a hundred metres.
  const offset = Math.floor(hashUnit(`${Math.round(x * 1000)} ${Math.round(y * 1000)}`) * PERIOD);
  // Roads that run north or south have green together, then those that run east or west.
  const along = Math.abs((((bearing % 180) + 180) % 180) - 90) >= 45 ? 0 : PERIOD / 2;
  return { period: PERIOD, from: offset + along, green: PERIOD / 2 - CLEARING };
}

/** Milliseconds until it is green; 0 when it is. */
export function untilGreen({ period, from, green }: Light, time: number): number {
  const phase = (((time - from) % period) + period) % period;
  return phase < green ? 0 : period - phase;
}
