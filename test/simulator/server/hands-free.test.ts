import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ScriptedTranscriber } from '../../../assistant/speech/scripted.ts';
import { SAMPLE_RATE } from '../../../assistant/speech/transcriber.ts';
import type { Seat } from '../../../vehicle/command.ts';
import { openDrive } from '../../../simulator/open-drive.ts';
import type { ConversationTurn, Listens } from '../../../simulator/server/protocol.ts';
import { next, SPRING_NOON, startCar, type RunningCar, type TestClient } from '../../support/running-car.ts';
import { RMS, SLT, talkSound, underNoise } from '../../support/talk-sound.ts';

/** How much faster than speech the sound is sent, where the transcriber needs no time. */
const FAST = 8;

describe('microphones that stay open, over real sockets', function () {
  this.timeout(60_000);
  let car: RunningCar;
  const turns: ConversationTurn[] = [];
  afterEach(async () => {
    turns.length = 0;
    await car.close();
  });

  /** A car in which what is said is written down before. */
  const start = async (...scripts: readonly string[]) => {
    const scripted = await openDrive({
      ...SPRING_NOON,
      openTranscriber: () => Promise.resolve(new ScriptedTranscriber(scripts)),
    });
    car = await startCar(0, { drive: scripted });
    scripted.onTurn((turn) => turns.push(turn));
  };
  const done = () => turns.filter(({ stage }) => stage === 'done');
  const open = async (seat: Seat, id = 'mic'): Promise<{ client: TestClient; states: Listens[] }> => {
    const client = await car.board(seat);
    const states: Listens[] = [];
    client.on('listens', (listens) => states.push(listens));
    const ready = next(client, 'listens');
    client.emit('audio-start', { id, seat, sampleRate: SAMPLE_RATE, handsFree: true });
    await ready;
    return { client, states };
  };
  const send = async (client: TestClient, sound: Float32Array, pace: number, id = 'mic') => {
    const piece = SAMPLE_RATE / 25;
    const began = performance.now();
    for (let at = 0; at < sound.length; at += piece) {
      const pcm = Int16Array.from(sound.subarray(at, at + piece), (sample) => sample * 32_767);
      client.emit('audio-frame', { id, pcm: pcm.buffer });
      await sleep(Math.max(0, ((at / SAMPLE_RATE) * 1000) / pace - (performance.now() - began)));
    }
  };

  it('[SERVE-20] a page’s microphone stays open, and the page is told what it does', async () => {
    await start('so we went home', 'hey drive open the window', 'close it');
    const { client, states } = await open('driver');
    const speech: boolean[] = [];
    client.on('speech', ({ isHeard }) => speech.push(isHeard));
    const pieces = [
      500,
      'so then we all went home',
      1200,
      'hey drive open the window',
      1500,
      'close it',
      1500,
    ];
    await send(client, await talkSound(pieces), FAST);
    while (done().length < 2) await sleep(20);
    assert.deepEqual(
      done().map(({ heard, seat, source }) => [heard, seat, source]),
      [
        ['open the window', 'driver', 'speech'],
        ['close it', 'driver', 'speech'],
      ],
    );
    // Told by turns, of what is not for the car, too.
    assert.deepEqual(
      speech,
      Array.from({ length: 6 }, (_, at) => at % 2 === 0),
    );
    assert.deepEqual(Object.keys(done()[0]!.latency).sort(), [
      'endpoint',
      'execute',
      'transcribe',
      'understand',
    ]);
    assert.ok(
      turns.every(({ heard }) => !/home|hey|drive/.test(heard)),
      'what is not for the car is not shown',
    );
    const told = states.map(({ state }) => state);
    assert.deepEqual(told.slice(0, 4), ['asleep', 'hearing', 'thinking', 'awake']);
    assert.ok(states.every(({ id, wakeWord }) => id === 'mic' && wakeWord === 'hey drive'));
  });

  it('[HEAR-74] what two open microphones hear is carried out once, for the seat that hears it best', async () => {
    await start('hey drive open my window', 'hey drive open my window', 'close it', 'close it');
    const [driver, passenger] = [await open('driver'), await open('passenger')];
    const clear = await talkSound(['hey drive open my window', 1500, 'close it', 1500]);
    const faint = underNoise(
      clear.map((sample) => 0.3 * sample),
      'motor',
      10,
    );
    await Promise.all([send(driver.client, faint, FAST), send(passenger.client, clear, FAST)]);
    while (turns.filter(({ stage }) => stage === 'done' || stage === 'failed').length < 4) await sleep(20);
    assert.deepEqual(
      done().map(({ heard, seat }) => [heard, seat]),
      [
        ['open my window', 'passenger'],
        ['close it', 'passenger'],
      ],
    );
    const failed = turns.filter(({ stage }) => stage === 'failed');
    assert.deepEqual(
      failed.map(({ seat, reply }) => [seat, reply]),
      [
        ['driver', ''],
        ['driver', ''],
      ],
    );
  });

  it('[SERVE-22] sound that comes faster than anybody speaks closes the microphone', async () => {
    await start();
    const { client } = await open('driver');
    const problem = next(client, 'problem');
    for (let second = 0; second < 40; second++)
      client.emit('audio-frame', { id: 'mic', pcm: new Int16Array(SAMPLE_RATE).buffer });
    const { reason, utterance } = await problem;
    assert.deepEqual([reason, utterance], ['too-much', 'mic']);
  });

  it('[SERVE-22] a page keeps one microphone open, and only while somebody sits there', async () => {
    await start('hey drive open the window');
    const { client } = await open('passenger');
    const second = next(client, 'problem');
    client.emit('audio-start', { id: 'other', seat: 'passenger', sampleRate: SAMPLE_RATE, handsFree: true });
    assert.equal((await second).reason, 'too-much');
    const moved = next(client, 'you', ({ role }) => role === 'rear_left');
    client.emit('move', { to: 'rear_left' });
    await moved;
    await send(client, await talkSound(['hey drive open the window', 800]), FAST);
    const never = next(client, 'problem');
    client.emit('audio-end', { id: 'never' });
    assert.equal((await never).utterance, 'never');
    assert.deepEqual(turns, []);
  });

  it('[SERVE-23] the page’s voice is hushed when somebody speaks over it, not by its own echo', async () => {
    const reply = 'It is twelve degrees outside, and it will rain in the afternoon.';
    await start('it is twelve degrees outside', 'no open the window');
    const { client, states } = await open('driver');
    client.emit('saying', { text: reply });
    await send(client, await talkSound([300, 'it is twelve degrees outside', 1200]), FAST);
    assert.ok(states.every(({ hush }) => hush === undefined));
    assert.equal(states.at(-1)?.state, 'speaking');
    const hushed = next(client, 'listens', ({ hush }) => hush === true);
    await send(client, await talkSound(['no open the window', 1200]), FAST);
    await hushed;
    while (done().length < 1) await sleep(20);
    assert.equal(done()[0]?.heard, 'no open the window');
    assert.equal(turns.filter(({ heard }) => heard.includes('degrees')).length, 0);
  });

  it('[SERVE-21] [HEAR-69] two people speak at once from two seats: two transcripts, each for its seat, in order; then the car’s own voice is not heard', async () => {
    car = await startCar();
    car.drive.onTurn((turn) => turns.push(turn));
    await car.drive.warmUp();
    const driver = await open('driver');
    const passenger = await open('passenger');
    const reply = 'It is twelve degrees outside, and it will rain in the afternoon.';
    const [one, two, echo] = await Promise.all([
      talkSound([600, 'hey drive, set the temperature to nineteen degrees', 1500], SLT),
      talkSound([900, 'hey drive, set my temperature to twenty three degrees', 1500], RMS),
      talkSound([reply, 800], SLT),
    ]);
    await Promise.all([send(driver.client, one, 1), send(passenger.client, two, 1)]);
    while (done().length < 2) await sleep(50);
    assert.deepEqual(
      done()
        .map(({ seat }) => seat)
        .sort(),
      ['driver', 'passenger'],
    );
    const target = (side: string) =>
      car.drive.vehicle.read(`Vehicle.Cabin.HVAC.Station.Row1.${side}.Temperature`).target;
    assert.deepEqual([target('Driver'), target('Passenger')], [19, 23]);
    const order = (stage: ConversationTurn['stage']) =>
      turns.filter((turn) => turn.stage === stage).map(({ seat }) => seat);
    assert.deepEqual([...new Set(order('understanding'))], order('done'));

    driver.client.emit('saying', { text: reply });
    // As it comes back from the loudspeaker: softer, with the room's noise under it.
    const heard = underNoise(
      echo.map((sample) => sample * 0.3),
      'motor',
      20,
    );
    await send(driver.client, heard, 1);
    // Until it has read what it took for words, and knows them for its own.
    while (driver.states.at(-1)?.state !== 'speaking') await sleep(50);
    assert.equal(done().length, 2);
    assert.ok(driver.states.every(({ hush }) => hush === undefined));
  });
});
