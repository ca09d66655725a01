import type { SignalValue } from './signal.ts';

type Read = (path: string) => SignalValue | undefined;
interface Derived {
  readonly path: string;
  readonly value: SignalValue;
}
interface Derivation {
  /** Paths whose change leads to a new value; `*` stands for one or more segments and is available as `here`. */
  readonly from: readonly string[];
  readonly give: (read: Read, here: string) => Derived | undefined;
}

const isAbove = (value: SignalValue | undefined, limit: number) => typeof value === 'number' && value > limit;
const DOORS = ['Row1.DriverSide', 'Row1.PassengerSide', 'Row2.DriverSide', 'Row2.PassengerSide'];
const FLAP = 'Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.RearLeft';
const OPENINGS = [
  ...DOORS.map((door) => `Vehicle.Cabin.Door.${door}.IsOpen`),
  'Vehicle.Body.Trunk.Rear.IsOpen',
  'Vehicle.Body.Trunk.Front.IsOpen',
  'Vehicle.Body.Hood.IsOpen',
  `${FLAP}.IsFlapOpen`,
  `${FLAP}.IsChargingCableConnected`,
];

/** Below this much light outside (percent) it counts as dark. */
export const DARK = 25;

/** Signals that follow from others, so that no controller has to remember them. */
const DERIVATIONS: readonly Derivation[] = [
  {
    from: ['Vehicle.Cabin.Door.*.Window.Position'],
    give: (read, here) => ({
      path: `Vehicle.Cabin.Door.${here}.Window.IsOpen`,
      value: isAbove(read(`Vehicle.Cabin.Door.${here}.Window.Position`), 0),
    }),
  },
  {
    from: ['Vehicle.Body.Trunk.*.Position'],
    give: (read, here) => ({
      path: `Vehicle.Body.Trunk.${here}.IsOpen`,
      value: isAbove(read(`Vehicle.Body.Trunk.${here}.Position`), 0),
    }),
  },
  {
    from: ['Vehicle.Body.Mirrors.*.FoldPosition'],
    give: (read, here) => ({
      path: `Vehicle.Body.Mirrors.${here}.IsFolded`,
      value: isAbove(read(`Vehicle.Body.Mirrors.${here}.FoldPosition`), 0),
    }),
  },
  {
    from: ['Vehicle.Cabin.Seat.*.Massage.Level'],
    give: (read, here) => ({
      path: `Vehicle.Cabin.Seat.${here}.Massage.Status`,
      value: isAbove(read(`Vehicle.Cabin.Seat.${here}.Massage.Level`), 0) ? 'ON' : 'OFF',
    }),
  },
  {
    from: ['Vehicle.Speed'],
    give: (read) => ({ path: 'Vehicle.IsMoving', value: isAbove(read('Vehicle.Speed'), 0) }),
  },
  {
    // The three states of Android's driver distraction guidelines (CarDrivingState).
    from: ['Vehicle.Speed', 'Vehicle.IsMoving', 'Vehicle.Powertrain.Transmission.CurrentGear'],
    give: (read) => ({ path: 'Vehicle.DriveState', value: driveState(read) }),
  },
  {
    from: ['Vehicle.DriveState'],
    give: (read) => ({
      path: 'Vehicle.Cabin.Infotainment.HMI.UxRestrictions',
      value:
        read('Vehicle.DriveState') === 'PARKED'
          ? []
          : read('Vehicle.DriveState') === 'IDLING'
            ? ['VIDEO']
            : ['VIDEO', 'KEYBOARD', 'TEXT'],
    }),
  },
  {
    from: OPENINGS,
    give: (read) => ({
      path: 'Vehicle.Powertrain.Transmission.IsDriveInhibited',
      value: OPENINGS.some((path) => read(path) === true),
    }),
  },
  {
    from: [
      'Vehicle.Body.Lights.LightSwitch',
      'Vehicle.Exterior.LightIntensity',
      'Vehicle.LowVoltageSystemState',
    ],
    give: (read) => ({ path: 'Vehicle.Body.Lights.Beam.Low.IsOn', value: lowBeam(read) }),
  },
  {
    from: ['Vehicle.Body.Lights.LightSwitch'],
    give: (read) => ({
      path: 'Vehicle.Body.Lights.Parking.IsOn',
      value: read('Vehicle.Body.Lights.LightSwitch') === 'POSITION',
    }),
  },
  {
    from: [
      'Vehicle.Body.Lights.LightSwitch',
      'Vehicle.LowVoltageSystemState',
      'Vehicle.Body.Lights.Beam.Low.IsOn',
    ],
    give: (read) => ({ path: 'Vehicle.Body.Lights.Running.IsOn', value: runningLight(read) }),
  },
];

function driveState(read: Read): string {
  if (isAbove(read('Vehicle.Speed'), 0) || read('Vehicle.IsMoving') === true) return 'MOVING';
  return read('Vehicle.Powertrain.Transmission.CurrentGear') === 126 ? 'PARKED' : 'IDLING';
}

function isAwake(read: Read): boolean {
  const state = read('Vehicle.LowVoltageSystemState');
  return state === 'ON' || state === 'START';
}

function lowBeam(read: Read): boolean {
  const position = read('Vehicle.Body.Lights.LightSwitch');
  if (position === 'BEAM') return true;
  return position === 'AUTO' && isAwake(read) && !isAbove(read('Vehicle.Exterior.LightIntensity'), DARK - 1);
}

function runningLight(read: Read): boolean {
  const position = read('Vehicle.Body.Lights.LightSwitch');
  if (position === 'DAYTIME_RUNNING_LIGHTS') return true;
  return position === 'AUTO' && isAwake(read) && read('Vehicle.Body.Lights.Beam.Low.IsOn') !== true;
}

const EXACT = new Map<string, Derivation[]>();
const PATTERNS: { head: string; tail: string; derivation: Derivation }[] = [];
for (const derivation of DERIVATIONS) {
  for (const from of derivation.from) {
    const [head = '', tail] = from.split('*');
    if (tail === undefined) EXACT.set(from, [...(EXACT.get(from) ?? []), derivation]);
    else PATTERNS.push({ head, tail, derivation });
  }
}

/** What follows from a change of `path`: the derived signals with their new values. */
export function* derivationsFrom(path: string, read: Read): IterableIterator<Derived> {
  for (const { give } of EXACT.get(path) ?? []) {
    const derived = give(read, '');
    if (derived) yield derived;
  }
  for (const { head, tail, derivation } of PATTERNS) {
    if (!path.startsWith(head) || !path.endsWith(tail)) continue;
    const derived = derivation.give(read, path.slice(head.length, path.length - tail.length));
    if (derived) yield derived;
  }
}
