import { en, type ParsedComponents } from 'chrono-node';
import { findNumber, readDigits, wordsOf } from './number.ts';
import type { Value } from './value.ts';

const SECONDS: readonly (readonly [RegExp, number])[] = [
  [/^(s|secs?|seconds?)$/, 1],
  [/^(m|mins?|minutes?)$/, 60],
  [/^(h|hrs?|hours?)$/, 3600],
  [/^days?$/, 86_400],
  [/^(weeks?|wks?)$/, 604_800],
];
const secondsOf = (word: string | undefined) => SECONDS.find(([pattern]) => pattern.test(word ?? ''))?.[1];

/** "Ten minutes" → PT10M, "an hour and a half" → PT1H30M, "half an hour" → PT30M. */
export function duration(text: string): Value | undefined {
  const seconds = durationSeconds(text);
  return seconds === undefined || seconds <= 0 ? undefined : { value: isoDuration(seconds) };
}

function durationSeconds(text: string): number | undefined {
  let rest = wordsOf(text);
  let total: number | undefined;
  let unit = 0;
  while (rest.length > 0) {
    if (rest[0] === 'and' || rest[0] === 'about' || rest[0] === 'for' || rest[0] === 'in') {
      // "An hour and a half": half of the unit said last.
      const part = unit > 0 && rest[0] === 'and' ? findNumber(rest.slice(1).join(' ')) : undefined;
      if (part?.part && !secondsOf(part.after[0]) && part.before.length === 0)
        return (total ?? 0) + part.value * unit;
      rest = rest.slice(1);
      continue;
    }
    const found = findNumber(rest.join(' '));
    const counted =
      found && found.before.every((word) => /^(the|a|an|another|about|last|next)$/.test(word))
        ? found
        : undefined;
    const article = /^(a|an|another|one|the)$/.test(rest[0] ?? '') ? secondsOf(rest[1]) : undefined;
    if (article !== undefined) {
      unit = article;
      total = (total ?? 0) + unit;
      rest = rest.slice(2);
    } else if (counted) {
      // "Three quarters of an hour" and "half hour" as well as "ten more minutes".
      const skipped = counted.after.findIndex((word) => !/^(of|an|a|more|full|other)$/.test(word));
      const following = secondsOf(counted.after[skipped]);
      if (following === undefined) return total;
      unit = following;
      total = (total ?? 0) + counted.value * unit;
      rest = counted.after.slice(skipped + 1);
    } else return total;
  }
  return total;
}

function isoDuration(seconds: number): string {
  const rounded = Math.round(seconds);
  if (rounded % 604_800 === 0) return `P${rounded / 604_800}W`;
  const [days, hours, minutes, rest] = [
    Math.floor(rounded / 86_400),
    Math.floor((rounded % 86_400) / 3600),
    Math.floor((rounded % 3600) / 60),
    rounded % 60,
  ];
  const time = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${rest > 0 ? `${rest}S` : ''}`;
  return `P${days > 0 ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`;
}

/** Where and when something is said. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Minutes by which the car's clock is ahead of UTC. */
  readonly utcOffset: number;
}

/** Parts of a day as people plan it. */
const DAYTIMES: readonly (readonly [RegExp, string, string])[] = [
  [/\bmorning\b/, '06:00', '12:00'],
  [/\bafternoon\b/, '12:00', '18:00'],
  [/\bevening\b/, '18:00', '22:00'],
  [/\b(tonight|night)\b/, '20:00', '23:59'],
];
/** Days and hours that have a name. */
const NAMED_DAYS: readonly (readonly [RegExp, string])[] = [
  [/\bchristmas eve\b/, 'december 24'],
  [/\bchristmas( day)?\b/, 'december 25'],
  [/\bnew year'?s eve\b/, 'december 31'],
  [/\bnew year'?s( day)?\b/, 'january 1'],
  [/\b(at )?(lunch ?time|midday|lunch)\b/, 'at noon'],
  [/\bovernight\b/, 'tonight'],
];
const HOUR = /^\d{1,2}$/;

/**
 * A date, a time or an interval on the car's clock: "tomorrow at seven thirty" → 2026-11-22T07:30, "friday" →
 * 2026-11-27, "tomorrow morning" → 2026-11-22T06:00/2026-11-22T12:00. A time of day without a date is the next such
 * time, whether morning or evening; "tomorrow at two" is in the afternoon.
 */
export function datetime(text: string, { now, utcOffset }: Moment): Value | undefined {
  const lower = text.toLowerCase();
  const later = /^(in|after)\b|\bfrom now$/.test(lower)
    ? durationSeconds(lower.replace(/^(in|after)\b|\bfrom now$/g, ''))
    : undefined;
  if (later !== undefined) return { value: iso(new Date(now + later * 1000 + utcOffset * 60_000)) };
  const written = inDigits(
    NAMED_DAYS.reduce((named, [pattern, date]) => named.replace(pattern, date), lower),
  );
  const day = /^(?:on )?(?:the )?(\d{1,2})th$/.exec(written)?.[1];
  if (day !== undefined) return nextDayOfMonth(Number(day), { now, utcOffset });
  const [found] = en.parse(written, onTheWall(now, utcOffset), { forwardDate: true });
  if (!found) return undefined;
  const dated = dayIsSaid(found.start);
  if (!found.start.isCertain('hour')) {
    const daytime = DAYTIMES.find(([pattern]) => pattern.test(written));
    const date = dateOf(found.start);
    if (/\bweekend\b/.test(written)) return { value: `${date}/${nextDay(date)}` };
    if (!daytime) return { value: date };
    const today = iso(new Date(now + utcOffset * 60_000)).slice(0, 10);
    const day = /\b(this|tonight|today)\b/.test(written) ? today : date;
    return { value: `${day}T${daytime[1]}/${day}T${daytime[2]}` };
  }
  const half = /\bmorning\b/.test(written)
    ? 'am'
    : /\b(afternoon|evening|tonight|night)\b/.test(written)
      ? 'pm'
      : undefined;
  const start = clock(found.start, dated, half, { now, utcOffset });
  return { value: found.end ? `${start}/${dateOf(found.end)}T${timeOf(found.end)}` : start };
}

/** "The fifteenth": this month's, or of the next month that has one. */
function nextDayOfMonth(day: number, { now, utcOffset }: Moment): Value | undefined {
  const today = new Date(now + utcOffset * 60_000);
  for (let ahead = 0; ahead < 3; ahead++) {
    const date = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + ahead, day));
    if (date.getUTCDate() === day && (ahead > 0 || day >= today.getUTCDate()))
      return { value: date.toISOString().slice(0, 10) };
  }
  return undefined;
}

/** The car's clock as the machine's own: chrono compares days on the machine's clock, whatever zone it is told. */
function onTheWall(now: number, utcOffset: number): Date {
  const wall = new Date(now + utcOffset * 60_000);
  return new Date(
    wall.getUTCFullYear(),
    wall.getUTCMonth(),
    wall.getUTCDate(),
    wall.getUTCHours(),
    wall.getUTCMinutes(),
    wall.getUTCSeconds(),
  );
}

const dayIsSaid = (parts: ParsedComponents) => parts.isCertain('day') || parts.isCertain('weekday');
const two = (value: number | null) => String(value ?? 0).padStart(2, '0');
const dateOf = (parts: ParsedComponents) =>
  `${parts.get('year') ?? 0}-${two(parts.get('month'))}-${two(parts.get('day'))}`;
const nextDay = (date: string) =>
  new Date(Date.parse(`${date}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);
/** Local time of a date that was moved by the offset. */
const iso = (moved: Date) => moved.toISOString().slice(0, 16);

const timeOf = (parts: ParsedComponents) => `${two(parts.get('hour'))}:${two(parts.get('minute'))}`;

function clock(
  parts: ParsedComponents,
  dated: boolean,
  half: 'am' | 'pm' | undefined,
  { now, utcOffset }: Moment,
): string {
  const time = timeOf(parts);
  const hour = parts.get('hour') ?? 0;
  const date = dateOf(parts);
  // "At seven" may be morning or evening; 0 and everything past noon says so itself.
  const open = !parts.isCertain('meridiem') && half !== 'am' && hour >= 1 && hour <= 12;
  const later = `${two((hour % 12) + 12)}:${two(parts.get('minute'))}`;
  if (dated) return open && (half === 'pm' || hour <= 5) ? `${date}T${later}` : `${date}T${time}`;
  const local = iso(new Date(now + utcOffset * 60_000));
  const today = local.slice(0, 10);
  const times = open ? [hour === 12 ? `00:${two(parts.get('minute'))}` : time, later].sort() : [time];
  const next = times.find((each) => `${today}T${each}` > local);
  return next === undefined ? `${nextDay(today)}T${times[0] ?? time}` : `${today}T${next}`;
}

/** Clock times and days of the month as chrono reads them: "half past six" → 6:30, "seven thirty pm" → 7:30 pm. */
function inDigits(text: string): string {
  const words = wordsOf(
    text
      .replace(/(\d{1,2}):(\d\d)/g, '$1 $2')
      .replace(/\b([ap])\.? ?m\b\.?/g, ' $1m ')
      .replace(/o'? ?clock/g, 'oclock'),
  );
  const result: string[] = [];
  for (let at = 0; at < words.length;) {
    const read = clockAt(words, at) ?? dayOfMonthAt(words, at);
    result.push(read?.text ?? words[at] ?? '');
    at = read?.end ?? at + 1;
  }
  const written = result
    .join(' ')
    .replace(/\bin the (morning)\b(?=.*)/g, (all, _part, offset: number, whole: string) =>
      /\d:\d\d\s*$/.test(whole.slice(0, offset)) ? 'am' : all,
    );
  return written.replace(
    /(\d:\d\d) (in the (afternoon|evening)|at night|tonight|this evening)\b/g,
    (_all, time: string, part: string) => `${time} pm${/tonight|this/.test(part) ? ' today' : ''}`,
  );
}

interface Rewritten {
  readonly text: string;
  readonly end: number;
}

function hourAt(words: readonly string[], at: number): Rewritten | undefined {
  const word = words[at] ?? '';
  const read = HOUR.test(word) ? word : readDigits([word], 0)?.text;
  return read !== undefined && Number(read) <= 24
    ? { text: String(Number(read) % 24), end: at + 1 }
    : undefined;
}

/** Minutes after the hour: "thirty", "oh five", "05". */
function minuteAt(words: readonly string[], at: number): Rewritten | undefined {
  const first = words[at] ?? '';
  const zero = first === 'oh' || first === 'o' || first === 'zero';
  const read = readDigits(words, at);
  if (!read) return undefined;
  const text = zero || /^0\d$/.test(read.text) || Number(read.text) >= 10 ? read.text.padStart(2, '0') : '';
  return /^[0-5]\d$/.test(text) ? { text, end: read.end } : undefined;
}

function clockAt(words: readonly string[], at: number): Rewritten | undefined {
  const past = relativeClock(words, at);
  if (past) return past;
  const hour = hourAt(words, at);
  if (!hour) return undefined;
  const after = words[hour.end] ?? '';
  if (after === 'oclock') return { text: `${hour.text}:00`, end: hour.end + 1 };
  const minute = minuteAt(words, hour.end);
  if (minute) return { text: `${hour.text}:${minute.text}`, end: minute.end };
  const before = words[at - 1];
  const stands =
    after === 'am' ||
    after === 'pm' ||
    /^(at|around|by|until|till|about|before|after|from|to|-)$/.test(before ?? '') ||
    words.length === 1;
  const partOfDay =
    after === 'in' || after === 'tonight' || (after === 'at' && words[hour.end + 1] === 'night');
  return stands || partOfDay ? { text: `${hour.text}:00`, end: hour.end } : undefined;
}

/** "Half past six", "ten to nine", "half seven". */
function relativeClock(words: readonly string[], at: number): Rewritten | undefined {
  if (/^(from|between)$/.test(words[at - 1] ?? '')) return undefined;
  const from = words[at] === 'a' ? at + 1 : at;
  const amount = { half: 30, quarter: 15 }[words[from] ?? ''] ?? Number(readDigits(words, from)?.text);
  if (!(amount > 0 && amount < 60)) return undefined;
  let link =
    words[from] === 'half' || words[from] === 'quarter'
      ? from + 1
      : (readDigits(words, from)?.end ?? from + 1);
  if (words[link] === 'minutes' || words[link] === 'minute') link += 1;
  const direct = words[from] === 'half' ? hourAt(words, link) : undefined;
  const sign = { past: 1, after: 1, to: -1, before: -1, til: -1, till: -1 }[words[link] ?? ''];
  const hour = direct ?? (sign === undefined ? undefined : hourAt(words, link + 1));
  if (!hour) return undefined;
  const minutes = (Number(hour.text) * 60 + (direct ? 30 : (sign ?? 1) * amount) + 1440) % 1440;
  // "Quarter to one" is 12:45, of whichever half of the day.
  const clockHour = Math.floor(minutes / 60) === 0 && hour.text !== '0' ? 12 : Math.floor(minutes / 60);
  return { text: `${clockHour}:${two(minutes % 60)}`, end: hour.end };
}

const DAYS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );

/** "The twenty fourth" → 24th. */
function dayOfMonthAt(words: readonly string[], at: number): Rewritten | undefined {
  const [first = '', second = ''] = [words[at], words[at + 1]];
  const tens = { twenty: 20, thirty: 30 }[first];
  const unit = DAYS.indexOf(tens === undefined ? first : second);
  if (first === 'thirtieth') return { text: '30th', end: at + 1 };
  if (unit < 0 || (tens !== undefined && unit > 8)) return undefined;
  return { text: `${(tens ?? 0) + unit + 1}th`, end: tens === undefined ? at + 1 : at + 2 };
}
