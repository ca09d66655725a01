import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Store } from '../../dashboard/store.ts';
import {
  CONVERSATION_LENGTH,
  type ConversationTurn,
  type Patch,
  type Snapshot,
} from '../../simulator/server/protocol.ts';

const turn = (id: string, heard = ''): ConversationTurn => ({
  id,
  at: 0,
  seat: 'driver',
  source: 'text',
  stage: 'done',
  heard,
  words: [],
  commands: [],
  rejected: [],
  outcomes: [],
  reply: '',
  latency: {},
});
const presence = { taken: [], viewers: 0, asksToDrive: null };
const clock = { now: 0, utcOffset: 0 };
const snapshot = (
  version: number,
  signals: Record<string, number> = {},
  conversation: ConversationTurn[] = [],
): Snapshot => ({
  version,
  state: { signals: states(signals), route: null, conversation, show: null, presence, clock },
});
const states = (signals: Record<string, number>) =>
  Object.fromEntries(Object.entries(signals).map(([path, value]) => [path, { value }]));
const open = () => {
  let resyncs = 0;
  const store = new Store(() => resyncs++);
  return { store, resyncs: () => resyncs };
};

describe('dashboard/store', () => {
  it('[PAGE-1] a snapshot replaces everything, a patch that fits extends it', () => {
    const { store } = open();
    store.applySnapshot(snapshot(7, { a: 1, b: 2 }));
    assert.ok(store.applyPatch({ from: 7, version: 8, signals: states({ b: 3 }), turns: [turn('x')] }));
    assert.equal(store.version, 8);
    assert.deepEqual(store.state.signals, states({ a: 1, b: 3 }));
    assert.deepEqual(
      store.state.conversation.map(({ id }) => id),
      ['x'],
    );
    store.applySnapshot(snapshot(2, { c: 4 }));
    assert.deepEqual(store.state.signals, states({ c: 4 }), 'nothing of a server before its restart remains');
    assert.equal(store.version, 2);
  });

  it('[PAGE-2] a gap asks for one resync and shows nothing until the snapshot comes', () => {
    const { store, resyncs } = open();
    store.applySnapshot(snapshot(1, { a: 1 }));
    assert.equal(store.applyPatch({ from: 3, version: 4, signals: states({ a: 9 }) }), false);
    assert.equal(store.applyPatch({ from: 4, version: 5, signals: states({ a: 10 }) }), false);
    assert.equal(resyncs(), 1);
    assert.deepEqual(store.state.signals, states({ a: 1 }));
    store.applySnapshot(snapshot(5, { a: 10 }));
    assert.ok(store.applyPatch({ from: 5, version: 6, signals: states({ a: 11 }) }));
  });

  it('[PAGE-2] an old patch changes nothing and asks for nothing', () => {
    const { store, resyncs } = open();
    store.applySnapshot(snapshot(5, { a: 1 }));
    assert.equal(store.applyPatch({ from: 3, version: 4, signals: states({ a: 0 }) }), false);
    assert.equal(resyncs(), 0);
    assert.deepEqual(store.state.signals, states({ a: 1 }));
  });

  it('[PAGE-2] patches that are lost, doubled or out of order never lead to a state that the server never had', () => {
    const step = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer());
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 30 }),
        fc.array(fc.nat(29), { maxLength: 60 }),
        (steps, order) => {
          const history: Record<string, number>[] = [{}];
          const patches = steps.map(([path, value], from): Patch => {
            history.push({ ...history[from], [path]: value });
            return { from, version: from + 1, signals: states({ [path]: value }) };
          });
          const { store } = open();
          store.applySnapshot(snapshot(0));
          for (const index of order) {
            const patch = patches[index];
            if (patch) store.applyPatch(patch);
            assert.deepEqual(store.state.signals, states(history[store.version!]!));
          }
        },
      ),
    );
  });

  it('[PAGE-3] a listener hears only of the signals it asked for, and at once of what is there', () => {
    const { store } = open();
    store.applySnapshot(snapshot(1, { a: 1, b: 1 }));
    const heard: unknown[] = [];
    const stop = store.onSignals(['a'], (signals) => heard.push(signals['a']?.value));
    store.applyPatch({ from: 1, version: 2, signals: states({ b: 2 }) });
    store.applyPatch({ from: 2, version: 3, signals: states({ a: 5 }) });
    stop();
    store.applyPatch({ from: 3, version: 4, signals: states({ a: 6 }) });
    assert.deepEqual(heard, [1, 5]);
  });

  it('[PAGE-3] the car’s clock is told when it moves, and stays when other things change', () => {
    const { store } = open();
    store.applySnapshot(snapshot(1));
    const told: number[] = [];
    store.onClock(({ now }) => told.push(now));
    store.applyPatch({ from: 1, version: 2, clock: { now: 7_000, utcOffset: 60 } });
    store.applyPatch({ from: 2, version: 3, signals: states({ a: 1 }) });
    assert.deepEqual(told, [0, 7_000]);
    assert.deepEqual(store.state.clock, { now: 7_000, utcOffset: 60 });
  });

  it('[PAGE-3] a turn that grows keeps its place, and only the newest stay', () => {
    const { store } = open();
    store.applySnapshot(snapshot(1, {}, [turn('one'), turn('two')]));
    store.applyPatch({ from: 1, version: 2, turns: [turn('one', 'more words')] });
    assert.deepEqual(
      store.state.conversation.map(({ id, heard }) => [id, heard]),
      [
        ['one', 'more words'],
        ['two', ''],
      ],
    );
    const many = Array.from({ length: CONVERSATION_LENGTH }, (_, i) => turn(`n${i}`));
    store.applyPatch({ from: 2, version: 3, turns: many });
    assert.equal(store.state.conversation.length, CONVERSATION_LENGTH);
    assert.equal(store.state.conversation[0]!.id, 'n0');
  });
});
