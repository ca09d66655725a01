/** Entries of the agenda: which of them somebody means, and how they are told. */
import type { Command } from '../command.ts';
import { atoms, plain, word } from '../slots.ts';
import { clockTime, dayName, momentOf } from '../time.ts';
import { needs, refused, type Plan, type View } from './plan.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const ALL = /^(all|both|each|every|everything)\b/;
/** What is left of "all of them" when nothing is said about what. */
const ONLY_ALL = /^(all|both|each|everything)( (of )?(it|them|these|those))?$/;

export interface Entry {
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What people may answer to "which one?", and what goes then. */
interface Choice<T> {
  readonly label: string;
  readonly entries: readonly T[];
}

/** How one list of the agenda is asked about. */
export interface Asking<T> {
  /** Code of "which one?". */
  readonly which: string;
  /** Code of "there is no such". */
  readonly none: string;
  /** What several of an entry's kind are called: "timers". */
  readonly group: (entry: T) => string;
}

/** "buy milk at 17:00", "buy milk tomorrow at 08:00", "buy milk on Friday at 15:00" */
export function toldEntry({ text, at }: Entry, view: View): string {
  const day = dayName(at, view.now, view.utcOffset);
  const when = day === 'today' ? '' : day === 'tomorrow' ? ` ${day}` : ` on ${day}`;
  return `${text}${when} at ${clockTime(at, view.utcOffset)}`;
}

/**
 * The time that a slot speaks of: a day whole, an interval to its end.
 * @param width milliseconds of a moment
 */
export function spanOf(
  slot: NonNullable<Command['slots']['datetime']>,
  view: View,
  width: 'hour' | 'minute',
): { readonly from: number; readonly until: number } | undefined {
  const from = momentOf(slot, view.now, view.utcOffset);
  if (from === undefined) return undefined;
  const [begin = '', end] = String(atoms(slot)[0]).split('/');
  const until = end === undefined ? undefined : momentOf({ text: end, value: end }, from, view.utcOffset);
  if (until !== undefined) return { from, until };
  if (/^\d{4}-\d\d-\d\d$/.test(begin)) return { from, until: dayAfter(from, view.utcOffset) };
  return { from, until: from + (width === 'hour' ? HOUR : MINUTE) };
}

/** The midnight after a moment, on the car's clock. */
export const dayAfter = (at: number, utcOffset: number): number =>
  Math.floor((at + utcOffset) / DAY + 1) * DAY - utcOffset;

/** Entries that these words name. */
export function named<T extends Entry>(said: string, entries: readonly T[]): readonly T[] {
  const wanted = plain(said);
  return entries.filter(({ text }) => plain(text).includes(wanted) || wanted.includes(plain(text)));
}

/** The entries that shall go; the plan that asks or refuses where that is not one, and not all was said. */
export function meant<T extends Entry>(
  { slots }: Command,
  entries: readonly T[],
  view: View,
  { which, none, group }: Asking<T>,
): readonly T[] | Plan<never> {
  const span = slots.datetime && spanOf(slots.datetime, view, 'minute');
  if (slots.datetime && !span) return refused('time.not_understood');
  const then = span ? entries.filter(({ at }) => at >= span.from && at < span.until) : entries;
  const choices = choicesOf(then, view, group);
  const said = [word(slots, 'item'), word(slots, 'contact'), word(slots, 'destination')]
    .filter((part) => part !== undefined)
    .map(plain);
  const exact = choices.find(({ label }) => plain(label) === said.join(' '));
  if (exact) return exact.entries;
  const found = said.reduce((left, part) => saidOf(part, left, group), then);
  if (found.length === 0) return refused(none);
  if (found.length === 1 || said.some((part) => ALL.test(part))) return found;
  // An answer is read without what was found before it: no group that is larger.
  const offered = choices.filter((choice) => choice.entries.every((entry) => found.includes(entry)));
  return needs('item', which, { names: offered.map(({ label }) => label) });
}

function saidOf<T extends Entry>(
  part: string,
  entries: readonly T[],
  group: Asking<T>['group'],
): readonly T[] {
  if (!ALL.test(part)) return named(part, entries);
  if (ONLY_ALL.test(part)) return entries;
  // "all my timers", "every timer"
  const kind = entries.map(group).find((name) => part.includes(name.replace(/s$/, '')));
  return kind === undefined
    ? named(part.replace(ALL, ''), entries)
    : entries.filter((entry) => group(entry) === kind);
}

/** Each entry by its text, with its time where others are called the same; then those kinds that have several. */
function choicesOf<T extends Entry>(
  entries: readonly T[],
  view: View,
  group: Asking<T>['group'],
): readonly Choice<T>[] {
  const texts = entries.map(({ text }) => plain(text));
  const single = entries.map((entry) => ({
    label:
      texts.filter((text) => text === plain(entry.text)).length > 1 ? toldEntry(entry, view) : entry.text,
    entries: [entry],
  }));
  const groups = [...new Set(entries.map(group))]
    .map((name) => ({ label: `all ${name}`, entries: entries.filter((entry) => group(entry) === name) }))
    .filter((choice) => choice.entries.length > 1);
  return [...single, ...groups];
}
