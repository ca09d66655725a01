import assert from 'node:assert/strict';
import { History } from '../../../dashboard/conversation/history.ts';
import { suggest } from '../../../dashboard/conversation/suggestions.ts';
import { durationWords, gateWords, slotWords, waterfall } from '../../../dashboard/conversation/words.ts';
import { t } from '../../../dashboard/language/language.ts';
import type { ConversationTurn } from '../../../simulator/server/protocol.ts';

type Outcome = ConversationTurn['outcomes'][number];
const command = { intent: 'trunk.open', slots: {} } as const;
const shared = { command, code: 'trunk.refused', facts: {}, changes: [] };

describe('dashboard/conversation/words', () => {
  it('[PAGE-12] a refusal names the rule and the signals that decided', () => {
    const refused: Outcome = {
      ...shared,
      status: 'refused',
      decision: {
        verdict: 'refuse',
        rule: 'SAFE-4',
        because: [{ path: 'Vehicle.Speed', value: 50 }],
        remedy: 'remedy.stop',
      },
    };
    assert.deepEqual(gateWords(refused), { rule: 'SAFE-4', because: 'Speed = 50' });
    assert.equal(t(`outcome.${refused.status}`), 'Refused');
    assert.equal(gateWords({ ...shared, status: 'done' }), undefined);
    assert.equal(gateWords({ ...shared, status: 'refused' }), undefined, 'a limit, not the gate, said no');
  });

  it('[PAGE-13] a slot is shown as its value, with its unit', () => {
    assert.equal(slotWords({ text: 'twenty one', value: 21, unit: 'celsius' }), '21 °C');
    assert.equal(slotWords({ text: 'on both sides', value: ['driver', 'rear_left'] }), 'driver, rear left');
    assert.equal(slotWords({ text: 'three', value: 3, unit: 'level' }), '3 level');
  });

  it('[PAGE-14] the waterfall puts each stage after the one before and fills the whole width', () => {
    const bars = waterfall({ transcribe: 150, understand: 40, execute: 10 });
    assert.deepEqual(
      bars.map(({ stage, from, width }) => [stage, from, width]),
      [
        ['transcribe', 0, 75],
        ['understand', 75, 20],
        ['execute', 95, 5],
      ],
    );
    assert.deepEqual(waterfall({ understand: 0 }), [{ stage: 'understand', ms: 0, from: 0, width: 0 }]);
    assert.deepEqual([0.42, 12.4, 1_204].map(durationWords), ['0.4 ms', '12 ms', '1.20 s']);
  });
});

describe('dashboard/conversation/history', () => {
  it('[PAGE-15] arrow up goes back through what was typed, arrow down returns to what was being typed', () => {
    const history = new History();
    assert.equal(history.back('x'), undefined);
    for (const line of ['one', 'two', 'two']) history.add(line);
    assert.deepEqual(
      [history.back('draft'), history.back('two'), history.back('one')],
      ['two', 'one', undefined],
    );
    assert.deepEqual([history.forward(), history.forward(), history.forward()], ['two', 'draft', undefined]);
  });
});

describe('dashboard/conversation/suggestions', () => {
  const at = (values: Record<string, boolean | number | string>) =>
    Object.fromEntries(Object.entries(values).map(([path, value]) => [`Vehicle.${path}`, { value }]));

  it('[PAGE-16] suggestions fit the state of the car, and are at most five', () => {
    const parked = suggest({ signals: at({ IsMoving: false }), route: null });
    assert.ok(parked.includes('Open the trunk') && parked.includes('Take me home'));
    assert.ok(
      !suggest({ signals: at({ IsMoving: true }), route: null }).includes('Open the trunk'),
      'the gate would refuse it',
    );
    const route = {
      to: { id: '', name: '', category: '', at: [0, 0], address: '', attributes: {} },
      stops: [],
      options: [],
      line: [],
      times: [],
      legs: [],
      distance: 0,
      duration: 0,
      delay: 0,
      via: '',
      walk: 0,
      maneuvers: [],
    } as const;
    assert.ok(suggest({ signals: {}, route }).includes('When will we arrive?'));
    const low = 'Powertrain.TractionBattery.StateOfCharge.Current';
    assert.equal(
      suggest({ signals: at({ [low]: 12 }), route: null })[0],
      'Find the nearest charging station',
    );
    const all = at({ [low]: 12, 'Exterior.LightIntensity': 2, 'Exterior.AirTemperature': -4 });
    assert.equal(suggest({ signals: all, route }).length, 5);
  });
});
