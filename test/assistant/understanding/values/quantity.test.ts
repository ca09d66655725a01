import assert from 'node:assert/strict';
import { digits, ordinal } from '../../../../assistant/understanding/values/digits.ts';
import { findNumber } from '../../../../assistant/understanding/values/number.ts';
import {
  amount,
  frequency,
  level,
  position,
  speed,
  temperature,
} from '../../../../assistant/understanding/values/quantity.ts';
import type { Value } from '../../../../assistant/understanding/values/value.ts';
import { spokenNumber } from '../../../../assistant/understanding/spoken-number.ts';

const show = (value: Value | undefined) =>
  value === undefined ? 'nothing' : [value.value, value.unit].filter((part) => part !== undefined).join(' ');
/** "words → value" a line. */
const table = (rule: string, read: (text: string) => Value | undefined, lines: string) => {
  for (const line of lines.trim().split('\n')) {
    const [said = '', value = ''] = line.trim().split(' → ');
    it(`[${rule}] "${said}" is ${value}`, () => {
      assert.equal(show(read(said)), value);
    });
  }
};

describe('spoken numbers', () => {
  it('[NLU-13] every whole number to 9999 is read back from all the ways to say it', () => {
    for (let value = 0; value <= 9999; value += value < 200 ? 1 : 37) {
      for (const words of spokenNumber(value)) assert.equal(findNumber(words)?.value, value, words);
    }
  });
});

describe('temperatures', () => {
  table(
    'NLU-13',
    temperature,
    `21 → 21
     twenty one and a half → 21.5
     twenty one point five degrees → 21.5
     22.5°C → 22.5 celsius
     70 degrees fahrenheit → 70 fahrenheit
     sixty-eight f → 68 fahrenheit
     minus five → -5
     -3 → -3
     twenty won → 21
     half → nothing
     warm → nothing`,
  );
});

describe('amounts', () => {
  table(
    'NLU-14',
    amount,
    `two degrees → 2 degree
     half a degree → 0.5 degree
     a degree → 1 degree
     one and a half degrees → 1.5 degree
     a couple of degrees → 2 degree
     10% → 10 percent
     a third → 33 percent
     a notch → 1 step
     three steps → 3 step
     one level → 1 level
     five centimetres → 50 millimetre
     an inch → 25 millimetre
     a lot → nothing`,
  );
});

describe('levels', () => {
  table(
    'NLU-14',
    level,
    `50 percent → 50 percent
     fifty per cent → 50 percent
     a hundred percent → 100 percent
     level two → 2 level
     stage 3 → 3 level
     two → 2
     seven out of ten → 70 percent
     two thirds → 67 percent
     three quarters → 75 percent
     loud → nothing`,
  );
});

describe('positions', () => {
  table(
    'NLU-14',
    position,
    `forty percent → 40 percent
     40 → 40 percent
     a third → 33 percent
     half → 50 percent
     45 degrees → 45 degree
     ajar → nothing`,
  );
});

describe('speeds', () => {
  table(
    'NLU-14',
    speed,
    `130 → 130
     eighty kilometres an hour → 80 kmh
     120 km/h → 120 kmh
     seventy miles per hour → 70 mph
     one twenty → 120
     one ten → 110
     one fifteen → 115
     one oh five → 105
     a hundred and ten → 110
     slow → nothing`,
  );
});

describe('frequencies', () => {
  table(
    'NLU-15',
    frequency,
    `ninety eight point five → 98.5 fm
     ninety eight five → 98.5 fm
     98.5 fm → 98.5 fm
     one oh one point one → 101.1 fm
     a hundred and three point seven → 103.7 fm
     1 0 1 point 1 → 101.1 fm
     f m 94.2 → 94.2 fm
     eight ten am → 810 am
     810 a m → 810 am
     jazz → nothing`,
  );
});

describe('phone numbers', () => {
  table(
    'NLU-16',
    digits,
    `double four five oh one → 44501
     triple nine → 999
     oh 9 7 double 2 0 0 → 0972200
     plus four nine one seven one → +49171
     +49 171 1234567 → +491711234567
     (030) 123-456 → 030123456
     oh eight hundred five five five → 0800555
     twenty two thirty four fifty six → 223456
     the number is five five five one → 5551
     five → nothing
     four plus five → nothing
     grandma → nothing`,
  );
});

describe('ordinals', () => {
  table(
    'NLU-16',
    ordinal,
    `the second one → 2
     number three → 3
     4th → 4
     position one → 1
     the last one → last
     bottom one → last
     twelfth → 12
     that one there → 1
     nothing of these → nothing
     zero → nothing`,
  );
});
