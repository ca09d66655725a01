import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  CONVERSATION_LENGTH,
  type ConversationTurn,
  type DashboardState,
  type Patch,
  type Show,
} from '../../../simulator/server/protocol.ts';
import { SharedState } from '../../../simulator/server/shared-state.ts';

const turn = (id: string, heard: string): ConversationTurn => ({
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

const show = (step: number): Show => ({
  title: 'Commute',
  caption: '',
  camera: null,
  note: '',
  paused: false,
  at: 0,
  step,
  steps: 9,
  next: null,
});

/** What a dashboard does with a patch, written down a second time, plainly. */
function apply(state: DashboardState, patch: Patch): DashboardState {
  const turns = new Map(state.conversation.map((item) => [item.id, item]));
  for (const item of patch.turns ?? []) turns.set(item.id, item);
  return {
    signals: { ...state.signals, ...patch.signals },
    route: patch.route === undefined ? state.route : patch.route,
    conversation: [...turns.values()].slice(-CONVERSATION_LENGTH),
    show: patch.show ?? state.show,
    presence: patch.presence ?? state.presence,
    clock: patch.clock ?? state.clock,
  };
}

describe('shared state', () => {
  it('[SYNC-1] nothing changed: no patch, same version', () => {
    const shared = new SharedState();
    shared.setSignal('Vehicle.Speed', { value: 0 });
    assert.equal(shared.flush()?.version, 1);
    assert.equal(shared.flush(), undefined);
    assert.equal(shared.snapshot().version, 1);
  });

  it('[SYNC-6] the car’s time is told once a second, and at once after a jump', () => {
    const shared = new SharedState();
    shared.setClock(5_000, 60);
    assert.deepEqual(shared.flush()?.clock, { now: 5_000, utcOffset: 60 });
    shared.setClock(5_999, 60);
    assert.equal(shared.flush(), undefined);
    shared.setClock(6_001, 60);
    assert.deepEqual(shared.flush()?.clock, { now: 6_000, utcOffset: 60 });
    shared.setClock(606_500, 60);
    assert.deepEqual(shared.flush()?.clock, { now: 606_000, utcOffset: 60 });
    assert.deepEqual(shared.snapshot().state.clock, { now: 606_000, utcOffset: 60 });
  });

  it('[SYNC-1] many changes of one signal between two flushes leave as one', () => {
    const shared = new SharedState();
    for (let speed = 0; speed <= 100; speed++) shared.setSignal('Vehicle.Speed', { value: speed });
    assert.deepEqual(shared.flush(), { from: 0, version: 1, signals: { 'Vehicle.Speed': { value: 100 } } });
  });

  it('[SYNC-2] a snapshot plus all later patches is the state, whatever happened', () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('signal' as const),
        path: fc.constantFrom('A', 'B', 'C'),
        value: fc.integer(),
      }),
      fc.record({ do: fc.constant('turn' as const), id: fc.nat(80).map(String), heard: fc.string() }),
      fc.record({ do: fc.constant('show' as const), step: fc.nat(9) }),
      fc.record({ do: fc.constant('presence' as const), viewers: fc.nat(9) }),
      fc.record({ do: fc.constant('clock' as const), now: fc.nat(5_000) }),
      fc.record({ do: fc.constant('flush' as const) }),
      fc.record({ do: fc.constant('join' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const shared = new SharedState();
        let watcher = shared.snapshot();
        const flush = () => {
          const patch = shared.flush();
          if (!patch) return;
          assert.equal(patch.from, watcher.version);
          watcher = { version: patch.version, state: apply(watcher.state, patch) };
        };
        for (const item of steps) {
          if (item.do === 'signal') shared.setSignal(item.path, { value: item.value });
          else if (item.do === 'turn') shared.setTurn(turn(item.id, item.heard));
          else if (item.do === 'show') shared.setShow(show(item.step));
          else if (item.do === 'presence')
            shared.setPresence({ taken: [], viewers: item.viewers, asksToDrive: null });
          else if (item.do === 'clock') shared.setClock(item.now, 60);
          else flush();
          if (item.do === 'join') assert.deepEqual(watcher, shared.snapshot());
        }
        flush();
        assert.deepEqual(watcher, shared.snapshot());
        assert.ok(watcher.state.conversation.length <= CONVERSATION_LENGTH);
      }),
    );
  });
});
