import assert from 'node:assert/strict';
import { askAll } from '../../../assistant/regression/ask.ts';
import { expand } from '../../../assistant/regression/checks.ts';
import { readSuite } from '../../../assistant/regression/read-suite.ts';
import type { CheckResult } from '../../../assistant/regression/result.ts';
import { openPool } from '../../../simulator/regression/pool.ts';
import { startModelServer, type Reply } from '../../support/model-server.ts';

const parsed = (name: string): Reply => ({
  body: { text: '', intent: { name, confidence: 0.9 }, entities: [], intent_ranking: [] },
});

describe('an engine that is asked on several threads', function () {
  this.timeout(300_000);

  /** Answers of a server, by id. */
  async function answers(texts: readonly string[], answer: (text: string) => Reply, timeout: number) {
    const server = await startModelServer(({ body }) => answer((body as { text: string }).text));
    const lines = texts.map((text, at) =>
      JSON.stringify({ id: `c${at}`, text, expect: { intent: 'book_flight' } }),
    );
    const text = ['{"ontology":"none"}', ...lines].join('\n');
    const suite = readSuite({ file: 's.jsonl', text }, () => undefined);
    const checks = expand([suite], {
      seed: 0,
      synonyms: { verbs: [], values: new Map() },
      sound: () => undefined,
    });
    const pool = await openPool({ model: `rasa+${server.url}`, threads: 1, timeout });
    const results = new Map<string, CheckResult>();
    try {
      await askAll(checks, pool, (result) => results.set(result.id, result));
    } finally {
      await pool.close();
      await server.close();
    }
    return { results, asked: server.asked.length };
  }

  it('[TEST-34] [TEST-38] is late for one question only, and answers in its own labels', async () => {
    const { results } = await answers(
      ['book a flight', 'hang', 'fly me to rome'],
      (text) => (text === 'hang' ? {} : parsed('book_flight')),
      3000,
    );
    assert.deepEqual(
      [...results.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ status }) => status),
      ['right', 'no-answer', 'right'],
    );
    assert.match(results.get('c1')?.reason ?? '', /no answer within 3000 ms/);
    assert.equal(results.get('c0')?.answers[0]?.got[0]?.intent, 'book_flight');
  });

  it('[TEST-34] is given up after ten questions without an answer', async () => {
    const { results, asked } = await answers(
      Array.from({ length: 30 }, (_, at) => `question ${at}`),
      () => ({ status: 400, body: 'no' }),
      20_000,
    );
    assert.ok([...results.values()].every(({ status }) => status === 'no-answer'));
    assert.equal([...results.values()].filter(({ reason }) => reason?.startsWith('not asked')).length, 20);
    assert.ok(asked <= 30 + 10, `${asked} requests`);
  });

  it('[TEST-39] tells a state of the car that a case wants and the gate refuses', async () => {
    const suite = readSuite(
      {
        file: 's.yaml',
        text: `cases:
  - { id: warm, text: open the trunk, set: { Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature: 23 }, expect: trunk.open, expectStatus: done }
  - { id: molten, text: open the trunk, set: { Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature: 900 }, expect: trunk.open, expectStatus: done }
`,
      },
      () => undefined,
    );
    const checks = expand([suite], {
      seed: 0,
      synonyms: { verbs: [], values: new Map() },
      sound: () => undefined,
    });
    const pool = await openPool({ model: undefined, threads: 1, timeout: 60_000 });
    const results = new Map<string, CheckResult>();
    try {
      await askAll(checks, pool, (result) => results.set(result.id, result));
    } finally {
      await pool.close();
    }
    assert.equal(results.get('warm')?.status, 'right');
    assert.equal(results.get('molten')?.status, 'no-answer');
    assert.match(results.get('molten')?.reason ?? '', /set: Vehicle\.Cabin.*Temperature cannot be 900/);
  });
});
