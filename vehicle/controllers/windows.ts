import type { Command, SlotValue } from '../command.ts';
import { SEATS, type Seat } from '../command.ts';
import { amountPercent, plain, positionPercent, word, type Scale } from '../slots.ts';
import { seatPlace, spokenSeats, wheelSide, zoneName } from '../zones.ts';
import { answered, done, needs, refused, unavailable, write, type Plan, type View } from './plan.ts';

const ROOF = 'Vehicle.Cabin.Sunroof.Position';
const ROOF_SHADE = 'Vehicle.Cabin.Sunroof.Shade.Position';
/** "A bit more open": a pane moves in quarters. */
const PANE: Scale = { levels: 4, small: 10, normal: 25, large: 50 };
/** The roof's position when it is fully tilted, as VSS has it. */
export const TILTED = -100;

export function doorPath(seat: Seat, view: View, leaf: string): string {
  const { row, side } = seatPlace(seat, wheelSide(view.text('Vehicle.Cabin.DriverPosition')));
  return `Vehicle.Cabin.Door.${row}.${side}Side.${leaf}`;
}

/**
 * How far open a pane shall be: "to 40 percent", "a bit more", or all the way.
 * @returns undefined when the slot names no place from closed to open
 */
function goalOf({ intent, slots }: Command, now: number): number | undefined {
  const closing = intent.endsWith('.close');
  if (slots.amount) {
    const step = amountPercent(slots.amount, PANE);
    return Math.round(Math.min(100, Math.max(0, now + (closing ? -step : step))));
  }
  if (slots.position) return positionPercent(slots.position);
  return closing ? 0 : 100;
}

const lacksPlace = (position: SlotValue | undefined, amount: SlotValue | undefined) => !position && !amount;

export function planWindow(command: Command, view: View): Plan<never> {
  const { intent, slots } = command;
  const seats = spokenSeats(slots, view.by.seat) ?? (intent === 'window.query' ? SEATS : [view.by.seat]);
  if (seats.length === 0) return unavailable('zone.missing');
  const zone = zoneName(seats);
  const path = (seat: Seat) => doorPath(seat, view, 'Window.Position');
  if (intent === 'window.query') {
    const open = seats.filter((seat) => view.number(path(seat)) > 0);
    const widest = Math.max(0, ...open.map((seat) => view.number(path(seat))));
    return answered('window.query', {
      zone,
      open: open.length,
      percent: widest,
      where: open.length > 0 ? zoneName(open) : 'none',
    });
  }
  if (intent === 'window.set' && lacksPlace(slots.position, slots.amount))
    return needs('position', 'window.which_position');
  const writes = [];
  for (const seat of seats) {
    const percent = goalOf(command, view.goal(path(seat)));
    if (percent === undefined) return refused('position.range');
    writes.push(write(path(seat), percent));
  }
  const percent = Number(writes[0]?.value);
  const code = percent === 0 ? 'window.close' : percent === 100 ? 'window.open' : 'window.set';
  const already =
    percent === 0 ? 'window.close.already' : percent === 100 ? 'window.open.already' : 'window.set.already';
  return done(code, { zone, percent }, { writes, already });
}

export function planSunroof(command: Command, view: View): Plan<never> {
  const { intent, slots } = command;
  const mode = word(slots, 'mode');
  if (mode !== undefined && /tilt|vent|lift|pop/.test(plain(mode))) {
    const writes = intent === 'sunroof.close' ? [write(ROOF, 0)] : [write(ROOF, TILTED)];
    return done(
      intent === 'sunroof.close' ? 'sunroof.close' : 'sunroof.tilt',
      {},
      { writes, already: 'sunroof.already' },
    );
  }
  if (mode !== undefined) return refused('sunroof.no_such', { mode });
  if (intent === 'sunroof.set' && lacksPlace(slots.position, slots.amount))
    return needs('position', 'sunroof.which_position');
  const now = view.goal(ROOF);
  const percent = goalOf(command, Math.max(0, now));
  if (percent === undefined) return refused('position.range');
  // The blind runs below the glass and must be out of its way.
  const shade = percent > 0 && view.goal(ROOF_SHADE) > 0 ? [write(ROOF_SHADE, 0)] : [];
  const code = percent === 0 ? 'sunroof.close' : percent === 100 ? 'sunroof.open' : 'sunroof.set';
  return done(code, { percent }, { writes: [write(ROOF, percent), ...shade], already: 'sunroof.already' });
}

/** A spoken position is percent open; VSS counts a blind from its start position, rolled up. */
export function planShade(command: Command, view: View): Plan<never> {
  const { intent, slots } = command;
  const spoken = spokenSeats(slots, view.by.seat);
  if (spoken?.length === 0) return unavailable('zone.missing');
  const everywhere = spoken?.length === SEATS.length;
  const side = (spoken ?? [])
    .map((seat) => doorPath(seat, view, 'Shade.Position'))
    .filter((path) => view.catalogue.find(path));
  const paths = spoken === undefined || everywhere ? [ROOF_SHADE, ...(everywhere ? side : [])] : side;
  const zone = spoken ? zoneName(spoken) : 'roof';
  if (paths.length === 0) return unavailable('sunshade.none', { zone });
  if (intent === 'sunshade.set' && lacksPlace(slots.position, slots.amount))
    return needs('position', 'sunshade.which_position');
  const writes = [];
  for (const path of paths) {
    const open = goalOf(command, 100 - view.goal(path));
    if (open === undefined) return refused('position.range');
    writes.push(write(path, 100 - open));
  }
  const closing = Number(writes[0]?.value) > 0;
  // Below an open roof the blind would flap: the roof closes first.
  const roof = closing && paths.includes(ROOF_SHADE) && view.goal(ROOF) !== 0 ? [write(ROOF, 0)] : [];
  const code =
    Number(writes[0]?.value) === 100 ? 'sunshade.close' : closing ? 'sunshade.set' : 'sunshade.open';
  return done(
    roof.length > 0 ? 'sunshade.close_with_roof' : code,
    { zone, percent: 100 - Number(writes[0]?.value) },
    {
      writes: [...writes, ...roof],
      already: 'sunshade.already',
    },
  );
}
