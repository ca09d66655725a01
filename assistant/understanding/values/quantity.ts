import { findNumber, readDigits, wordsOf, type FoundNumber } from './number.ts';
import { rounded, type Value } from './value.ts';

const says = (words: readonly string[], pattern: RegExp) => words.some((word) => pattern.test(word));
const around = ({ before, after }: FoundNumber) => [...before, ...after];
const PERCENT = /^(%|percent|percents|percentage|cent|person)$/;
const DEGREE = /^(°|deg|degrees?|grease)$/;
const inPercent = (part: number): Value => ({ value: Math.round(part * 100), unit: 'percent' });

/** Digits said one by one are one number: "two two degrees", "double two", "one eight point five". */
function joinedDigits(found: FoundNumber): FoundNumber {
  const digit = Number.isInteger(found.value) && found.value >= 0 && found.value <= 9;
  if (digit && found.before.at(-1) === 'double')
    return withDecimals({ ...found, value: found.value * 11, before: found.before.slice(0, -1) });
  const more = readDigits(found.after, 0);
  return withDecimals(
    digit && more
      ? { ...found, value: Number(`${found.value}${more.text}`), after: found.after.slice(more.end) }
      : found,
  );
}

/** "Eighteen point five", also after digits said one by one, and the half degree that is said as "nineteen five". */
function withDecimals(found: FoundNumber): FoundNumber {
  const [next, half] = found.after;
  const isPoint = next === 'point' || next === 'dot';
  if (!Number.isInteger(found.value) || found.value < 10) return found;
  if (isPoint) {
    const decimals = readDigits(found.after, 1);
    return decimals
      ? { ...found, value: Number(`${found.value}.${decimals.text}`), after: found.after.slice(decimals.end) }
      : found;
  }
  const isHalf = next === 'five' && (half === undefined || DEGREE.test(half));
  return isHalf ? { ...found, value: found.value + 0.5, after: found.after.slice(1) } : found;
}

/** "21 degrees", "seventy fahrenheit"; without a scale it is the car's own. */
export function temperature(text: string): Value | undefined {
  const read = findNumber(text);
  if (!read || read.part) return undefined;
  const found = joinedDigits(read);
  const words = around(found);
  const value = rounded(found.value);
  if (says(words, /^(f|fahrenheit)$/)) return { value, unit: 'fahrenheit' };
  return says(words, /^(c|celsius|centigrade)$/) ? { value, unit: 'celsius' } : { value };
}

/** "130", "eighty kilometres an hour", "70 mph"; without a unit it is the car's own. */
export function speed(text: string): Value | undefined {
  const found = findNumber(text);
  if (!found || found.part) return undefined;
  const words = around(found);
  const value = rounded(found.value);
  if (says(words, /^(mph|miles?|mp)$/)) return { value, unit: 'mph' };
  return says(words, /^(k|kmh|km|kph|kilomet(er|re)s?)$/) ? { value, unit: 'kmh' } : { value };
}

/** "two degrees", "ten percent", "a notch", "half", "five centimetres". Words like "a bit" stand in the lexicon. */
export function amount(text: string): Value | undefined {
  const found = findNumber(text) ?? withArticle(text);
  if (!found) return undefined;
  if (found.part) return inPercent(found.value);
  const words = around(found);
  const value = rounded(found.value);
  if (says(words, PERCENT)) return { value, unit: 'percent' };
  if (says(words, DEGREE)) return { value, unit: 'degree' };
  if (says(words, /^(mm|millimet(er|re)s?)$/)) return { value, unit: 'millimetre' };
  if (says(words, /^(cm|centimet(er|re)s?)$/))
    return { value: rounded(found.value * 10), unit: 'millimetre' };
  if (says(words, /^(inch|inches)$/)) return { value: Math.round(found.value * 25.4), unit: 'millimetre' };
  if (says(words, /^(levels?|stages?|settings?|bars?)$/)) return { value, unit: 'level' };
  return says(words, /^(steps?|notch|notches|clicks?|ticks?|stops?|points?)$/)
    ? { value, unit: 'step' }
    : { value };
}

/** "A degree" is one degree. */
function withArticle(text: string): FoundNumber | undefined {
  const words = wordsOf(text);
  const at = words.findIndex((word) => word === 'a' || word === 'an' || word === 'another');
  const counted = words.slice(at + 1);
  const known = says(
    counted,
    /^(degree|percent|level|stage|step|notch|click|tick|inch|centimet(er|re)|millimet(er|re)|bar|setting)$/,
  );
  return at >= 0 && known ? { value: 1, part: false, before: words.slice(0, at), after: counted } : undefined;
}

/** "50 percent", "level two", "seven out of ten", "half way", "two thirds". */
export function level(text: string): Value | undefined {
  const found = findNumber(text);
  if (!found) return undefined;
  if (found.part) return inPercent(found.value);
  const words = around(found);
  const whole =
    found.after[0] === 'out' || found.after[0] === 'of'
      ? findNumber(found.after.join(' '))?.value
      : undefined;
  if (whole !== undefined && whole > 0) return inPercent(found.value / whole);
  const value = rounded(found.value);
  if (says(words, PERCENT)) return { value, unit: 'percent' };
  return says(
    words,
    /^(levels?|stages?|settings?|steps?|bars?|notch|number|speed|gear|strength|intensity|position)$/,
  )
    ? { value, unit: 'level' }
    : { value };
}

/** "40 percent", "a third", "45 degrees"; a bare number is percent. */
export function position(text: string): Value | undefined {
  const found = findNumber(text);
  if (!found) return undefined;
  if (found.part) return inPercent(found.value);
  return { value: rounded(found.value), unit: says(around(found), DEGREE) ? 'degree' : 'percent' };
}

/** Megahertz on FM, kilohertz on AM. */
const FM = { low: 76, high: 108 };

/** "ninety eight point five", "98.5 fm", "one oh one point one", "ninety eight five", "eight ten am". */
export function frequency(text: string): Value | undefined {
  const words = wordsOf(
    text
      .replace(/\b([ad])\s?(m|ab)\b/gi, '$1$2')
      .replace(/\b(f)\s(m)\b/gi, '$1$2')
      .replace(/\bd a b\b/gi, 'dab'),
  );
  const band = words.find((word) => /^(fm|am|dab)$/.test(word));
  const from = words.findIndex((word) => /^\d/.test(word) || readDigits([word], 0) !== undefined);
  if (from < 0) return undefined;
  let value = frequencyFrom(words, from);
  // "Ninety eight five": said in one breath, a number too large for the band has a point before its last digit.
  if (
    band !== 'am' &&
    value > FM.high &&
    value <= FM.high * 10 &&
    value >= FM.low * 10 &&
    Number.isInteger(value)
  )
    value /= 10;
  const unit = band ?? (value >= FM.low && value <= FM.high ? 'fm' : value >= 500 ? 'am' : undefined);
  return { value: rounded(value), ...(unit !== undefined && { unit }) };
}

function frequencyFrom(words: readonly string[], from: number): number {
  const written = words[from] ?? '';
  if (/^\d+[.,]\d+$/.test(written)) return Number(written.replace(',', '.'));
  const digits = readDigits(words, from);
  if (says(words, /^(hundred|thousand)$/) || !digits) return findNumber(words.join(' '))?.value ?? 0;
  const point = /^(point|dot|comma)$/.test(words[digits.end] ?? '')
    ? readDigits(words, digits.end + 1)
    : undefined;
  return Number(point ? `${digits.text}.${point.text}` : digits.text);
}
