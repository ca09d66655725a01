/** Energy in and out of the battery. Pure: kilowatt-hours, watts, metres per second, milliseconds. */

export interface BatteryState {
  /** Kilowatt-hours left. */
  readonly energy: number;
  /** Watts into the battery; negative while it gives. */
  readonly power: number;
  /** Kilowatt-hours per kilometre, over the last kilometres: what the range is worked out from. */
  readonly consumption: number;
  /** Celsius, of the cells. */
  readonly temperature: number;
}

export interface BatteryInputs {
  /** Kilowatt-hours when full. */
  readonly capacity: number;
  readonly speed: number;
  readonly acceleration: number;
  /** Watts of everything but the motor. */
  readonly load: number;
  /** 0 to 1 of the braking energy that may come back. */
  readonly regeneration: number;
  /** Watts that the charger offers; 0 when none is plugged in and charging. */
  readonly charger: number;
  /** Celsius outside. */
  readonly outside: number;
}

/** A mid-size electric car: kilograms, rolling resistance, drag area in m², air in kg/m³, share that reaches the road. */
const MASS = 2100;
const ROLLING = 0.0095;
const DRAG_AREA = 0.64;
const AIR = 1.22;
const DRIVELINE = 0.9;
const GRAVITY = 9.81;
const STANDBY = 300;
/** Kilometres over which the consumption is averaged. */
const MEMORY = 20;
/** Joule per kelvin of the pack; watts per kelvin to the weather; share of (power / 150 kW)² × 150 kW that becomes heat in it. */
const HEAT_CAPACITY = 450_000;
const HEAT_LEAK = 25;
const HEAT_SHARE = 0.05;
const REFERENCE_POWER = 150_000;
/** Above this, celsius, the pack is cooled with so many watts. */
const COOLED_FROM = 35;
const COOLING_POWER = 5000;
/** Share of the charge above which charging slows down. */
const TAPER = 0.75;

/** Watts at the battery for a speed and an acceleration; negative while it is fed by braking. */
export function drivePower(speed: number, acceleration: number, regeneration: number): number {
  if (speed === 0) return 0;
  const force = ROLLING * MASS * GRAVITY + 0.5 * AIR * DRAG_AREA * speed * speed + 1.04 * MASS * acceleration;
  const power = force * speed;
  return power >= 0 ? power / DRIVELINE : power * 0.75 * DRIVELINE * regeneration;
}

/** Metres per second² by which a car slows down that nothing drives. */
export const rollingDeceleration = (speed: number): number =>
  (ROLLING * MASS * GRAVITY + 0.5 * AIR * DRAG_AREA * speed * speed) / (1.04 * MASS);

/** Watts that flow into a battery of so much charge (0 to 1): full until three quarters, then less and less. */
export const chargePower = (charger: number, charge: number): number =>
  charger * Math.max(0.06, Math.min(1, (1 - charge) / (1 - TAPER)));

export function stepBattery(state: BatteryState, inputs: BatteryInputs, dt: number): BatteryState {
  const { capacity, speed, acceleration, load, regeneration, charger, outside } = inputs;
  const drawn = drivePower(speed, acceleration, regeneration) + load + STANDBY;
  const power = (charger > 0 ? chargePower(charger, state.energy / capacity) : 0) - drawn;
  const energy = Math.max(0, Math.min(capacity, state.energy + (power * dt) / 3.6e9));
  const kilometres = (speed * dt) / 1e6;
  const weight = Math.min(1, kilometres / MEMORY);
  // Over less than a millimetre there is no such thing as a consumption.
  const used = kilometres > 1e-6 ? (drawn * dt) / 3.6e9 / kilometres : 0;
  const consumption = Math.max(0.08, Math.min(0.6, state.consumption + weight * (used - state.consumption)));
  const heat =
    HEAT_SHARE * (power / REFERENCE_POWER) ** 2 * REFERENCE_POWER +
    HEAT_LEAK * (outside - state.temperature) -
    (state.temperature > COOLED_FROM ? COOLING_POWER : 0);
  const temperature = state.temperature + (heat * dt) / 1000 / HEAT_CAPACITY;
  return { energy, power, consumption, temperature };
}

/** Metres that the car still goes. */
export const rangeOf = ({ energy, consumption }: BatteryState): number => (energy / consumption) * 1000;

/** Milliseconds until the battery holds `share` of its capacity; 0 when it does. */
export function timeToCharge(state: BatteryState, capacity: number, charger: number, share: number): number {
  let [energy, time] = [state.energy, 0];
  const minute = 60_000;
  while (charger > 0 && energy < share * capacity && time < 48 * 60 * minute) {
    energy += (chargePower(charger, energy / capacity) * minute) / 3.6e9;
    time += minute;
  }
  return time;
}
