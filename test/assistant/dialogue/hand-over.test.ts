import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  connectLargerModel,
  HandOverError,
  type LargerModel,
} from '../../../assistant/dialogue/hand-over/larger-model.ts';
import { veil } from '../../../assistant/dialogue/hand-over/privacy.ts';
import { DATA, ONTOLOGY, reading, talk } from '../../support/talk.ts';

interface Request {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly tools: readonly {
    readonly function: {
      readonly parameters: { readonly properties: { readonly intent: { readonly enum: readonly string[] } } };
    };
  }[];
}

/** A real endpoint on this machine, which answers as it is told. */
class Endpoint {
  readonly requests: Request[] = [];
  #server: Server | undefined;
  answer: { status?: number; body: string; delay?: number } = { body: '{}' };

  async open(): Promise<string> {
    this.#server = createServer((request, response) => {
      let text = '';
      request.on('data', (piece: Buffer) => (text += piece.toString()));
      request.on('end', () => {
        this.requests.push(JSON.parse(text) as Request);
        setTimeout(() => {
          response
            .writeHead(this.answer.status ?? 200, { 'content-type': 'application/json' })
            .end(this.answer.body);
        }, this.answer.delay ?? 0);
      });
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  says(content: string | null, ...calls: readonly { intent: string; slots?: object }[]): void {
    const tool_calls = calls.map((call) => ({
      function: { name: 'command', arguments: JSON.stringify(call) },
    }));
    this.answer = { body: JSON.stringify({ choices: [{ message: { content, tool_calls } }] }) };
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}

describe('dialogue: hand-over', () => {
  let endpoint: Endpoint;
  let url: string;
  let model: LargerModel;
  beforeEach(async () => {
    endpoint = new Endpoint();
    url = await endpoint.open();
    model = connect(url);
  });
  afterEach(() => endpoint.close());
  const connect = (to: string, timeout = 2000) =>
    connectLargerModel({
      url: to,
      model: 'local',
      privacy: DATA.privacy,
      ontology: ONTOLOGY,
      timeout,
      fetch,
    });

  /** A question that is handed over, and what comes of the answer. */
  async function ask(conversation: ReturnType<typeof talk>, text: string) {
    const { say, dialogue, car } = conversation;
    assert.equal(say(text, ['question.query', { item: 'it' }]).handsOver, true);
    const answer = await model.ask(dialogue.questionFor(text)).catch((error: unknown) => {
      assert.ok(error instanceof HandOverError);
      return error.reason;
    });
    return dialogue.conclude(text, answer, { seat: 'driver', now: car.now });
  }

  it('[TALK-32] without a larger model a question is declined, and nothing is handed over', () => {
    const turn = talk().say('who was napoleon', ['question.query', { item: 'napoleon' }]);
    assert.equal(turn.handsOver, false);
    assert.match(turn.reply, /larger model|only know the car/);
  });

  it('[TALK-32] talk that was surely not meant for the car is not handed over', () => {
    const { hear } = talk({ handsOver: true });
    const sure = reading('you look tired honey', [['none.out_of_scope.select']]);
    assert.equal(hear('driver', sure).handsOver, false);
    const unsure = { ...sure, commands: sure.commands.map((command) => ({ ...command, confidence: 0.6 })) };
    assert.equal(hear('driver', unsure).handsOver, true);
  });

  it("[TALK-33] it gets the last five exchanges and the car's commands as its one tool", async () => {
    const conversation = talk({ handsOver: true });
    for (let index = 0; index < 7; index++) conversation.say(`hello ${index}`, ['dialogue.greet.select']);
    endpoint.says('A French emperor.');
    const { reply } = await ask(conversation, 'who was napoleon');
    assert.equal(reply, 'A French emperor.');
    const [request] = endpoint.requests;
    const users = request?.messages.filter(({ role }) => role === 'user').map(({ content }) => content);
    assert.deepEqual(users, ['hello 2', 'hello 3', 'hello 4', 'hello 5', 'hello 6', 'who was napoleon']);
    const intents = request?.tools[0]?.function.parameters.properties.intent.enum ?? [];
    assert.ok(intents.includes('window.open'));
    assert.ok(!intents.some((intent) => /^(dialogue|none|question)\./.test(intent)));
  });

  it('[TALK-33] its commands go through the same gate, and are undone as any', async () => {
    const conversation = talk({ handsOver: true });
    conversation.car.sense('Vehicle.Speed', 80);
    endpoint.says(
      null,
      { intent: 'trunk.open' },
      { intent: 'climate.temperature.set', slots: { temperature: 23 } },
    );
    const { outcomes } = await ask(conversation, 'get me ready for the beach');
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['refused', 'done'],
    );
    assert.equal(conversation.target('Cabin.HVAC.Station.Row1.Driver.Temperature'), 23);
    conversation.say('undo', ['dialogue.undo.select']);
    assert.equal(conversation.target('Cabin.HVAC.Station.Row1.Driver.Temperature'), 20);
  });

  it('[TALK-33] what it says is remembered as any reply', async () => {
    const conversation = talk({ handsOver: true });
    endpoint.says('Paris.');
    await ask(conversation, 'capital of france');
    assert.equal(conversation.say('pardon', ['dialogue.repeat.select']).reply, 'Paris.');
  });

  it('[TALK-34] no network, a time-out, an error status: a reply each', async () => {
    endpoint.answer = { body: '{}', delay: 500 };
    model = connect(url, 50);
    assert.match((await ask(talk({ handsOver: true }), 'q')).reply, /too long/);
    endpoint.answer = { status: 500, body: 'oh' };
    model = connect(url);
    assert.match((await ask(talk({ handsOver: true }), 'q')).reply, /refused/);
    model = connect('http://127.0.0.1:1/v1');
    assert.match((await ask(talk({ handsOver: true }), 'q')).reply, /reach|nobody/);
  });

  it('[TALK-34] a malformed answer does nothing', async () => {
    const call = (name: string, text: string) =>
      JSON.stringify({
        choices: [{ message: { content: null, tool_calls: [{ function: { name, arguments: text } }] } }],
      });
    for (const body of [
      'no json',
      '{}',
      '{"choices":[]}',
      '{"choices":[{"message":{"content":""}}]}',
      call('command', '{'),
      call('command', '{"intent":"rocket.start"}'),
      call('command', '{"intent":"dialogue.affirm.select"}'),
      call('command', '{"intent":"window.open","slots":{"temperature":3}}'),
      call('shell', '{"intent":"window.open"}'),
    ]) {
      endpoint.answer = { body };
      const conversation = talk({ handsOver: true });
      const { reply, outcomes } = await ask(conversation, 'q');
      assert.match(reply, /can't use/, body);
      assert.deepEqual(outcomes, []);
    }
  });

  it('[TALK-34] a long answer is cut at a sentence; an address that is none is refused at once', async () => {
    endpoint.says('This is a sentence. '.repeat(60));
    const { text } = await model.ask({ text: 'q', exchanges: [], names: { contacts: [], places: [] } });
    assert.ok(text.length <= 400 && text.endsWith('.'));
    assert.throws(() => connect('nonsense'), /localhost/);
  });

  it('[TALK-35] names, numbers and kept places do not leave the car, and come back in the answer', async () => {
    const conversation = talk({ handsOver: true });
    conversation.say('my gym is at 5 Mill Lane');
    conversation.say('call anna berger', ['phone.call.start', { contact: 'anna berger' }]);
    endpoint.says('I will tell [contact 1].');
    const { reply } = await ask(conversation, 'tell Anna Berger at +1 202 555 0101 how far 5 Mill Lane is');
    const sent = JSON.stringify(endpoint.requests);
    for (const word of ['Anna', 'anna', 'Berger', '0101', 'Mill Lane']) assert.ok(!sent.includes(word), word);
    assert.match(reply, /tell .*anna berger/i);
  });

  it('[TALK-35] the rule is data, and "what do you send?" tells it', () => {
    const names = { contacts: ['Tom Fischer'], places: [] };
    assert.match(veil({ ...DATA.privacy, withholds: [] }, names).cover('call Tom'), /Tom/);
    assert.doesNotMatch(veil({ ...DATA.privacy, withholds: ['contacts'] }, names).cover('call Tom'), /Tom/);
    assert.match(talk({ handsOver: true }).say('what do you send').reply, /last five exchanges/);
    assert.match(talk().say('what leaves the car').reply, /Nothing/);
  });
});
