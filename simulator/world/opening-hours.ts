/**
 * When something is open, from the common part of OpenStreetMap's `opening_hours`: "24/7", "08:00-20:00",
 * "Mo-Fr 09:00-18:00; Sa 10:00-14:00", "Tu,Th 17:00-26:00", "Su off". Holidays, seasons and sunsets are left out.
 */

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;
const DAY = DAY_MINUTES * MINUTE;

/** Minutes from midnight; the end may lie after the next midnight. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Spans for each day, Monday first. */
export type Week = readonly (readonly Span[])[];

export interface Opening {
  readonly open: boolean;
  /** While it is open: minutes until it closes; undefined when it never does. */
  readonly closesIn?: number | undefined;
}

const parsed = new Map<string, Week | undefined>();

/** @returns undefined when the text is more than is understood here */
export function parseHours(text: string): Week | undefined {
  if (!parsed.has(text)) parsed.set(text, parse(text));
  return parsed.get(text);
}

function parse(text: string): Week | undefined {
  if (text.trim() === '') return undefined;
  const week: Span[][] = DAYS.map(() => []);
  for (const rule of text.split(';').map((part) => part.trim())) {
    if (rule === '') continue;
    if (rule === '24/7') return DAYS.map(() => [{ from: 0, to: DAY_MINUTES }]);
    const match = /^((?:[A-Z][a-z](?:-[A-Z][a-z])?,?\s*)*)(off|closed|\d.*)$/.exec(rule);
    const days = match && daysOf(match[1] ?? '');
    const spans = match && spansOf(match[2] ?? '');
    if (!days || !spans) return undefined;
    // A later rule overrides an earlier one for its days.
    for (const day of days) week[day] = spans;
  }
  return week;
}

function daysOf(text: string): number[] | undefined {
  const plain = text.replace(/\s/g, '');
  if (plain === '') return DAYS.map((_, day) => day);
  const days: number[] = [];
  for (const part of plain.split(',')) {
    // Public holidays are not kept.
    if (part === 'PH') continue;
    const [first = '', last = first] = part.split('-');
    const [from, to] = [DAYS.indexOf(first), DAYS.indexOf(last)];
    if (from < 0 || to < 0) return undefined;
    for (let day = from; ; day = (day + 1) % 7) {
      days.push(day);
      if (day === to) break;
    }
  }
  return days;
}

function spansOf(text: string): Span[] | undefined {
  if (text === 'off' || text === 'closed') return [];
  const spans: Span[] = [];
  for (const part of text.split(',')) {
    const match = /^\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*$/.exec(part);
    if (!match) return undefined;
    const [from = 0, fromMinute = 0, to = 0, toMinute = 0] = match.slice(1).map(Number);
    const [start, end] = [from * 60 + fromMinute, to * 60 + toMinute];
    spans.push({ from: start, to: end <= start ? end + DAY_MINUTES : end });
  }
  return spans;
}

/** @param local epoch milliseconds shifted to the clock on the wall, as if that were UTC */
export function openAt(week: Week, local: number): Opening {
  const minute = Math.floor((((local % DAY) + DAY) % DAY) / MINUTE);
  // 1 January 1970 was a Thursday.
  const today = (((Math.floor(local / DAY) + 3) % 7) + 7) % 7;
  if (week.every(([span]) => span && span.from === 0 && span.to === DAY_MINUTES)) return { open: true };
  for (const [day, shift] of [
    [today, 0],
    [(today + 6) % 7, DAY_MINUTES],
  ] as const) {
    for (const { from, to } of week[day] ?? []) {
      if (minute + shift >= from && minute + shift < to) return { open: true, closesIn: to - minute - shift };
    }
  }
  return { open: false };
}

/** Open around the clock, every day. */
export const isAlways = (week: Week): boolean =>
  week.every((spans) => spans.some(({ from, to }) => from === 0 && to >= DAY_MINUTES));
