import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readOntology } from '../../assistant/understanding/ontology.ts';
import { SEATS, type Seat } from '../../vehicle/command.ts';
import { INTENTS, SLOT_VALUES, type Intent, type SlotName } from '../../vehicle/ontology.generated.ts';
import type { Command } from '../../vehicle/command.ts';
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
const ONTOLOGY = readOntology(parse(readFileSync('assistant/understanding/ontology.yaml', 'utf8')));
/** Slots that belong to an intent. */
const OWN_SLOTS = new Map(
  INTENTS.map((intent) => [intent, (ONTOLOGY.labels.get(intent)?.slots ?? []) as readonly SlotName[]]),
);

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
  if (dice < 0.5) return car.execute(randomCommand(random), by);
  if (dice < 0.6) {
    const definition = pick(random, ACTUATORS);
    return car.write(definition.path, writable(random, definition), by);
  }
  if (dice < 0.64) return car.undo(by);
  if (dice < 0.66) return car.halt(by);
  if (dice < 0.82) worldChanges(car, random);
  else if (dice < 0.85) {
    return car.compound(() => {
      car.execute(randomCommand(random), by);
      return car.execute(randomCommand(random), by);
    });
  } else car.advance(Math.floor(random() ** 4 * 60_000));
  return undefined;
}

function randomCommand(random: Random): Command {
  const intent: Intent = pick(random, INTENTS);
  const own = OWN_SLOTS.get(intent) ?? [];
  const slots: ShortSlots = {};
  while (random() < 0.6) {
    // Now and then a slot that has nothing to do with it.
    const name = own.length > 0 && random() < 0.85 ? pick(random, own) : pick(random, SLOTS);
    slots[name] = pick(random, SAID[name]);
  }
  return command(intent, slots);
}

type Event = (car: Vehicle, random: Random) => void;
/** What the world does, with how often it does it. */
const EVENTS: readonly (readonly [weight: number, event: Event])[] = [
  [30, roll],
  [4, setOff],
  [12, shift],
  [
    2,
    (car, random) => {
      sense(car, {
        'Cabin.Infotainment.Phone.IncomingMessage': `+12025550107: number ${Math.floor(random() * 1e6)}`,
      });
    },
  ],
  [
    6,
    (car, random) => {
      sense(car, {
        'Cabin.Infotainment.Phone.IncomingCall': pick(random, ['+12025550103', '+12025550177', '']),
      });
    },
  ],
  [
    8,
    (car, random) => {
      sense(car, { [`${pick(random, OBSTRUCTIONS)}.IsObstructed`]: random() < 0.5 });
    },
  ],
  [
    6,
    (car, random) => {
      sense(car, {
        'Exterior.LightIntensity': random() < 0.5 ? 3 : 80,
        'Body.Raindetection.Intensity': random() < 0.5 ? 0 : 70,
      });
    },
  ],
  [
    6,
    (car, random) => {
      sense(car, { 'Chassis.Brake.PedalPosition': random() < 0.5 ? 0 : 40 });
    },
  ],
  [
    6,
    (car, random) => {
      sense(car, { 'Cabin.HVAC.AmbientAirTemperature': Math.round(random() * 50 - 10) });
    },
  ],
  [
    6,
    (car, random) => {
      sense(car, { 'Powertrain.TractionBattery.StateOfCharge.Displayed': Math.round(random() * 100) });
    },
  ],
  [
    8,
    (car, random) => {
      sense(car, {
        [CABLE]: value(car, 'DriveState') === 'PARKED' && value(car, FLAP) === true && random() < 0.7,
      });
    },
  ],
  [
    6,
    (car, random) => {
      sense(car, {
        'CurrentLocation.Longitude': 9.9 + random() * 0.012,
        'CurrentLocation.Latitude': 54.3 + random() * 0.007,
      });
    },
  ],
];
const ALL_EVENTS = EVENTS.reduce((sum, [weight]) => sum + weight, 0);

function worldChanges(car: Vehicle, random: Random): void {
  let dice = random() * ALL_EVENTS;
  for (const [weight, event] of EVENTS) {
    dice -= weight;
    if (dice < 0) {
      event(car, random);
      return;
    }
  }
}

function shift(car: Vehicle, random: Random): void {
  car.write('Vehicle.Powertrain.Transmission.SelectedGear', pick(random, [126, 126, 127]), {
    seat: 'driver',
  });
  sense(car, { 'Powertrain.Transmission.CurrentGear': value(car, 'Powertrain.Transmission.SelectedGear') });
}

/** Somebody closes everything, unplugs, switches on and puts the car in gear. */
function setOff(car: Vehicle): void {
  sense(car, { [CABLE]: false, 'Body.Trunk.Rear.IsObstructed': false });
  const driver = { seat: 'driver' } as const;
  car.write('Vehicle.Body.Hood.IsOpen', false, driver);
  car.execute(command('drive.power.on'), driver);
  car.execute(command('door.close', { zone: 'all' }), driver);
  car.execute(command('trunk.close'), driver);
  car.execute(command('frunk.close'), driver);
  car.execute(command('charge_port.close'), driver);
  car.advance(4000);
  const shifted = car.write('Vehicle.Powertrain.Transmission.SelectedGear', 127, driver);
  if (shifted.status === 'done' || shifted.status === 'unchanged') {
    sense(car, { 'Powertrain.Transmission.CurrentGear': 127, Speed: 60, 'Chassis.Brake.PedalPosition': 0 });
  }
}

function roll(car: Vehicle, random: Random): void {
  const inGear = value(car, 'Powertrain.Transmission.CurrentGear') === 127;
  const powered = value(car, 'LowVoltageSystemState') === 'ON';
  const held = value(car, 'Powertrain.Transmission.IsDriveInhibited') === true;
  sense(car, { Speed: inGear && powered && !held && random() < 0.7 ? Math.round(random() * 130) : 0 });
}
