import type { Command, Seat } from '../../../vehicle/command.ts';
import { spokenSeats } from '../../../vehicle/zones.ts';
import { targetOf } from '../follow-ups/fit.ts';
import type { Memory, Owning } from '../machine/memory.ts';

/** What belongs to a seat: whoever sits there is asked before somebody else changes it. */
const OWNED = /^(climate\.(temperature|fan|airflow|comfort)|seat\.[a-z]+)$/;
/** What was set longer ago belongs to nobody any more, milliseconds. */
const OWNED_FOR = 15 * 60_000;

/** Whether it is somebody's own thing: without a zone it is the speaker's. */
export const isOwnThing = (intent: string): boolean => OWNED.test(targetOf(intent));

const isQuery = ({ intent }: Command) => intent.endsWith('.query');

/** The seats that a command changes something of. */
function ownedSeats(command: Command, speaker: Seat): readonly Seat[] {
  if (!isOwnThing(command.intent) || isQuery(command)) return [];
  return spokenSeats(command.slots, speaker) ?? [speaker];
}

/**
 * The seat whose own setting the speaker would change: it was set from there within a quarter of an hour.
 * The driver answers for the car and changes anything.
 */
export function ownerOf(
  command: Command,
  speaker: Seat,
  owners: Memory['owners'],
  now: number,
): Seat | undefined {
  if (speaker === 'driver') return undefined;
  return ownedSeats(command, speaker).find((seat) => {
    const owning = owners[`${kindOf(command)} ${seat}`];
    return seat !== speaker && owning?.by === seat && now - owning.at < OWNED_FOR;
  });
}

/** The owners after a command has been carried out. */
export function owning(
  command: Command,
  speaker: Seat,
  owners: Memory['owners'],
  now: number,
): Memory['owners'] {
  const seats = ownedSeats(command, speaker);
  if (seats.length === 0) return owners;
  const own: Record<string, Owning> = {};
  for (const seat of seats) own[`${kindOf(command)} ${seat}`] = { by: speaker, at: now };
  return { ...owners, ...own };
}

/** "I'm cold" and a set point are one thing. */
const kindOf = ({ intent }: Command) => targetOf(intent).replace('comfort', 'temperature');
