import type { SlotValue } from './command.ts';
import { atoms } from './slots.ts';

const DAY = 86_400_000;
/** Weeks, days, hours, minutes, seconds. */
const UNITS = [7 * DAY, DAY, 3_600_000, 60_000, 1000];
const DURATION =
  /^P(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** ISO 8601 duration (weeks to seconds; months have no fixed length) in milliseconds; undefined when it is none. */
export function durationOf(slot: SlotValue | undefined): number | undefined {
  const text = String(atoms(slot)[0] ?? '');
  const found = DURATION.exec(text);
  if (!found || text === 'P' || text.endsWith('T')) return undefined;
  const parts = found.slice(1).map((part: string | undefined) => Number(part ?? 0));
  return parts.reduce((sum, part, at) => sum + part * (UNITS[at] ?? 0), 0);
}

/**
 * The beginning of a `datetime` slot in epoch milliseconds. A time of day alone is the next such time; a duration
 * counts from now; without a zone it is the car's own time.
 */
export function momentOf(slot: SlotValue, now: number, utcOffset: number): number | undefined {
  const text = String(atoms(slot)[0] ?? '').split('/', 1)[0] ?? '';
  const duration = durationOf({ text, value: text });
  if (duration !== undefined) return now + duration;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text);
  const time = /^T?(\d\d?):(\d\d)(?::(\d\d))?$/.exec(text);
  if (time) {
    const midnight = Math.floor((now + utcOffset) / DAY) * DAY - utcOffset;
    const today =
      midnight + Number(time[1]) * 3_600_000 + Number(time[2]) * 60_000 + Number(time[3] ?? 0) * 1000;
    return today > now ? today : today + DAY;
  }
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
  const dated = text.includes('T') ? text : `${text}T00:00`;
  const parsed = Date.parse(zoned && text.includes('T') ? dated : `${dated}Z`);
  if (Number.isNaN(parsed)) return undefined;
  return zoned && text.includes('T') ? parsed : parsed - utcOffset;
}

/** "15:42" on the car's clock. */
export function clockTime(moment: number, utcOffset: number): string {
  return new Date(moment + utcOffset).toISOString().slice(11, 16);
}

/** "2026-11-21" on the car's clock. */
export function clockDate(moment: number, utcOffset: number): string {
  return new Date(moment + utcOffset).toISOString().slice(0, 10);
}

/**
 * A day as people name it from now: "today", "tomorrow", "Tuesday" within a week, else "July 19", with its year where
 * that is another.
 */
export function dayName(moment: number, now: number, utcOffset: number): string {
  const ahead = Math.floor((moment + utcOffset) / DAY) - Math.floor((now + utcOffset) / DAY);
  if (ahead === 0) return 'today';
  if (ahead === 1) return 'tomorrow';
  const [then, today] = [new Date(moment + utcOffset), new Date(now + utcOffset)];
  if (ahead > 1 && ahead < 7) return then.toLocaleDateString('en', { timeZone: 'UTC', weekday: 'long' });
  return then.toLocaleDateString('en', {
    timeZone: 'UTC',
    month: 'long',
    day: 'numeric',
    ...(then.getUTCFullYear() !== today.getUTCFullYear() && { year: 'numeric' }),
  });
}
