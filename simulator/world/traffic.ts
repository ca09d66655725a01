/** How full the roads are: a function of the hour and the road alone, so that any drive can be driven again. */
import type { TrafficReport } from '../../vehicle/world.ts';
import type { RoadKind, Street } from './city.ts';
import { hashUnit } from './random.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How much of the rush each kind of road takes. */
const SHARE: Readonly<Record<RoadKind, number>> = {
  motorway: 1.1,
  primary: 1.2,
  secondary: 0.7,
  residential: 0.12,
  ferry: 0,
};

/** 0 at night to about 1 in the rush; Lindhaven keeps UTC. @param now epoch milliseconds */
export function rush(now: number): number {
  const hour = (now % DAY) / HOUR;
  const weekday = (Math.floor(now / DAY) + 4) % 7;
  const peak = (at: number, width: number) => Math.exp(-(((hour - at) / width) ** 2));
  const weekend = weekday === 0 || weekday === 6;
  return weekend ? 0.45 * peak(14, 3.5) : Math.max(peak(8.2, 1.1), peak(17.4, 1.5), 0.35 * peak(12.5, 3));
}

/** By how much longer a road takes now: 1 when it is free. @param now epoch milliseconds */
export function slowdown(street: Street, now: number): number {
  // Some roads are always worse than others, and which ones changes from day to day.
  const temper = 0.45 * hashUnit(street.name) + 0.55 * hashUnit(street.name, Math.floor(now / DAY));
  return 1 + 2.2 * rush(now) * SHARE[street.kind] * temper ** 1.5;
}

export function levelOf(factor: number): TrafficReport['level'] {
  return factor < 1.25 ? 'free' : factor < 1.9 ? 'dense' : 'jam';
}

/** @param length of the road, metres */
export function trafficOn(street: Street, length: number, now: number): TrafficReport {
  const factor = slowdown(street, now);
  const level = levelOf(factor);
  const delay = level === 'free' ? 0 : Math.round((length / (street.speed / 3.6)) * (factor - 1) * 1000);
  return { road: street.name, delay, level };
}
