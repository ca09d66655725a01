import assert from 'node:assert/strict';
import { datetime, duration } from '../../../../assistant/understanding/values/time.ts';

/** A Saturday, nine in the morning on a clock one hour ahead of UTC. */
const MOMENT = { now: Date.parse('2026-11-21T08:00:00Z'), utcOffset: 60 };
const table = (rule: string, read: (text: string) => unknown, lines: string) => {
  for (const line of lines.trim().split('\n')) {
    const [said = '', value = ''] = line.trim().split(' → ');
    it(`[${rule}] "${said}" is ${value}`, () => {
      assert.equal(read(said) ?? 'nothing', value);
    });
  }
};

describe('durations', () => {
  table(
    'NLU-17',
    (text) => duration(text)?.value,
    `ten minutes → PT10M
     30 seconds → PT30S
     an hour → PT1H
     half an hour → PT30M
     an hour and a half → PT1H30M
     one and a half hours → PT1H30M
     two and a half minutes → PT2M30S
     a quarter of an hour → PT15M
     three quarters of an hour → PT45M
     two hours and ten minutes → PT2H10M
     90 minutes → PT1H30M
     1h 30m → PT1H30M
     a couple of minutes → PT2M
     fifteen more minutes → PT15M
     a day → P1D
     two weeks → P2W
     won hour fifteen minutes → PT1H15M
     a while → nothing`,
  );
});

describe('dates and times', () => {
  table(
    'NLU-18',
    (text) => datetime(text, MOMENT)?.value,
    `tomorrow → 2026-11-22
     the day after tomorrow → 2026-11-23
     friday → 2026-11-27
     on the third of december → 2026-12-03
     the twenty fourth of december → 2026-12-24
     december 24th → 2026-12-24
     this weekend → 2026-11-21/2026-11-22
     tonight → 2026-11-21T20:00/2026-11-21T23:59
     tomorrow morning → 2026-11-22T06:00/2026-11-22T12:00
     this afternoon → 2026-11-21T12:00/2026-11-21T18:00
     at 7 → 2026-11-21T19:00
     at ten → 2026-11-21T10:00
     seven a m → 2026-11-22T07:00
     seven in the morning → 2026-11-22T07:00
     five pm → 2026-11-21T17:00
     nineteen thirty → 2026-11-21T19:30
     half past six → 2026-11-21T18:30
     half seven → 2026-11-21T19:30
     quarter to eight → 2026-11-21T19:45
     quarter to one → 2026-11-21T12:45
     ten past nine → 2026-11-21T09:10
     eight o'clock → 2026-11-21T20:00
     seven oh five → 2026-11-21T19:05
     noon → 2026-11-21T12:00
     midnight → 2026-11-22T00:00
     tomorrow at seven thirty → 2026-11-22T07:30
     tomorrow at two → 2026-11-22T14:00
     tomorrow morning at six → 2026-11-22T06:00
     six thirty tomorrow evening → 2026-11-22T18:30
     at ten tonight → 2026-11-21T22:00
     friday at 3 pm → 2026-11-27T15:00
     from 5 to 7 pm → 2026-11-21T17:00/2026-11-21T19:00
     in ten minutes → 2026-11-21T09:10
     in an hour and a half → 2026-11-21T10:30
     in two days → 2026-11-23T09:00
     the fifteenth → 2026-12-15
     on the thirty first → 2026-12-31
     christmas eve → 2026-12-24
     at lunchtime → 2026-11-21T12:00
     whenever → nothing`,
  );

  it('[NLU-18] the car’s clock decides what day it is, not the machine’s', () => {
    const late = Date.parse('2026-12-31T23:30:00Z');
    assert.equal(datetime('tomorrow', { now: late, utcOffset: 0 })?.value, '2027-01-01');
    assert.equal(datetime('tomorrow', { now: late, utcOffset: 60 })?.value, '2027-01-02');
    assert.equal(datetime('in an hour', { now: late, utcOffset: -480 })?.value, '2026-12-31T16:30');
    assert.equal(datetime('at 4', { now: late, utcOffset: -480 })?.value, '2026-12-31T16:00');
  });
});
