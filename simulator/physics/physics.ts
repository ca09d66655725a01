/** The simulated car's body: moves, warms up and uses energy in fixed steps of virtual time. */
import type CheapRuler from 'cheap-ruler';
import type { Position, Route, WeatherReport } from '../../vehicle/world.ts';
import type { Light } from '../world/lights.ts';
import { rollingDeceleration, stepBattery, type BatteryState } from './battery.ts';
import { ZONES, stepCabin, type CabinState, type Zone } from './cabin.ts';
import { DRIVE, NEUTRAL, PARK, REVERSE, controlsOf, type Controls, type Gear } from './controls.ts';
import { isAtEnd, isAtHalt, stepMotion, type MotionState, type Track } from './motion.ts';
import { cabinInputs, isTrue, number, zonePath, type Readings, type SensorWrite } from './readings.ts';
import { motionSensors, slowSensors, type Measured } from './sensors.ts';
import { isRoad, onTrack } from './track.ts';

/** Milliseconds of one step. */
export const STEP = 100;
/** Steps after which the cabin, the weather and what the battery tells are worked out again: they change slowly. */
const BEAT = 10;

/** What the physics ask of the world; `createWorld` gives it. */
export interface Surroundings {
  readonly ruler: CheapRuler;
  road(at: Position): { readonly speed: number; readonly flow: number };
  ahead(at: Position, heading: number): readonly Position[];
  light(at: Position, bearing: number): Light | undefined;
  weather(at: Position, when: number): WeatherReport;
  sky(when: number): { readonly sun: number; readonly rain: number };
  places(query: { readonly category: string; readonly near: Position; readonly limit: number }): readonly {
    readonly distance: number;
    readonly attributes: Readonly<Record<string, string | number | boolean>>;
  }[];
}

export interface PhysicsOptions {
  readonly world: Surroundings;
  /** The route that is being guided, if any. */
  readonly route: () => Route | null;
  /** Where the car stands at first. */
  readonly at: Position;
  /** Epoch milliseconds of virtual time at the start. */
  readonly now: number;
}

/** `parked`: stands. `driving`: follows the route, or the road, as traffic allows. `held`: keeps one speed. */
export type Pedals =
  | { readonly mode: 'parked' }
  | { readonly mode: 'driving' }
  | { readonly mode: 'held'; readonly kmh: number };

/** Plain data; `restorePhysics` goes on from it exactly. */
export interface PhysicsState {
  /** Epoch milliseconds. */
  readonly time: number;
  /** Milliseconds asked for that did not fill a step yet. */
  readonly owed: number;
  /** Steps since the physics began. */
  readonly steps: number;
  readonly pedals: Pedals;
  readonly gear: Gear;
  readonly track: Track | null;
  /** Epoch milliseconds at which the traffic on the track was looked at. */
  readonly lookedAt: number;
  readonly motion: MotionState;
  /** Milliseconds in motion, and driven metres at the start of this trip. */
  readonly trip: { readonly time: number; readonly from: number };
  /** What the odometer showed when the physics began, metres. */
  readonly odometer: number;
  readonly cabin: CabinState;
  readonly battery: BatteryState | null;
  /** Of the last beat: celsius outside, watts at the plug. */
  readonly outside: number;
  readonly charger: number;
  /** What was measured last; whatever else a reading says, somebody else has set it. */
  readonly said: Readonly<Record<string, SensorWrite['value']>>;
}

export interface Physics {
  /**
   * Lets time pass.
   * @param read the car's signals at the start of the step
   * @param ms at least 0; ten steps of 100 ms and one of 1000 ms come to the same
   * @returns the sensor values that are other than `read` says
   */
  step(read: Readings, ms: number): readonly SensorWrite[];
  /** Drives along the route of the car, or just along the road when there is none; parks at its stops and its end. */
  drive(): void;
  /** Keeps one speed, in km/h, whatever the road, its lights and the traffic allow; backwards when it is negative. */
  hold(kmh: number): void;
  /** Brakes and parks. */
  park(): void;
  readonly state: PhysicsState;
}

export function createPhysics({ at, now, ...surroundings }: PhysicsOptions): Physics {
  const zones = Object.fromEntries(ZONES.map((zone) => [zone, 20])) as Record<Zone, number>;
  return restorePhysics(surroundings, {
    time: now,
    owed: 0,
    steps: 0,
    pedals: { mode: 'parked' },
    gear: PARK,
    track: null,
    lookedAt: now,
    motion: { at, heading: 0, speed: 0, acceleration: 0, lateral: 0, along: 0, driven: 0 },
    trip: { time: 0, from: 0 },
    odometer: 0,
    cabin: { zones, power: 0 },
    battery: null,
    outside: 15,
    charger: 0,
    said: {},
  });
}

/** @param from what `Physics.state` was */
export function restorePhysics(
  options: Pick<PhysicsOptions, 'world' | 'route'>,
  from: PhysicsState,
): Physics {
  const { world } = options;
  let state = from;
  const look = (now: PhysicsState, read: Readings): Measured =>
    slowSensors(now, read, world.weather(now.motion.at, now.time), world.sky(now.time));
  const set = (pedals: Pedals, gear: Gear) => {
    const starts = state.pedals.mode === 'parked' && pedals.mode !== 'parked';
    const trip = starts ? { time: 0, from: state.motion.driven } : state.trip;
    // The track of the other direction lies on the other side of the car.
    const turns = (gear === REVERSE) !== (state.gear === REVERSE);
    // Whoever drives off where a track ended is on to another one.
    const isOver = starts && state.track !== null && isAtEnd(state.motion, state.track);
    state = { ...state, pedals, gear, trip, track: turns || isOver ? null : state.track };
  };
  return {
    get state() {
      return state;
    },
    drive: () => {
      set({ mode: 'driving' }, DRIVE);
    },
    hold: (kmh) => {
      set({ mode: 'held', kmh: Math.abs(kmh) }, kmh < 0 ? REVERSE : DRIVE);
    },
    park: () => {
      set({ mode: 'parked' }, state.gear);
    },
    step(read, ms) {
      const before = state;
      state = { ...adopt(state, read), owed: state.owed + ms };
      const controls = controlsOf(read);
      // What somebody has set is told at once.
      let slow = state.battery !== before.battery || state.cabin !== before.cabin ? look(state, read) : {};
      while (state.owed >= STEP) {
        state = advance(state, controls, read, world, options.route());
        if (state.steps % BEAT === 0) slow = look(state, read);
      }
      const measured = { ...slow, ...motionSensors(state) };
      state = { ...state, said: { ...state.said, ...measured } };
      return Object.entries(measured)
        .filter(([path, value]) => read(path)?.value !== value)
        .map(([path, value]) => ({ path, value }));
    },
  };
}

const LATITUDE = 'Vehicle.CurrentLocation.Latitude';
const LONGITUDE = 'Vehicle.CurrentLocation.Longitude';
const ODOMETER = 'Vehicle.TraveledDistance';
const GEAR = 'Vehicle.Powertrain.Transmission.SelectedGear';
const BATTERY = 'Vehicle.Powertrain.TractionBattery';
const CHARGE = `${BATTERY}.StateOfCharge.Current`;
const CELLS = `${BATTERY}.Temperature.Average`;
const CONSUMPTION = 'Vehicle.Powertrain.AverageConsumption';

/** A sensor that says other than was measured last was set by somebody: the car is there now, as warm, as full. */
function adopt(state: PhysicsState, read: Readings): PhysicsState {
  const isNew = (path: string) => {
    const value = read(path)?.value;
    return value !== undefined && value !== state.said[path];
  };
  const { motion, cabin, said } = state;
  const isMoved = LATITUDE in said && (isNew(LATITUDE) || isNew(LONGITUDE));
  return {
    ...state,
    ...(isMoved && {
      track: null,
      motion: {
        ...motion,
        at: [number(read, LONGITUDE, motion.at[0]), number(read, LATITUDE, motion.at[1])] as const,
      },
    }),
    ...(ZONES.some((zone) => isNew(zonePath(zone))) && {
      cabin: {
        ...cabin,
        zones: Object.fromEntries(
          ZONES.map((zone) => [
            zone,
            isNew(zonePath(zone)) ? number(read, zonePath(zone), 20) : cabin.zones[zone],
          ]),
        ) as Record<Zone, number>,
      },
    }),
    ...(isNew(ODOMETER) && { odometer: number(read, ODOMETER, 0) - motion.driven }),
    battery: adoptBattery(state.battery, read, isNew),
    ...adoptGear(state, read),
  };
}

function adoptBattery(
  battery: BatteryState | null,
  read: Readings,
  isNew: (path: string) => boolean,
): BatteryState {
  if (battery && !isNew(CHARGE) && !isNew(CELLS)) return battery;
  const capacity = number(read, `${BATTERY}.NetCapacity`, 77);
  return {
    power: 0,
    consumption: number(read, CONSUMPTION, 16.7) / 100,
    ...battery,
    energy: battery && !isNew(CHARGE) ? battery.energy : (number(read, CHARGE, 72) / 100) * capacity,
    temperature: battery && !isNew(CELLS) ? battery.temperature : number(read, CELLS, 20),
  };
}

/** Somebody moved the lever: P parks, N lets the car roll, R turns the direction round. */
function adoptGear(state: PhysicsState, read: Readings): Partial<PhysicsState> {
  const reading = read(GEAR);
  if (reading === undefined) return {};
  const selected = Number(reading.target ?? reading.value);
  const gear: Gear = selected > 0 && selected < PARK ? DRIVE : selected < 0 ? REVERSE : (selected as Gear);
  if (!(GEAR in state.said) || selected === state.said[GEAR] || gear === state.gear) return {};
  if (gear === PARK) return { pedals: { mode: 'parked' } };
  const turns = (gear === REVERSE) !== (state.gear === REVERSE);
  // Out of P the foot is on the brake until somebody drives.
  const pedals: Pedals = state.pedals.mode === 'parked' ? { mode: 'held', kmh: 0 } : state.pedals;
  return { gear, pedals, ...(turns && { track: null }) };
}

function advance(
  before: PhysicsState,
  controls: Controls,
  read: Readings,
  world: Surroundings,
  route: Route | null,
): PhysicsState {
  const isBeat = before.steps % BEAT === 0;
  const state = onTrack(isBeat ? beat(before, read, world) : before, world, route);
  const { motion, track, battery } = state;
  const isEmpty = battery !== null && battery.energy <= 0 && state.charger === 0;
  const moved = track
    ? stepMotion(
        motion,
        { ...steering(state, controls, isEmpty), track, time: state.time },
        world.ruler,
        STEP,
      )
    : { ...motion, speed: 0, acceleration: 0 };
  const power = battery && {
    capacity: controls.capacity,
    speed: moved.speed,
    acceleration: state.gear === NEUTRAL ? 0 : moved.acceleration,
    load: isEmpty ? 0 : state.cabin.power,
    regeneration: controls.regeneration,
    charger: state.charger,
    outside: state.outside,
  };
  const next = {
    ...state,
    time: state.time + STEP,
    owed: state.owed - STEP,
    steps: state.steps + 1,
    motion: moved,
    battery: battery && power && stepBattery(battery, power, STEP),
    trip: moved.speed > 0 ? { ...state.trip, time: state.trip.time + STEP } : state.trip,
  };
  return moved.speed === 0 ? atRest(next, isEmpty) : next;
}

/** Where a standing car parks: at a stop of its route, at its end, or where it has no more power. */
function atRest(state: PhysicsState, isEmpty: boolean): PhysicsState {
  const { track, motion, pedals, gear } = state;
  const parked = { pedals: { mode: 'parked' }, gear: PARK } as const;
  if (pedals.mode === 'parked') return gear === PARK ? state : { ...state, gear: PARK };
  if (isEmpty) return { ...state, ...parked };
  if (track === null || pedals.mode !== 'driving') return state;
  if (isAtHalt(motion, track))
    return { ...state, ...parked, track: { ...track, halts: track.halts.slice(1) } };
  return !isRoad(track) && isAtEnd(motion, track) ? { ...state, ...parked } : state;
}

/** What changes slowly: the weather, the cabin, the charger. */
function beat(state: PhysicsState, read: Readings, world: Surroundings): PhysicsState {
  const { motion, time } = state;
  const outside = world.weather(motion.at, time).temperature;
  const { sun } = world.sky(time);
  return {
    ...state,
    outside,
    cabin: stepCabin(state.cabin, cabinInputs(read, { outside, sun, speed: motion.speed }), STEP * BEAT),
    charger: chargerAt(read, world, motion.at),
  };
}

function steering(
  { pedals, motion, gear }: PhysicsState,
  { cruise, limiter, canStart, vigour }: Controls,
  isEmpty: boolean,
): { hold: number | undefined; limit: number; vigour: number; rolling?: number; isReverse: boolean } {
  const isStopped = pedals.mode === 'parked' || !(motion.speed > 0 || canStart);
  const hold = isStopped ? 0 : pedals.mode === 'held' ? (cruise ?? pedals.kmh / 3.6) : undefined;
  return {
    hold,
    limit: Math.min(limiter, pedals.mode === 'driving' ? (cruise ?? Infinity) : Infinity),
    vigour,
    isReverse: gear === REVERSE,
    ...((isEmpty || gear === NEUTRAL) && { rolling: rollingDeceleration(motion.speed) }),
  };
}

/** Watts at the plug: of the charging station that the car stands at, else of a wall box. */
function chargerAt(read: Readings, world: Surroundings, at: Position): number {
  if (!isTrue(read, `${BATTERY}.Charging.IsCharging`)) return 0;
  const [station] = world.places({ category: 'charging_station', near: at, limit: 1 });
  const power = station && station.distance < 80 ? Number(station.attributes.power ?? 11) : 11;
  return 1000 * Math.min(power, number(read, `${BATTERY}.Charging.MaxPower`, 150));
}
