import assert from 'node:assert/strict';
import type { Socket as TcpSocket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ScriptedVoice } from '../../../assistant/speech/synthesis/scripted-voice.ts';
import { SynthesisError, type Synthesizer } from '../../../assistant/speech/synthesis/synthesizer.ts';
import type { Problem, SpokenReply } from '../../../simulator/server/protocol.ts';
import { ReplyVoice } from '../../../simulator/server/reply-voice.ts';
import { next, startCar, type RunningCar, type TestClient } from '../../support/running-car.ts';

/** A voice that notes what it is asked to say. */
class Noted extends ScriptedVoice {
  readonly said: string[] = [];
  override say(text: string): ReturnType<Synthesizer['say']> {
    this.said.push(text);
    return text.includes('fail')
      ? Promise.reject(new SynthesisError('engine-failed', 'The voice has failed.'))
      : super.say(text);
  }
}

describe('simulator/server/reply-voice', () => {
  it('[SAY-24] says a reply once for all who ask, and again what has failed', async () => {
    const voice = new Noted();
    const replies = new ReplyVoice(voice);
    const [one, two] = await Promise.all([replies.say('Okay.'), replies.say('Okay.')]);
    assert.equal(one, two);
    const pcm = new Int16Array(one.pcm);
    assert.ok(pcm.length > 0 && Math.max(...pcm) > 1_000);
    for (let time = 0; time < 2; time++) await assert.rejects(replies.say('fail'), SynthesisError);
    assert.deepEqual(voice.said, ['Okay.', 'fail', 'fail']);
  });

  it('[SAY-24] forgets the oldest', async () => {
    const voice = new Noted();
    const replies = new ReplyVoice(voice);
    for (let count = 0; count < 40; count++) await replies.say(`Reply ${count}.`);
    await replies.say('Reply 39.');
    assert.equal(voice.said.length, 40);
    await replies.say('Reply 0.');
    assert.equal(voice.said.length, 41);
  });
});

describe('simulator/server, replies aloud', function () {
  this.timeout(60_000);
  let car: RunningCar;
  const voice = new Noted();
  before(async () => {
    car = await startCar(0, { voice: { by: 'auto', synthesizer: voice } });
  });
  after(() => car.close());
  afterEach(() => car.clear());
  const ask = (client: TestClient, turn: unknown) =>
    new Promise<SpokenReply | null>((resolve) => client.emit('speak', { turn } as never, resolve));
  const answered = async (client: TestClient) => {
    const done = next(client, 'patch', ({ turns }) => turns?.some(({ stage }) => stage === 'done') === true);
    client.emit('say', { id: 'a', seat: 'driver', text: 'set the temperature to 23 degrees' });
    return (await done).turns!.find(({ stage }) => stage === 'done')!;
  };

  it('[SAY-24] a page is told who speaks, and gets the reply of a turn as sound', async () => {
    const client = car.connect({ role: 'driver' });
    assert.deepEqual(await next(client, 'voice'), { by: 'auto' });
    const turn = await answered(client);
    const spoken = await ask(client, turn.id);
    assert.equal(spoken?.rate, 16_000);
    // Socket.IO's client for Node brings a view of a larger memory, a browser's the bytes alone.
    assert.ok(spoken.pcm.byteLength > 16_000);
    assert.equal(voice.said.at(-1), turn.reply);
  });

  it('[SAY-24] says only what the car has said, and not as often as one likes', async () => {
    const client = await car.board();
    const before = voice.said.length;
    assert.equal(await ask(client, 'no such turn'), null);
    const problem = next(client, 'problem');
    client.emit('speak', { turn: 'x'.repeat(1_000) }, () => undefined);
    assert.equal((await problem).reason satisfies Problem['reason'], 'bad-message');
    const turn = await answered(client);
    const all = await Promise.all(Array.from({ length: 30 }, () => ask(client, turn.id)));
    assert.ok(all.some((spoken) => spoken !== null) && all.some((spoken) => spoken === null));
    assert.ok(voice.said.length <= before + 1);
  });

  it('[SERVE-45] a page that stalls is sent no more sound than a bounded queue holds', async () => {
    const seconds = 100;
    const lasting: Synthesizer = {
      name: 'lasting',
      capabilities: { languages: ['en'] },
      say: () => Promise.resolve({ samples: new Float32Array(seconds * 16_000), rate: 16_000 }),
      close: () => Promise.resolve(),
    };
    const long = await startCar(0, { voice: { by: 'server', synthesizer: lasting } });
    const client = await long.board();
    const turn = await answered(client);
    const wire = (client.io.engine.transport as unknown as { ws: { _socket: TcpSocket } }).ws._socket;
    wire.pause();
    // More than the system's own buffers hold, and fewer than anybody may ask for at once.
    const asked = Array.from({ length: 8 }, () => ask(client, turn.id));
    // Until the server has heard them.
    const [other] = await Promise.all([long.board('viewer'), sleep(200)]);
    wire.resume();
    const all = await Promise.all(asked);
    assert.ok(all.some((spoken) => spoken !== null) && all.some((spoken) => spoken === null));
    // Who reads again is served again.
    assert.notEqual(await ask(client, turn.id), null);
    assert.notEqual(await ask(other, turn.id), null);
    await long.close();
  });

  it('[SAY-24] a server without a voice has no sound', async () => {
    const quiet = await startCar();
    const client = quiet.connect({ role: 'driver' });
    assert.deepEqual(await next(client, 'voice'), { by: 'browser' });
    const turn = await answered(client);
    assert.equal(await ask(client, turn.id), null);
    await quiet.close();
  });
});
