import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isAlways, openAt, parseHours } from '../../../simulator/world/opening-hours.ts';

const HOUR = 3_600_000;
/** Monday, 23 November 2026. */
const monday = Date.UTC(2026, 10, 23);
const at = (text: string, day: number, hour: number) =>
  openAt(parseHours(text)!, monday + day * 24 * HOUR + hour * HOUR);

describe('opening hours', () => {
  it('[WORLD-20] days, several times, rules that override others, days off', () => {
    const text = 'Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-14:00; We off';
    assert.deepEqual(at(text, 0, 9), { open: true, closesIn: 180 });
    assert.equal(at(text, 0, 13).open, false);
    assert.deepEqual(at(text, 4, 17.5), { open: true, closesIn: 30 });
    assert.equal(at(text, 2, 10).open, false);
    assert.equal(at(text, 5, 13).open, true);
    assert.equal(at(text, 6, 11).open, false);
    assert.equal(at('Sa-Mo 10:00-12:00', 6, 11).open, true, 'over the end of the week');
    assert.equal(at('08:00-20:00', 3, 19).open, true);
  });

  it('[WORLD-20] over midnight, however it is written, until the next morning', () => {
    for (const text of ['Fr 17:00-26:00', 'Fr 17:00-02:00']) {
      assert.deepEqual(at(text, 4, 23), { open: true, closesIn: 180 });
      assert.equal(at(text, 5, 1).open, true);
      assert.equal(at(text, 5, 2).open, false);
      assert.equal(at(text, 4, 1).open, false);
    }
    assert.equal(at('Su 20:00-04:00', 0, 3).open, true, 'Sunday night is Monday morning');
  });

  it('[WORLD-20] around the clock never closes', () => {
    assert.deepEqual(at('24/7', 3, 4), { open: true });
    assert.ok(isAlways(parseHours('Mo-Su 00:00-24:00')!));
    assert.ok(!isAlways(parseHours('Mo-Fr 00:00-24:00')!));
  });

  it('[WORLD-20] what is not understood is unknown, never wrong', () => {
    for (const text of [
      'sunrise-sunset',
      'Mo-Fr',
      'Apr-Oct 10:00-18:00',
      'by appointment',
      '',
      'Xy 10:00-12:00',
    ]) {
      assert.equal(parseHours(text), undefined, text);
    }
  });

  it('[WORLD-20] a place is open for as long as it says it will be', () => {
    const time = fc.integer({ min: 0, max: 24 * 60 - 1 });
    const written = (minutes: number) =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(time, time, fc.integer({ min: 0, max: 7 * 24 * 60 }), (from, to, minute) => {
        const week = parseHours(`${written(from)}-${written(to)}`)!;
        const now = monday + minute * 60_000;
        const { open, closesIn } = openAt(week, now);
        if (!open || closesIn === undefined) return;
        assert.ok(openAt(week, now + (closesIn - 1) * 60_000).open);
        const later = openAt(week, now + closesIn * 60_000);
        // Where it opens as it closes it is open on.
        assert.ok(!later.open || from === to);
      }),
    );
  });
});
