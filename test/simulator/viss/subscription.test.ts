import assert from 'node:assert/strict';
import {
  begin,
  onChanges,
  onTime,
  type Memory,
  type Subscription,
  type Trigger,
} from '../../../simulator/viss/subscription.ts';
import type { SignalValue } from '../../../vehicle/signals/signal.ts';

/** Which of these values a subscription to one signal sends. */
function sentOf(trigger: Trigger, values: readonly SignalValue[]): SignalValue[] {
  const subscription: Subscription = { trigger, paths: new Set(['A']) };
  const [first = 0, ...others] = values;
  let { memory, send } = begin(subscription, () => first, 0);
  const sent: SignalValue[] = send.length > 0 ? [first] : [];
  let from = first;
  for (const to of others) {
    ({ memory, send } = onChanges(subscription, memory, [{ path: 'A', from, to }]));
    if (send.length > 0) sent.push(to);
    from = to;
  }
  return sent;
}

describe('VISS subscription', () => {
  it('[VISS-7] change: the difference to the value last sent', () => {
    const rises: Trigger = { variant: 'change', op: 'gt', diff: 10 };
    assert.deepEqual(sentOf(rises, [0, 4, 8, 12, 20, 23]), [12, 23]);
    assert.deepEqual(sentOf({ variant: 'change', op: 'lte', diff: -5 }, [20, 18, 15, 16, 9]), [15, 9]);
    assert.deepEqual(sentOf({ variant: 'change', op: 'ne', diff: 0 }, [1, 2, 1.5]), [2, 1.5]);
  });

  it('[VISS-7] change of a boolean: gt rises, lt falls, ne both, each time', () => {
    const wave = [false, true, false, true, false];
    assert.deepEqual(sentOf({ variant: 'change', op: 'gt', diff: 0 }, wave), [true, true]);
    assert.deepEqual(sentOf({ variant: 'change', op: 'lt', diff: 0 }, wave), [false, false]);
    assert.deepEqual(sentOf({ variant: 'change', op: 'ne', diff: 0 }, wave), [true, false, true, false]);
  });

  it('[VISS-7] change of text: only ne 0', () => {
    assert.deepEqual(sentOf({ variant: 'change', op: 'ne', diff: 0 }, ['a', 'b']), ['b']);
    assert.deepEqual(sentOf({ variant: 'change', op: 'gt', diff: 0 }, ['a', 'b']), []);
  });

  it('[VISS-8] range: every new value inside, and the one found at the start', () => {
    const between: Trigger = {
      variant: 'range',
      boundaries: [
        { op: 'gt', boundary: 49 },
        { op: 'lt', boundary: 51 },
      ],
      combine: 'AND',
    };
    assert.deepEqual(sentOf(between, [50, 50.5, 51, 49.5, 49]), [50, 50.5, 49.5]);
    const outside: Trigger = {
      variant: 'range',
      boundaries: [
        { op: 'lt', boundary: 50 },
        { op: 'gte', boundary: 55 },
      ],
      combine: 'OR',
    };
    assert.deepEqual(sentOf(outside, [52, 49, 50, 54, 55]), [49, 55]);
    assert.deepEqual(
      sentOf({ variant: 'range', boundaries: [{ op: 'eq', boundary: 3 }], combine: 'AND' }, [1, 3, 4]),
      [3],
    );
  });

  it('[VISS-9] timebased: once a period of virtual time; a leap over many is one event, and the rhythm stays', () => {
    const subscription: Subscription = {
      trigger: { variant: 'timebased', period: 500 },
      paths: new Set(['A', 'B']),
    };
    let memory: Memory = begin(subscription, () => 0, 1_000).memory;
    const at: number[] = [];
    for (const now of [1_100, 1_499, 1_500, 1_600, 2_020, 9_700, 9_999, 10_000]) {
      const reaction = onTime(subscription, memory, now);
      memory = reaction.memory;
      if (reaction.send.length > 0) at.push(now);
      assert.ok(reaction.send.length === 0 || reaction.send.join() === 'A,B');
    }
    assert.deepEqual(at, [1_500, 2_020, 9_700, 10_000]);
  });

  it('[VISS-10] the decisive signal alone triggers, and all signals are sent', () => {
    const subscription: Subscription = {
      trigger: { variant: 'change', op: 'ne', diff: 0 },
      paths: new Set(['A', 'B']),
      decisive: 'A',
    };
    const { memory } = begin(subscription, () => 0, 0);
    assert.deepEqual(onChanges(subscription, memory, [{ path: 'B', from: 0, to: 1 }]).send, []);
    assert.deepEqual(onChanges(subscription, memory, [{ path: 'A', from: 0, to: 1 }]).send, ['A', 'B']);
  });

  it('[VISS-10] without a decisive signal each decides for itself', () => {
    const subscription: Subscription = {
      trigger: { variant: 'change', op: 'ne', diff: 0 },
      paths: new Set(['A', 'B']),
    };
    const { memory } = begin(subscription, () => 0, 0);
    assert.deepEqual(onChanges(subscription, memory, [{ path: 'B', from: 0, to: 1 }]).send, ['B']);
  });
});
