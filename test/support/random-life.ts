import { SEATS, type Seat } from '../../vehicle/command.ts';
import { INTENTS, SLOT_VALUES, type SlotName } from '../../vehicle/ontology.generated.ts';
import type { Outcome } from '../../vehicle/outcome.ts';
import type { SignalDefinition } from '../../vehicle/signals/catalogue.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import type { Vehicle } from '../../vehicle/vehicle.ts';
import { CATALOGUE, command, sense, value, type ShortSlot, type ShortSlots } from './small-car.ts';

type Random = () => number;
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** What people say, sensible or not, for each slot. */
const SAID: Record<SlotName, readonly ShortSlot[]> = {
  zone: [...SLOT_VALUES.zone, ['driver', 'rear_left']],
  side: SLOT_VALUES.side,
  temperature: [
    21,
    { value: 72, unit: 'fahrenheit' },
    16,
    28,
    50,
    -4,
    { value: 22.5, unit: 'celsius' },
    'warm',
  ],
  amount: [
    'small',
    'medium',
    'large',
    { value: 2, unit: 'degree' },
    { value: 30, unit: 'percent' },
    { value: 1, unit: 'level' },
    3,
    900,
  ],
  level: [
    'off',
    'min',
    'low',
    'medium',
    'high',
    'max',
    { value: 40, unit: 'percent' },
    { value: 2, unit: 'level' },
    5,
    1000,
    -1,
  ],
  position: [
    'closed',
    'slightly',
    'half',
    'open',
    { value: 35, unit: 'percent' },
    { value: 50, unit: 'degree' },
    140,
  ],
  direction: SLOT_VALUES.direction,
  channel: SLOT_VALUES.channel,
  destination: ['Home', 'Work', 'Ship Museum', 'Garden Street', 'Atlantis', 'Seal Island', ''],
  poi_category: ['charging_station', 'coffee', 'zoo'],
  poi_name: ['Copper Cup', 'Nowhere Inn'],
  poi_attribute: ['nearest', ['nearest', 'open now']],
  waypoint: ['Copper Cup', 'Nowhere Inn'],
  origin: ['Home', 'Nowhere'],
  route_option: [...SLOT_VALUES.route_option, ['fastest', 'avoid_tolls']],
  road: ['Market Street', 'Mill Lane', 'Route 66'],
  song: ['Open Road', 'No Such Song'],
  artist: ['The Lanterns', 'Nobody'],
  album: ['Signals', 'Nothing'],
  genre: ['jazz', 'polka'],
  playlist: ['Road Trip', 'Nope'],
  podcast: ['Tech Talk', 'Nope'],
  station: ['City FM', 'Nope'],
  frequency: [{ value: 98.5, unit: 'fm' }, 12.3],
  source: SLOT_VALUES.source,
  contact: ['Mom', 'Anna', 'Anna Klein', 'Tom', 'Nobody'],
  phone_type: SLOT_VALUES.phone_type,
  phone_number: ['+12025550199', '112'],
  message_text: ['on my way', ''],
  app: ['Tunes'],
  color: ['#ff8800', '#00ff00', 'reddish'],
  mode: [
    'eco',
    'sport',
    'auto',
    'interval',
    'tilt',
    'bass',
    'treble',
    'rock',
    '3d',
    'wave',
    'reading',
    'north_up',
    'nonsense',
  ],
  speed: [50, 80, { value: 60, unit: 'mph' }, 130, 500, -3],
  duration: ['PT30S', 'PT10M', 'P1D', 'soon'],
  datetime: ['10:00', '2026-11-21T18:00', '2026-11-22', 'T07:30', 'PT5M', '2020-01-01', 'soonish'],
  ordinal: [1, 2, 3, 'last', 9],
  item: ['the doors', 'warnings', 'speed', 'dentist', 'milk', 'all', 'rain', 'nonsense'],
};
const SLOTS = Object.keys(SAID) as SlotName[];

const ACTUATORS = [...CATALOGUE.all()].filter(({ type }) => type === 'actuator');
const CABLE = 'Powertrain.TractionBattery.Charging.ChargingPort.RearLeft.IsChargingCableConnected';
const FLAP = 'Powertrain.TractionBattery.Charging.ChargingPort.RearLeft.IsFlapOpen';
const OBSTRUCTIONS = [
  'Cabin.Door.Row1.DriverSide.Window',
  'Cabin.Door.Row2.PassengerSide.Window',
  'Cabin.Sunroof',
  'Body.Trunk.Rear',
];

function writable(random: Random, { datatype, allowed, min = 0, max = 100 }: SignalDefinition): SignalValue {
  // One write in ten is a mistake.
  if (random() < 0.1) return pick<SignalValue>(random, ['nonsense', -1e6, 1e6, [], true]);
  if (datatype === 'boolean') return random() < 0.5;
  if (datatype === 'string') return allowed ? pick(random, allowed) : '#123456';
  if (datatype.endsWith('[]')) return [];
  const number = min + random() * (max - min);
  return datatype === 'float' || datatype === 'double' ? Math.round(number * 10) / 10 : Math.round(number);
}

/**
 * One thing that happens to a car: somebody speaks, a tool writes, the world changes, time passes. The world keeps
 * its own laws: a car rolls only with power, in gear, and not while it holds itself in P.
 */
export function happen(car: Vehicle, random: Random): Outcome | undefined {
  const seat: Seat = pick(random, SEATS);
  const by = { seat, confirmed: random() < 0.3 };
  const dice = random();
  if (dice < 0.5) return car.execute(command(pick(random, INTENTS), randomSlots(random)), by);
  if (dice < 0.6) {
    const definition = pick(random, ACTUATORS);
    return car.write(definition.path, writable(random, definition), by);
  }
  if (dice < 0.64) return car.undo(by);
  if (dice < 0.66) return car.halt(by);
  if (dice < 0.82) worldChanges(car, random);
  else if (dice < 0.85) {
    return car.compound(() => {
      car.execute(command(pick(random, INTENTS), randomSlots(random)), by);
      return car.execute(command(pick(random, INTENTS), randomSlots(random)), by);
    });
  } else car.advance(Math.floor(random() ** 4 * 60_000));
  return undefined;
}

function randomSlots(random: Random): ShortSlots {
  const slots: ShortSlots = {};
  while (random() < 0.6) {
    const name = pick(random, SLOTS);
    slots[name] = pick(random, SAID[name]);
  }
  return slots;
}

function worldChanges(car: Vehicle, random: Random): void {
  const dice = random();
  if (dice < 0.4) return roll(car, random);
  if (dice < 0.5) {
    car.write('Vehicle.Powertrain.Transmission.SelectedGear', pick(random, [126, 127, 127]), {
      seat: 'driver',
    });
    sense(car, { 'Powertrain.Transmission.CurrentGear': value(car, 'Powertrain.Transmission.SelectedGear') });
    return;
  }
  if (dice < 0.58)
    return sense(car, {
      'Cabin.Infotainment.Phone.IncomingCall': pick(random, ['+12025550103', '+12025550177', '']),
    });
  if (dice < 0.64) return sense(car, { [`${pick(random, OBSTRUCTIONS)}.IsObstructed`]: random() < 0.5 });
  if (dice < 0.7)
    return sense(car, {
      'Exterior.LightIntensity': random() < 0.5 ? 3 : 80,
      'Body.Raindetection.Intensity': random() < 0.5 ? 0 : 70,
    });
  if (dice < 0.76) return sense(car, { 'Chassis.Brake.PedalPosition': random() < 0.5 ? 0 : 40 });
  if (dice < 0.82) return sense(car, { 'Cabin.HVAC.AmbientAirTemperature': Math.round(random() * 50 - 10) });
  if (dice < 0.88)
    return sense(car, { 'Powertrain.TractionBattery.StateOfCharge.Displayed': Math.round(random() * 100) });
  if (dice < 0.94) {
    const parked = value(car, 'DriveState') === 'PARKED';
    return sense(car, { [CABLE]: parked && value(car, FLAP) === true && random() < 0.7 });
  }
  return sense(car, {
    'CurrentLocation.Longitude': 9.9 + random() * 0.012,
    'CurrentLocation.Latitude': 54.3 + random() * 0.007,
  });
}

function roll(car: Vehicle, random: Random): void {
  const inGear = value(car, 'Powertrain.Transmission.CurrentGear') === 127;
  const powered = value(car, 'LowVoltageSystemState') === 'ON';
  const held = value(car, 'Powertrain.Transmission.IsDriveInhibited') === true;
  sense(car, { Speed: inGear && powered && !held && random() < 0.7 ? Math.round(random() * 130) : 0 });
}
