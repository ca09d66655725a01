import type { Command, Seat, SlotAtom, SlotValue } from '../../vehicle/command.ts';
import type { Intent, SlotName } from '../../vehicle/ontology.generated.ts';
import { loadCatalogue } from '../../vehicle/load.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import { Vehicle, type VehicleOptions } from '../../vehicle/vehicle.ts';
import { CENTRE, SmallWorld } from './small-world.ts';

export const CATALOGUE = loadCatalogue();
/** A Saturday, nine in the morning. */
export const NINE = Date.UTC(2026, 10, 21, 9);

export const carOptions: Omit<VehicleOptions, 'now'> = {
  catalogue: CATALOGUE,
  world: new SmallWorld(),
  position: CENTRE,
  onFault: (subsystem, error) => {
    throw new Error(`subsystem ${subsystem} failed`, { cause: error });
  },
};

/** A car in the middle of the small world, parked, at nine o'clock. */
export function newCar(options: Partial<VehicleOptions> = {}): Vehicle {
  return new Vehicle({ ...carOptions, now: NINE, ...options });
}

/** `22`, `'rear'`, a list, or a value with its unit. */
export type ShortSlot =
  | SlotAtom
  | readonly SlotAtom[]
  | { readonly value: SlotAtom; readonly unit?: string; readonly text?: string };
export type ShortSlots = Partial<Record<SlotName, ShortSlot>>;

function slotOf(short: ShortSlot): SlotValue {
  if (typeof short !== 'object') return { text: String(short), value: short };
  if ('value' in short)
    return {
      text: short.text ?? String(short.value),
      value: short.value,
      ...(short.unit !== undefined && { unit: short.unit }),
    };
  return { text: short.join(' and '), value: short };
}

export function command(intent: Intent, slots: ShortSlots = {}): Command {
  return {
    intent,
    slots: Object.fromEntries(Object.entries(slots).map(([name, short]) => [name, slotOf(short)])),
  };
}

/** Says something to the car. */
export function tell(
  car: Vehicle,
  intent: Intent,
  slots: ShortSlots = {},
  seat: Seat = 'driver',
  confirmed = false,
) {
  return car.execute(command(intent, slots), { seat, confirmed });
}

/** What an actuator is told to reach, or a sensor's value. Paths without `Vehicle.`. */
export function goal(car: Vehicle, path: string): SignalValue {
  const { value, target } = car.read(`Vehicle.${path}`);
  return target ?? value;
}

export function value(car: Vehicle, path: string): SignalValue {
  return car.read(`Vehicle.${path}`).value;
}

export function sense(car: Vehicle, values: Readonly<Record<string, SignalValue>>): void {
  for (const [path, sensed] of Object.entries(values)) car.sense(`Vehicle.${path}`, sensed);
}

export const DRIVE_STATES = {
  PARKED: {
    Speed: 0,
    'Powertrain.Transmission.CurrentGear': 126,
    'Powertrain.Transmission.SelectedGear': 126,
  },
  IDLING: {
    Speed: 0,
    'Powertrain.Transmission.CurrentGear': 127,
    'Powertrain.Transmission.SelectedGear': 127,
  },
  MOVING: {
    Speed: 60,
    'Powertrain.Transmission.CurrentGear': 127,
    'Powertrain.Transmission.SelectedGear': 127,
  },
} as const satisfies Record<string, Record<string, SignalValue>>;
