import assert from 'node:assert/strict';
import { asCase } from '../../../dashboard/conversation/as-case.ts';
import { readSuite } from '../../../assistant/regression/read-suite.ts';
import type { ConversationTurn } from '../../../simulator/server/protocol.ts';

const turn = (over: Partial<ConversationTurn>): ConversationTurn => ({
  id: '1',
  at: 0,
  seat: 'driver',
  source: 'text',
  stage: 'done',
  heard: 'set it to "21", please: now',
  words: [],
  commands: [],
  rejected: [],
  outcomes: [],
  reply: '',
  latency: {},
  ...over,
});
const read = (yaml: string) => {
  const indented = yaml.replace(/^/gm, '  ').trimEnd();
  const [only] = readSuite({ file: 'copied.yaml', text: `cases:\n${indented}\n` }, () => undefined).cases;
  assert.ok(only);
  return only;
};

describe('dashboard: a turn as a test case', () => {
  it('[PAGE-60] what was understood is what the case expects, whatever was said', () => {
    const commands = [
      {
        intent: 'climate.temperature.set',
        slots: {
          temperature: { text: '21', value: 21, unit: 'celsius' },
          zone: { text: 'x', value: ['driver', 'rear'] },
        },
        confidence: 1,
        span: [0, 3],
      },
      { intent: 'climate.ac.on', slots: {}, confidence: 1, span: [4, 9] },
    ] as const;
    const said = turn({ commands, seat: 'rear_left' });
    const copied = read(asCase(said));
    assert.equal(copied.text, said.heard);
    assert.equal(copied.seat, 'rear_left');
    assert.deepEqual(copied.expect, [
      {
        intent: 'climate.temperature.set',
        slots: { temperature: { value: 21, unit: 'celsius' }, zone: ['driver', 'rear'] },
      },
      { intent: 'climate.ac.on', slots: {} },
    ]);
  });

  it('[PAGE-60] what was declined expects nothing, what was refused its rule', () => {
    const none = { intent: 'none.out_of_scope.select', slots: {}, confidence: 1, span: [0, 1] } as const;
    assert.deepEqual(read(asCase(turn({ commands: [none] }))).expect, []);
    const door = { intent: 'door.open', slots: {}, confidence: 1, span: [0, 1] } as const;
    const outcome = {
      status: 'refused',
      command: door,
      code: 'remedy.stop',
      facts: {},
      changes: [],
      decision: { verdict: 'refuse', rule: 'SAFE-2', because: [], remedy: 'remedy.stop' },
    } as const;
    assert.equal(read(asCase(turn({ commands: [door], outcomes: [outcome] }))).expectRefusal, 'SAFE-2');
  });
});
