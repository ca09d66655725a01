import assert from 'node:assert/strict';
import { parseRequest, resultLine } from '../../../assistant/understanding/jsonl.ts';

describe('understand lines', () => {
  it('[NLU-20] a plain line is an utterance, and its number is its id', () => {
    assert.deepEqual(parseRequest('turn on the ac', 3, false), {
      id: 3,
      utterance: { text: 'turn on the ac' },
    });
  });

  it('[NLU-20] a JSON line may bring an id and turns of context', () => {
    const context = [{ who: 'user', text: 'hi' }];
    assert.deepEqual(parseRequest(JSON.stringify({ id: 'a', text: 'and mine', context }), 1, true), {
      id: 'a',
      utterance: { text: 'and mine', context },
    });
  });

  for (const [why, line, message] of [
    ['no JSON', 'turn on', /^line 7: not JSON/],
    ['no text', '{}', /^line 7: text: /],
    ['a field it does not know', '{"text":"x","intent":"horn.start"}', /^line 7: .*intent/],
    ['another speaker', '{"text":"x","context":[{"who":"dog","text":"wuff"}]}', /^line 7: context\.0\.who: /],
    [
      'too many turns',
      JSON.stringify({ text: 'x', context: Array(101).fill({ who: 'user', text: 'y' }) }),
      /^line 7: context: /,
    ],
    ['a list', '[]', /^line 7: /],
  ] as const) {
    it(`[NLU-21] names the line of ${why}`, () => {
      const request = parseRequest(line, 7, true);
      assert.ok('error' in request);
      assert.match(request.error, message);
      assert.equal(request.id, 7);
    });
  }

  it('[NLU-21] a wrong line keeps its id where that can be read: answers are joined by it', () => {
    for (const id of [1, 'a']) assert.equal(parseRequest(JSON.stringify({ id }), 7, true).id, id);
    assert.equal(parseRequest('{"id":{}}', 7, true).id, 7);
  });

  it('[NLU-20] a result is one line that begins with the id', () => {
    assert.equal(resultLine('a', { error: 'line 1: not\nJSON' }), '{"id":"a","error":"line 1: not\\nJSON"}');
  });

  it('[NLU-20] an interpretation is written with the fields of the contract, and no others', () => {
    const temperature = { text: '21 degrees', value: 21, unit: 'celsius' };
    const command = { intent: 'climate.temperature.set', slots: { temperature }, confidence: 0.98 } as const;
    const line = resultLine('a', {
      text: '21 degrees',
      commands: [{ ...command, span: [0, 10] }],
      rejected: [],
      domain: 'climate_control',
      ms: 1.5,
    });
    assert.deepEqual(JSON.parse(line), {
      id: 'a',
      text: '21 degrees',
      commands: [command],
      domain: 'climate_control',
      ms: 1.5,
    });
  });
});
