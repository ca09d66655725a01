import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openModel } from '../../../../../assistant/understanding/engines/open-model.ts';
import type { Interpreter, Utterance } from '../../../../../assistant/understanding/interpreter.ts';
import { book, ontology } from '../../../../support/own-words.ts';
import { interpreterContract, PLAIN_COMMANDS, WITH_SLOT } from '../../../../contracts/interpreter.ts';
import {
  startModelServer,
  type AskedFor,
  type ModelServer,
  type Reply,
} from '../../../../support/model-server.ts';

const NOW = { now: Date.parse('2026-11-21T08:00:00Z') };

interface Asked {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format: { readonly json_schema: { readonly strict: boolean; readonly schema: Schema } };
}
interface Schema {
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}
const asked = ({ body }: AskedFor) => body as Asked;
const utteranceIn = (request: AskedFor) =>
  (JSON.parse(asked(request).messages[1]?.content ?? '') as { utterance: string; before: unknown }).utterance;

const says = (content: unknown, end = 'stop'): Reply => ({
  body: {
    choices: [
      {
        message: {
          role: 'assistant',
          content: typeof content === 'string' ? content : JSON.stringify(content),
        },
        finish_reason: end,
      },
    ],
  },
});

/** A model that does as it is told. */
function understood(request: AskedFor): Reply {
  const text = utteranceIn(request);
  const plain = new Map(PLAIN_COMMANDS).get(text.replace(/ please$/, '')) ?? [];
  const slots = [{ name: 'temperature', text: WITH_SLOT.temperature.text }];
  const withSlot = text === WITH_SLOT.text ? [{ intent: WITH_SLOT.intent, words: text, slots }] : [];
  return says({ commands: [...plain.map((intent) => ({ intent, words: text, slots: [] })), ...withSlot] });
}

describe('OpenAI chat completions', () => {
  let server: ModelServer;
  let answer: (request: AskedFor) => Reply = understood;
  let interpreter: Interpreter | undefined;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drivetalk-chat-'));
    server = await startModelServer((request) => answer(request));
  });
  afterEach(async () => {
    answer = understood;
    await interpreter?.close();
    interpreter = undefined;
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });
  const open = async (map?: string, environment: Record<string, string> = {}) => {
    const labels = join(folder, 'map.yaml');
    if (map !== undefined) await writeFile(labels, map);
    interpreter = await openModel(`openai+${server.url}/v1#tiny%20model`, {
      ontology,
      book,
      environment,
      ...(map !== undefined && { labels }),
    });
  };
  const first = async (text: string, context: Utterance['context'] = []) => {
    const [interpretation] = (await interpreter?.interpret([{ text, context }], NOW)) ?? [];
    assert.ok(interpretation);
    return interpretation;
  };

  interpreterContract(() => openModel(`openai+${server.url}/v1#tiny`, { ontology, book, environment: {} }));

  it('[NLU-43] asks with the labels and slots of the car as the only answers', async () => {
    await open();
    await first('open the trunk');
    const request = server.asked.at(-1)!;
    assert.equal(request.path, '/v1/chat/completions');
    assert.equal(request.headers.authorization, undefined);
    assert.equal(asked(request).model, 'tiny model');
    const { strict, schema } = asked(request).response_format.json_schema;
    assert.equal(strict, true);
    const command = schema.properties?.['commands']?.items?.properties;
    const { labels, slots } = ontology;
    assert.deepEqual(command?.['intent']?.enum, [...labels.keys()]);
    assert.deepEqual(command['slots']?.items?.properties?.['name']?.enum, Object.keys(slots));
    assert.match(asked(request).messages[0]?.content ?? '', /^window\.open: zone, position, amount$/m);
  });

  it('[NLU-43] asks with the labels of a map, and maps the answer', async () => {
    await open('intents: {heck_auf: trunk.open, plausch: pass-through}\nslots: {wie_weit: position}\n');
    answer = () =>
      says({
        commands: [{ intent: 'heck_auf', words: 'heck auf', slots: [{ name: 'wie_weit', text: 'Half' }] }],
      });
    const { commands, raw } = await first('heck auf half please');
    const { schema } = asked(server.asked.at(-1)!).response_format.json_schema;
    assert.deepEqual(schema.properties?.['commands']?.items?.properties?.['intent']?.enum, [
      'heck_auf',
      'plausch',
    ]);
    assert.equal(commands[0]?.intent, 'trunk.open');
    assert.deepEqual(commands[0].span, [0, 8]);
    assert.deepEqual(commands[0].slots.position, { text: 'half', value: 'half' });
    assert.equal(raw?.[0]?.intent, 'heck_auf');
  });

  it('[NLU-43] has the last three turns before', async () => {
    await open();
    const context = ['a', 'b', 'c', 'd'].map((text) => ({ who: 'user' as const, text }));
    await first('and the passenger too', context);
    assert.deepEqual(JSON.parse(asked(server.asked.at(-1)!).messages[1]?.content ?? ''), {
      before: context.slice(1),
      utterance: 'and the passenger too',
    });
  });

  it('[NLU-37] words that nobody said are no slot, and make the command doubtful', async () => {
    answer = () =>
      says({ commands: [{ intent: 'window.open', words: 'open', slots: [{ name: 'zone', text: 'moon' }] }] });
    await open();
    const { commands } = await first('open the window');
    assert.deepEqual(commands[0]?.slots, {});
    assert.equal(commands[0].confidence, 0.8);
  });

  it('[NLU-40] the key goes into the header, and is not shown when the server repeats it', async () => {
    await open(undefined, { DRIVETALK_MODEL_KEY: 'sk-secret' });
    answer = () => ({ status: 400, body: { error: { message: 'no json_schema for sk-secret' } } });
    await assert.rejects(first('open the trunk'), ({ message }: Error) => {
      assert.match(message, /HTTP 400: .*no json_schema for …/);
      assert.doesNotMatch(message, /sk-secret/);
      return true;
    });
    assert.equal(server.asked.at(-1)?.headers.authorization, 'Bearer sk-secret');
  });

  const malformed: [what: string, reply: Reply, message: RegExp][] = [
    ['prose', says('Sure! I will open it.'), /does not keep to the JSON Schema.*json_schema\?/],
    ['a cut answer', says('{"commands": [{"int', 'length'), /cut off/],
    ['another shape', says({ commands: 'none' }), /does not keep to the JSON Schema/],
    ['no choices', { body: { choices: [] } }, /not that of chat completions/],
    ['no content', { body: { choices: [{ message: {} }] } }, /does not keep to the JSON Schema/],
  ];
  for (const [what, reply, message] of malformed)
    it(`[NLU-42] ${what} is an error with what to do`, async () => {
      await open();
      answer = () => reply;
      await assert.rejects(first('open the trunk'), message);
    });

  it('[NLU-42] a model that will not answer understands no command', async () => {
    answer = () => ({
      body: { choices: [{ message: { content: null, refusal: 'I cannot help with that' } }] },
    });
    await open();
    assert.equal((await first('open the trunk')).commands[0]?.intent, 'none.out_of_scope.select');
  });
});
