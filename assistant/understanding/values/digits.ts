import { findNumber, readDigits, wordsOf } from './number.ts';
import type { Value } from './value.ts';

const TIMES: Readonly<Record<string, number>> = { double: 2, triple: 3, treble: 3 };

/** A phone number: "plus four nine one seven one", "555-0123", "double four", "oh eight hundred". */
export function digits(text: string): Value | undefined {
  const words = wordsOf(text.replace(/[.,()/]/g, ' ')).filter(
    (word) => word !== '-' && word !== 'dash' && word !== 'and',
  );
  let value = '';
  for (let at = 0; at < words.length;) {
    const word = words[at] ?? '';
    const times = TIMES[word];
    if (word === '+' || word === 'plus') {
      if (value !== '') return undefined;
      value = '+';
      at += 1;
    } else if (word === 'hundred' || word === 'thousand') {
      value += word === 'hundred' ? '00' : '000';
      at += 1;
    } else if (times !== undefined) {
      // "Double 2 0 0" may be written "double 200": only the first digit is said twice.
      const once = readDigits([words[at + 1] ?? ''], 0)?.text;
      if (once === undefined) return undefined;
      value += once.charAt(0).repeat(times - 1) + once;
      at += 2;
    } else {
      const read = readDigits(words, at);
      if (!read) {
        // "The number is five five": words before the first digit say nothing.
        if (value !== '') return undefined;
        at += 1;
        continue;
      }
      value += read.text;
      at = read.end;
    }
  }
  return /^\+?\d{2,20}$/.test(value) ? { value } : undefined;
}

const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );

/** "The second one", "number three", "2nd", "the last". */
export function ordinal(text: string): Value | undefined {
  const words = wordsOf(text);
  if (words.some((word) => /^(last|final|bottom)$/.test(word))) return { value: 'last' };
  if (words.some((word) => /^(top)$/.test(word))) return { value: 1 };
  const place = words.map((word) => ORDINALS.indexOf(word)).find((index) => index >= 0);
  if (place !== undefined) return { value: place + 1 };
  const found = findNumber(text);
  return found && Number.isInteger(found.value) && found.value > 0 ? { value: found.value } : undefined;
}
