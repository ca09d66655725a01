import { SEATS, type Seat, type Slots } from './command.ts';
import { atoms } from './slots.ts';

/** Where a seat is in VSS: `Row1`/`Row2` and the side of the steering wheel or the other. */
export interface SeatPlace {
  readonly row: 'Row1' | 'Row2';
  readonly side: 'Driver' | 'Passenger';
}

/** `Vehicle.Cabin.DriverPosition`: which side the steering wheel is on. */
export type WheelSide = 'LEFT' | 'RIGHT';

export function wheelSide(driverPosition: string): WheelSide {
  return driverPosition === 'RIGHT' ? 'RIGHT' : 'LEFT';
}

export function seatPlace(seat: Seat, wheel: WheelSide): SeatPlace {
  if (seat === 'driver') return { row: 'Row1', side: 'Driver' };
  if (seat === 'passenger') return { row: 'Row1', side: 'Passenger' };
  return { row: 'Row2', side: (seat === 'rear_left') === (wheel === 'LEFT') ? 'Driver' : 'Passenger' };
}

/** Which side of the car a seat is on. */
export function sideOf(seat: Seat, wheel: WheelSide): 'left' | 'right' {
  if (seat === 'rear_left' || seat === 'rear_right') return seat === 'rear_left' ? 'left' : 'right';
  return (seat === 'driver') === (wheel === 'LEFT') ? 'left' : 'right';
}

const GROUPS: Readonly<Record<string, readonly Seat[]>> = {
  driver: ['driver'],
  passenger: ['passenger'],
  rear_left: ['rear_left'],
  rear_right: ['rear_right'],
  front: ['driver', 'passenger'],
  rear: ['rear_left', 'rear_right'],
  all: SEATS,
  third_row: [],
};

/** The seats that a spoken zone names; undefined when none was spoken, empty when this car has none such. */
export function spokenSeats(slots: Slots, speaker: Seat): readonly Seat[] | undefined {
  const zones = atoms(slots.zone);
  if (zones.length === 0) return undefined;
  const named = new Set(zones.flatMap((zone) => (zone === 'speaker' ? [speaker] : (GROUPS[zone] ?? []))));
  return SEATS.filter((seat) => named.has(seat));
}

/** How a reply calls some seats: one of the zones, or `several`. */
export function zoneName(seats: readonly Seat[]): string {
  const found = Object.entries(GROUPS).find(
    ([, group]) => group.length === seats.length && seats.every((seat) => group.includes(seat)),
  );
  return found?.[0] ?? 'several';
}
