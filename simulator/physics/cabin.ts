/** How warm it is inside. Pure: celsius, watts, milliseconds; four zones that share their air. */

export const ZONES = ['Row1.Driver', 'Row1.Passenger', 'Row2.Driver', 'Row2.Passenger'] as const;
export type Zone = (typeof ZONES)[number];

export interface CabinState {
  /** Celsius by zone. */
  readonly zones: Readonly<Record<Zone, number>>;
  /** Watts of electricity that climate control draws. */
  readonly power: number;
}

export interface ZoneInputs {
  /** Celsius wanted. */
  readonly setPoint: number;
  /** Percent. */
  readonly fan: number;
  /** Percent open of the nearest window. */
  readonly window: number;
}

export interface CabinInputs {
  readonly outside: number;
  /** 0 to 1. */
  readonly sun: number;
  /** Metres per second: wind through open windows. */
  readonly speed: number;
  /** Heating, cooling and fans have electricity and are on. */
  readonly isOn: boolean;
  readonly isCooling: boolean;
  readonly isRecirculating: boolean;
  /** Percent open. */
  readonly sunroof: number;
  readonly zones: Readonly<Record<Zone, ZoneInputs>>;
  /** Watts of seat and wheel heaters. */
  readonly heaters: number;
}

/** Joule per kelvin of a zone: a quarter of the air of a mid-size car and of the surfaces that follow it within minutes. */
const CAPACITY = 32_000;
/** Watts per kelvin through glass and sheet metal, per zone; a parked car follows the weather within about an hour. */
const LEAK = 9;
const MIXING = 14;
const SUN = 260;
const HEATING = 1700;
const COOLING = 1300;
/** How firmly the controller closes a gap, watts per kelvin. */
const FIRMNESS = 900;
/** Watts of heat per watt of electricity (a heat pump in mild weather). */
const EFFICIENCY = 2.3;
const FAN_POWER = 60;

export function stepCabin(state: CabinState, inputs: CabinInputs, dt: number): CabinState {
  const mean = ZONES.reduce((sum, zone) => sum + state.zones[zone], 0) / ZONES.length;
  let power = inputs.heaters;
  const next = (zone: Zone): number => {
    const now = state.zones[zone];
    const { setPoint, fan, window } = inputs.zones[zone];
    const opening = (window + 0.5 * inputs.sunroof) / 100;
    const fresh = inputs.isOn && !inputs.isRecirculating ? (fan / 100) * 7 : 0;
    const exchange = LEAK + fresh + opening * (25 + 6 * inputs.speed);
    const passive = exchange * (inputs.outside - now) + MIXING * (mean - now) + SUN * inputs.sun;
    const active = inputs.isOn ? controlled(setPoint - now, passive, fan, inputs.isCooling) : 0;
    power += Math.abs(active) / EFFICIENCY + (inputs.isOn ? (fan / 100) * FAN_POWER : 0);
    return now + ((passive + active) / CAPACITY) * (dt / 1000);
  };
  const zones = Object.fromEntries(ZONES.map((zone) => [zone, next(zone)])) as Record<Zone, number>;
  return { zones, power };
}

/** Watts into a zone: what cancels the losses and closes the gap, as far as the fan carries it. */
function controlled(gap: number, passive: number, fan: number, isCooling: boolean): number {
  const strength = fan / 100;
  const wanted = FIRMNESS * gap - passive;
  return Math.max(isCooling ? -COOLING * strength : 0, Math.min(HEATING * strength, wanted));
}
