import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openModel } from '../../../../../assistant/understanding/engines/open-model.ts';
import type { Interpreter } from '../../../../../assistant/understanding/interpreter.ts';
import { interpreterContract, PLAIN_COMMANDS, WITH_SLOT } from '../../../../contracts/interpreter.ts';
import { book, ontology } from '../../../../support/own-words.ts';
import { startModelServer, type ModelServer, type Reply } from '../../../../support/model-server.ts';

const NOW = { now: Date.parse('2026-11-21T08:00:00Z') };

/** What Rasa says of the contract's commands, for a model with the car's own labels. */
function parsed(text: string): Reply {
  const words = text.replace(/ please$/, '');
  const intents = new Map<string, readonly string[]>([
    ...PLAIN_COMMANDS,
    [WITH_SLOT.text, [WITH_SLOT.intent]],
  ]);
  const [name = 'none.out_of_scope.select'] = intents.get(words) ?? [];
  const start = text.indexOf(WITH_SLOT.temperature.text);
  const entity = { entity: 'temperature', start, end: start + WITH_SLOT.temperature.text.length, value: 21 };
  const ranking = [
    { name, confidence: 0.91 },
    { name: 'trunk.open', confidence: 0.05 },
  ];
  return { body: { text, intent: ranking[0], entities: start < 0 ? [] : [entity], intent_ranking: ranking } };
}

describe('Rasa', () => {
  let server: ModelServer;
  let answer: (text: string) => Reply = parsed;
  let interpreter: Interpreter | undefined;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drivetalk-rasa-'));
    server = await startModelServer(({ body }) => answer((body as { text: string }).text));
  });
  afterEach(async () => {
    answer = parsed;
    await interpreter?.close();
    interpreter = undefined;
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });
  const open = async (
    map?: string,
    environment: Record<string, string> = {},
    report?: (line: string) => void,
  ) => {
    const labels = join(folder, 'map.yaml');
    if (map !== undefined) await writeFile(labels, map);
    interpreter = await openModel(`rasa+${server.url}`, {
      ontology,
      book,
      environment,
      ...(map !== undefined && { labels }),
      ...(report && { report }),
    });
    return interpreter;
  };
  const first = async (text: string) => {
    const [interpretation] = (await interpreter?.interpret([{ text }], NOW)) ?? [];
    assert.ok(interpretation);
    return interpretation;
  };

  interpreterContract(() => openModel(`rasa+${server.url}`, { ontology, book, environment: {} }));

  it('[NLU-33] asks /model/parse, and has what else it could be', async () => {
    await open();
    const { commands, rejected } = await first('turn on the air conditioning');
    assert.equal(commands[0]?.confidence, 0.91);
    assert.deepEqual(
      rejected.map(({ intent }) => intent),
      ['trunk.open'],
    );
    assert.equal(server.asked.at(-1)?.path, '/model/parse');
    assert.deepEqual(server.asked.at(-1)?.body, { text: 'turn on the air conditioning' });
  });

  it('[NLU-40] the key goes where Rasa wants it', async () => {
    await open(undefined, { DRIVETALK_MODEL_KEY: 'secret & more' });
    await first('open the trunk');
    assert.equal(server.asked.at(-1)?.path, '/model/parse?token=secret+%26+more');
  });

  it("[NLU-37] labels, slots and values of another ontology become the car's", async () => {
    answer = (text) => ({
      body: {
        text,
        intent: { name: 'open', confidence: 0.8 },
        entities: [
          { entity: 'part', start: 2, end: 8, value: 'WINDOW' },
          { entity: 'seat', role: 'where', start: 9, end: 18, value: 'FL', confidence_entity: 0.9 },
          { entity: 'number', start: 0, end: 1, value: { from: 1 } },
        ],
        intent_ranking: [],
      },
    });
    await open(`
intents:
  open:
    - {when: {part: window}, to: window.open, slots: {position: open}}
slots:
  part: ignore
  number: ignore
  seat:where: {to: zone, values: {FL: driver, FR: passenger}}
`);
    // Rasa counts the emoji as one, JavaScript as two.
    const { commands, raw } = await first('🥶 window driver’s');
    assert.equal(commands[0]?.intent, 'window.open');
    assert.deepEqual(commands[0].slots, {
      zone: { text: 'driver’s', value: 'driver' },
      position: { text: '🥶 window driver’s', value: 'open' },
    });
    assert.deepEqual(raw, [
      {
        intent: 'open',
        confidence: 0.8,
        span: [0, 18],
        slots: {
          part: { text: 'window', value: 'WINDOW' },
          'seat:where': { text: 'driver’s', value: 'FL' },
          number: { text: '🥶', value: '🥶' },
        },
      },
    ]);
  });

  it("[NLU-37] words that say nothing have the engine's own value", async () => {
    answer = (text) => ({
      body: {
        text,
        intent: { name: 'window.open', confidence: 0.8 },
        entities: [{ entity: 'zone', start: 5, end: 18, value: 'passenger' }],
      },
    });
    await open();
    const { commands } = await first('open the zorgblattest one');
    assert.deepEqual(commands[0]?.slots.zone, { text: 'the zorgblatt', value: 'passenger' });
    assert.equal(commands[0].confidence, 0.8);
  });

  it('[NLU-37] below the threshold a reading is declined, and said to be', async () => {
    await open('threshold: 0.95');
    const { commands, rejected } = await first('open the trunk');
    assert.deepEqual(
      commands.map(({ intent }) => intent),
      ['none.out_of_scope.select'],
    );
    assert.deepEqual(rejected[0]?.intent, 'trunk.open');
  });

  it('[NLU-39] an unknown label is out of scope, reported once, and still there to be tested', async () => {
    answer = (text) => ({
      body: {
        text,
        intent: { name: 'open_trunk', confidence: 0.8 },
        entities: [{ entity: 'speeed', start: 0, end: 4, value: 'fast' }],
      },
    });
    const lines: string[] = [];
    await open('intents: {window_open: window.open}', {}, (line) => lines.push(line));
    for (let round = 0; round < 3; round++) {
      const { commands, raw } = await first('open the trunk');
      assert.deepEqual(
        commands.map(({ intent }) => intent),
        ['none.out_of_scope.select'],
      );
      assert.equal(raw?.[0]?.intent, 'open_trunk');
      assert.deepEqual(raw[0].slots, { speeed: { text: 'open', value: 'fast' } });
    }
    assert.equal(lines.length, 2, lines.join('\n'));
    assert.match(lines.join('\n'), /no label "open_trunk", did you mean "trunk\.open"\?/);
    assert.match(lines.join('\n'), /no slot "speeed", did you mean "speed"\?/);
  });

  it('[NLU-39] what is passed through on purpose is not reported', async () => {
    answer = (text) => ({ body: { text, intent: { name: 'chitchat', confidence: 0.8 } } });
    const lines: string[] = [];
    await open('intents: {chitchat: pass-through}', {}, (line) => lines.push(line));
    const { commands, raw } = await first('nice weather');
    assert.deepEqual([commands[0]?.intent, raw?.[0]?.intent], ['none.out_of_scope.select', 'chitchat']);
    assert.deepEqual(lines, []);
  });

  for (const body of [{}, { intent: null, entities: [] }, { intent: { name: null, confidence: 0 } }])
    it(`[NLU-42] ${JSON.stringify(body)} is no command`, async () => {
      answer = () => ({ body });
      await open();
      assert.equal((await first('open the trunk')).commands[0]?.intent, 'none.out_of_scope.select');
    });

  it('[NLU-42] an answer of another kind of server is named as such', async () => {
    answer = () => ({ body: { intent: 'open', entities: 'none' } });
    await open();
    await assert.rejects(
      first('open the trunk'),
      /not that of Rasa's \/model\/parse .*Does --model name a Rasa server\?/,
    );
  });
});
