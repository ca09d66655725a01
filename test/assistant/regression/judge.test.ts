import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expand, type Check } from '../../../assistant/regression/checks.ts';
import { judge, type Observation } from '../../../assistant/regression/judge.ts';
import { compareFrames } from '../../../assistant/regression/match.ts';
import { readSuite } from '../../../assistant/regression/read-suite.ts';
import type { Frame } from '../../../assistant/regression/result.ts';

const frame = (
  intent: string,
  slots: Record<string, Frame['slots'][string]['value']> = {},
  unit?: string,
): Frame => ({
  intent,
  slots: Object.fromEntries(
    Object.entries(slots).map(([name, value]) => [
      name,
      { text: String(value), value, ...(unit && { unit }) },
    ]),
  ),
  confidence: 0.9,
});
const kinds = (...args: Parameters<typeof compareFrames>) => compareFrames(...args).map(({ kind }) => kind);
const seen = (...got: Frame[]): Observation => ({ got, rejected: [] });

/** The only check of a case of this id. */
function check(yaml: string, id = 'a'): Check {
  const suite = readSuite({ file: 's.yaml', text: `ontology: none\ncases:\n  - ${yaml}\n` }, () => undefined);
  const checks = expand([suite], {
    seed: 0,
    synonyms: { verbs: [], values: new Map() },
    sound: () => undefined,
  });
  return checks.find((found) => found.id === id)!;
}
const status = (own: Check, turns: readonly Observation[]) => judge(own, { turns }).status;

describe('judging answers', () => {
  it('[TEST-10] commands are compared in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['a.on', 'b.on', 'c.on', 'c.on'], { minLength: 4 }), (order) => {
        const expected = ['a.on', 'b.on', 'c.on', 'c.on'].map((intent) => ({ intent }));
        assert.deepEqual(
          compareFrames(
            expected,
            order.map((intent) => frame(intent)),
          ),
          [],
        );
      }),
    );
    assert.deepEqual(kinds([{ intent: 'a.on' }, { intent: 'b.on' }], [frame('a.on')]), ['count']);
    assert.deepEqual(kinds([{ intent: 'a.on' }], [frame('a.on'), frame('b.on')]), ['count']);
    assert.deepEqual(kinds([{ intent: 'a.on' }], [frame('b.on')]), ['intent']);
  });

  it('[TEST-11] slots are compared by value, exactly those that are named; left out they are not compared', () => {
    const warm = frame('t.set', { temperature: 21.5, zone: 'driver' }, 'celsius');
    assert.deepEqual(kinds([{ intent: 't.set' }], [warm]), []);
    assert.deepEqual(kinds([{ intent: 't.set', slots: {} }], [warm]), ['slot', 'slot']);
    assert.deepEqual(kinds([{ intent: 't.set', slots: { temperature: 21.5, zone: 'Driver' } }], [warm]), []);
    assert.deepEqual(kinds([{ intent: 't.set', slots: { temperature: 21, zone: 'driver' } }], [warm]), [
      'slot',
    ]);
    assert.deepEqual(
      kinds(
        [{ intent: 't.set', slots: { temperature: { value: 21, within: 0.5 }, zone: 'driver' } }],
        [warm],
      ),
      [],
    );
    assert.deepEqual(
      kinds(
        [{ intent: 't.set', slots: { temperature: { value: 21.5, unit: 'fahrenheit' }, zone: 'driver' } }],
        [warm],
      ),
      ['slot'],
    );
  });

  it('[TEST-11] texts without case, marks and articles; lists in any order; digits as numbers or words', () => {
    const slots = { song: 'The  Wall!', windows: ['left', 'right'] as string[], phone: '555' };
    const got = frame('x', slots);
    assert.deepEqual(
      kinds([{ intent: 'x', slots: { song: 'wall', windows: ['right', 'left'], phone: 555 } }], [got]),
      [],
    );
    assert.deepEqual(
      kinds([{ intent: 'x', slots: { song: 'wall', windows: ['right'], phone: 555 } }], [got]),
      ['slot'],
    );
    assert.deepEqual(
      kinds(
        [{ intent: 'x', slots: { song: { text: 'the wall' }, windows: ['right', 'left'], phone: '555' } }],
        [got],
      ),
      [],
    );
  });

  it('[TEST-12] nothing expected: any command is wrong, declining is right', () => {
    assert.deepEqual(kinds([], [frame('none.out_of_scope.select')]), []);
    assert.deepEqual(kinds([], []), []);
    assert.deepEqual(kinds([], [frame('window.open')]), ['not-declined']);
  });

  it('[TEST-13] invariance: every variant is answered as the original, right or wrong', () => {
    const own = check('{id: a, text: open the window, invariance: {by: [casing], samples: 1}}', 'a~casing');
    assert.equal(status(own, [seen(frame('x', { n: 1 })), seen(frame('x', { n: 1 }))]), 'right');
    assert.equal(status(own, [seen(frame('x', { n: 1 })), seen(frame('x', { n: 2 }))]), 'wrong');
    assert.equal(status(own, [seen(frame('none.silence.select')), seen(frame('x'))]), 'wrong');
  });

  it('[TEST-14] direction: not executed, opposite, declined, slots, confidence, other frames', () => {
    const own = (expect: string) =>
      check(
        `{id: a, text: open the window, expect: window.open, direction: [{text: x, expect: ${expect}}]}`,
        'a~direction-1',
      );
    const [open, close] = [frame('window.open', { zone: 'driver' }), frame('window.close')];
    const declined = frame('none.out_of_scope.select');
    const sure = { ...open, confidence: 0.99 };
    const cases: readonly [string, Frame, 'right' | 'wrong'][] = [
      ['not-executed', close, 'right'],
      ['not-executed', open, 'wrong'],
      ['opposite', close, 'right'],
      ['opposite', declined, 'wrong'],
      ['declined', declined, 'right'],
      ['declined', close, 'wrong'],
      ['{slots: {zone: driver}}', open, 'right'],
      ['{slots: {zone: rear}}', open, 'wrong'],
      ['{confidence: higher}', sure, 'right'],
      ['{confidence: higher, by: 0.2}', sure, 'wrong'],
      ['{confidence: lower}', sure, 'wrong'],
      ['{frames: {intent: window.close, slots: {}}}', close, 'right'],
      ['{frames: {intent: window.close, slots: {}}}', open, 'wrong'],
    ];
    for (const [expect, got, wanted] of cases)
      assert.equal(status(own(expect), [seen(open), seen(got)]), wanted, expect);
  });

  it('[TEST-15] a turn is judged by commands, status, rule, state and reply', () => {
    const own = check(
      '{id: a, turns: [{text: open the trunk, expect: trunk.open, expectStatus: refused, expectRefusal: SAFE-4, expectReply: moving, expectState: {Vehicle.Speed: {min: 40}, Vehicle.Cabin.Door.IsOpen: false}}]}',
    );
    const right = {
      got: [frame('trunk.open')],
      rejected: [],
      outcomes: [{ intent: 'trunk.open', status: 'refused', rule: 'SAFE-4' }],
      reply: 'Not while we are MOVING.',
      state: { 'Vehicle.Speed': 50, 'Vehicle.Cabin.Door.IsOpen': false },
    };
    assert.equal(status(own, [right]), 'right');
    const wrong: readonly [string, Partial<Observation>][] = [
      ['intent', { got: [frame('trunk.close')] }],
      ['status', { outcomes: [{ intent: 'trunk.open', status: 'done', rule: 'SAFE-4' }] }],
      ['refusal', { outcomes: [{ intent: 'trunk.open', status: 'refused', rule: 'SAFE-3' }] }],
      ['reply', { reply: 'Opening the trunk.' }],
      ['state', { state: { ...right.state, 'Vehicle.Speed': 10 } }],
      ['state', { state: { 'Vehicle.Speed': 50 } }],
    ];
    for (const [kind, change] of wrong) {
      const { answers } = judge(own, { turns: [{ ...right, ...change }] });
      assert.deepEqual(
        answers[0]?.problems.map((problem) => problem.kind),
        [kind],
      );
    }
  });

  it('[TEST-16] what nobody answered is neither right nor wrong', () => {
    const own = check('{id: a, text: x, expect: []}');
    const result = judge(own, { failed: 'no-answer', reason: 'too late' });
    assert.deepEqual([result.status, result.reason, result.answers], ['no-answer', 'too late', []]);
  });
});
