import type { Command } from '../command.ts';
import { SEATS, type Seat } from '../command.ts';
import { word } from '../slots.ts';
import { sideOf, spokenSeats, wheelSide, zoneName } from '../zones.ts';
import { answered, done, refused, unavailable, write, type Plan, type View } from './plan.ts';
import { doorPath } from './windows.ts';

/** Doors by zone and side together: "the rear door on the left". Undefined when neither was said. */
function spokenDoors({ slots }: Command, view: View): readonly Seat[] | undefined {
  const seats = spokenSeats(slots, view.by.seat);
  const side = word(slots, 'side');
  if (side === undefined || side === 'both') return seats ?? (side === 'both' ? SEATS : undefined);
  const wheel = wheelSide(view.text('Vehicle.Cabin.DriverPosition'));
  return (seats ?? SEATS).filter((seat) => sideOf(seat, wheel) === side);
}

export function planDoor(command: Command, view: View): Plan<never> {
  const { intent } = command;
  const spoken = spokenDoors(command, view);
  if (spoken?.length === 0) return unavailable('zone.missing');
  const own = intent === 'door.open' || intent === 'door.close';
  const doors = spoken ?? (own ? [view.by.seat] : SEATS);
  const zone = zoneName(doors);
  const isOpen = (seat: Seat) => view.flag(doorPath(seat, view, 'IsOpen'));
  const isLocked = (seat: Seat) => view.flag(doorPath(seat, view, 'IsLocked'));
  const each = (leaf: string, value: boolean) =>
    doors.map((seat) => write(doorPath(seat, view, leaf), value));
  switch (intent) {
    case 'door.open': {
      // Only a closed door has to be unlocked to open; its lock stays off afterwards.
      const writes = [...each('IsLocked', false), ...each('IsOpen', true)];
      return done('door.open', { zone }, { writes, already: 'door.open.already' });
    }
    case 'door.close':
      return done('door.close', { zone }, { writes: each('IsOpen', false), already: 'door.close.already' });
    case 'door.lock':
      if (doors.some(isOpen)) return refused('door.lock.open', { where: zoneName(doors.filter(isOpen)) });
      return done('door.lock', { zone }, { writes: each('IsLocked', true), already: 'door.lock.already' });
    case 'door.unlock':
      return done(
        'door.unlock',
        { zone },
        { writes: each('IsLocked', false), already: 'door.unlock.already' },
      );
    default: {
      const open = doors.filter(isOpen);
      const locked = doors.every(isLocked);
      return answered('door.query', {
        zone,
        open: open.length,
        where: open.length > 0 ? zoneName(open) : 'none',
        locked,
      });
    }
  }
}

const REAR: readonly Seat[] = ['rear_left', 'rear_right'];
const WINDOW_LOCK = 'Vehicle.Cabin.IsWindowChildLockEngaged';

/** Child locks of the rear doors; the rear windows are locked as long as any of them is on. */
export function planChildLock({ intent, slots }: Command, view: View): Plan<never> {
  const on = intent === 'child_lock.on';
  const side = word(slots, 'side') ?? 'both';
  const wheel = wheelSide(view.text('Vehicle.Cabin.DriverPosition'));
  const chosen = REAR.filter((seat) => side === 'both' || sideOf(seat, wheel) === side);
  const path = (seat: Seat) => doorPath(seat, view, 'IsChildLockActive');
  const others = REAR.filter((seat) => !chosen.includes(seat));
  const windows = on || others.some((seat) => view.flag(path(seat)));
  const writes = [...chosen.map((seat) => write(path(seat), on)), write(WINDOW_LOCK, windows)];
  const code = on ? 'child_lock.on' : 'child_lock.off';
  return done(code, { side }, { writes, already: on ? 'child_lock.already_on' : 'child_lock.already_off' });
}
