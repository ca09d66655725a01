/** How full the roads are: a function of the hour and the road alone, so that any drive can be driven again. */
import type { TrafficReport } from '../../vehicle/world.ts';
import type { RoadKind, Street } from './city.ts';
import { hashUnit } from './random.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How much of the rush each kind of road takes. */
const SHARE: Readonly<Record<RoadKind, number>> = {
  motorway: 1.1,
  primary: 1.2,
  secondary: 0.7,
  residential: 0.12,
  ferry: 0,
};

/** 0 at night to about 1 in the rush. @param local see `openAt` */
export function rush(local: number): number {
  const hour = (local % DAY) / HOUR;
  const weekday = (Math.floor(local / DAY) + 4) % 7;
  const peak = (at: number, width: number) => Math.exp(-(((hour - at) / width) ** 2));
  const weekend = weekday === 0 || weekday === 6;
  return weekend ? 0.45 * peak(14, 3.5) : Math.max(peak(8.2, 1.1), peak(17.4, 1.5), 0.35 * peak(12.5, 3));
}

/** The traffic of one city, minute by minute. */
export class Traffic {
  #minute = -1;
  readonly #slowdowns = new Map<Street, number>();
  /** Temper of a road today: some are always worse than others, and which ones changes from day to day. */
  readonly #tempers = new Map<Street, number>();
  #day = -1;
  #rush = 0;

  /** By how much longer a road takes now: 1 when it is free. @param local see `openAt` */
  slowdown(street: Street, local: number): number {
    const minute = Math.floor(local / MINUTE);
    if (minute !== this.#minute) {
      this.#slowdowns.clear();
      [this.#minute, this.#rush] = [minute, rush(minute * MINUTE)];
      if (Math.floor(local / DAY) !== this.#day) this.#tempers.clear();
      this.#day = Math.floor(local / DAY);
    }
    let value = this.#slowdowns.get(street);
    if (value === undefined) {
      value = 1 + 2.2 * this.#rush * SHARE[street.kind] * this.#temper(street) ** 1.5;
      this.#slowdowns.set(street, value);
    }
    return value;
  }

  /** @param length of the road, metres */
  on(street: Street, length: number, local: number): TrafficReport {
    const factor = this.slowdown(street, local);
    const level = levelOf(factor);
    const delay = level === 'free' ? 0 : Math.round((length / (street.speed / 3.6)) * (factor - 1) * 1000);
    return { road: street.name, delay, level };
  }

  #temper(street: Street): number {
    let value = this.#tempers.get(street);
    if (value === undefined) {
      value = 0.45 * hashUnit(street.name) + 0.55 * hashUnit(street.name, this.#day);
      this.#tempers.set(street, value);
    }
    return value;
  }
}

export function levelOf(factor: number): TrafficReport['level'] {
  return factor < 1.25 ? 'free' : factor < 1.9 ? 'dense' : 'jam';
}
