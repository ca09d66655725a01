import assert from 'node:assert/strict';
import { ScriptedTranscriber } from '../../../assistant/speech/scripted.ts';
import { HANDOVER_TIME, type ConversationTurn, type Problem } from '../../../simulator/server/protocol.ts';
import { next, startCar, type RunningCar, type TestClient } from '../../support/running-car.ts';
import { openTestDrive } from '../../support/scripted-drive.ts';

const WINDOW = 'Vehicle.Cabin.Door.Row1.DriverSide.Window.Position';
const CLOSED = 0;
const RATE = 16_000;
/** A minute of speech, and ten seconds for a page that was held up. */
const LONGEST = 70_000;

describe('recordings, over real sockets', function () {
  this.timeout(20_000);
  let car: RunningCar;
  /** Time that has passed besides the real one, for the server. */
  let leap = 0;
  let turns: ConversationTurn[] = [];
  beforeEach(async () => {
    const drive = await openTestDrive({
      openTranscriber: () =>
        Promise.resolve(new ScriptedTranscriber(Array.from({ length: 20 }, () => 'open my window'))),
    });
    car = await startCar(0, { drive, clock: () => performance.now() + leap });
    turns = [];
    drive.onTurn((turn) => turns.push(turn));
  });
  afterEach(() => car.close());

  const start = (client: TestClient, id: string, seat: 'driver' | 'passenger' = 'driver', rate = RATE) =>
    client.emit('audio-start', { id, seat, sampleRate: rate });
  const frame = (client: TestClient, id: string, samples = RATE) =>
    client.emit('audio-frame', { id, pcm: new Int16Array(samples).buffer });
  const begun = (...ids: string[]) =>
    until(() => ids.every((id) => turns.some((turn) => turn.id.endsWith(`/${id}`))));
  /** What became of it. */
  const over = async (id: string) => {
    const ended = () =>
      turns.find((turn) => turn.id.endsWith(`/${id}`) && (turn.stage === 'done' || turn.stage === 'failed'));
    await until(() => ended() !== undefined);
    return ended()!.stage;
  };
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  /** All that a client is told from now on until it has been heard out. */
  const problemsOf = (client: TestClient) => {
    const problems: Problem[] = [];
    client.on('problem', (problem) => problems.push(problem));
    return async () => {
      const last = next(client, 'problem', ({ utterance }) => utterance === 'nobody');
      client.emit('audio-end', { id: 'nobody' });
      await last;
      return problems.map(({ reason, utterance }) => [reason, utterance]);
    };
  };
  const NEVER_BEGAN = ['no-stream', 'nobody'];

  it('[SERVE-25] who leaves the seat is not heard from it any more, whatever they had begun to say', async () => {
    const client = await car.board('driver');
    for (const id of ['a', 'b', 'c']) start(client, id);
    frame(client, 'a');
    await begun('a', 'b', 'c');
    client.emit('move', { to: 'viewer' });
    await next(client, 'you', ({ role }) => role === 'viewer');
    await car.board('driver');
    frame(client, 'a');
    client.emit('audio-end', { id: 'a' });
    // Those of which nobody speaks any more, too: each would keep a stream of the transcriber, and the car silent.
    for (const id of ['a', 'b', 'c']) assert.equal(await over(id), 'failed');
    assert.equal(car.drive.vehicle.read(WINDOW).target, CLOSED);
  });

  it('[SERVE-25] a driver who is relieved is not heard as the driver any more', async () => {
    const client = await car.board('driver');
    const other = await car.board('passenger');
    start(client, 'late');
    await begun('late');
    other.emit('move', { to: 'driver' });
    await next(client, 'patch', ({ presence }) => presence?.asksToDrive === 'passenger');
    const relieved = next(client, 'you', ({ role }) => role === 'passenger');
    leap += HANDOVER_TIME;
    await relieved;
    frame(client, 'late');
    client.emit('audio-end', { id: 'late' });
    assert.equal(await over('late'), 'failed');
    assert.equal(car.drive.vehicle.read(WINDOW).target, CLOSED);
  });

  it('[SERVE-25] a recording that nobody ends ends after its time; a microphone that stays open does not', async () => {
    const client = await car.board('passenger');
    const listens = next(client, 'listens');
    client.emit('audio-start', { id: 'open', seat: 'passenger', sampleRate: RATE, handsFree: true });
    await listens;
    start(client, 'left', 'passenger');
    await begun('left');
    leap += LONGEST - 1_000;
    frame(client, 'left');
    const told = next(client, 'problem');
    await next(client, 'patch', ({ turns = [] }) => turns.some(({ heard }) => heard !== ''));
    assert.ok(turns.every(({ stage }) => stage === 'listening'));
    leap += 1_000;
    const { reason, utterance, message } = await told;
    assert.deepEqual([reason, utterance], ['too-much', 'left']);
    assert.match(message, /60 seconds/);
    assert.equal(await over('left'), 'failed');
    const second = next(client, 'problem');
    client.emit('audio-start', { id: 'second', seat: 'passenger', sampleRate: RATE, handsFree: true });
    assert.match((await second).message, /Only one microphone/);
  });

  it('[SERVE-26] what was on its way when the seat changed is dropped without a word', async () => {
    const client = await car.board('driver');
    const hearOut = problemsOf(client);
    start(client, 'a');
    start(client, 'b');
    client.emit('move', { to: 'passenger' });
    for (const id of ['a', 'b']) frame(client, id);
    client.emit('audio-end', { id: 'a' });
    client.emit('audio-cancel', { id: 'b' });
    assert.deepEqual(await hearOut(), [NEVER_BEGAN]);
  });

  it('[SERVE-26] who speaks too long, or may not, is told once', async () => {
    const client = await car.board('passenger');
    const hearOut = problemsOf(client);
    start(client, 'long', 'passenger', 8_000);
    for (let second = 0; second < 80; second += 5) frame(client, 'long', 5 * 8_000);
    client.emit('audio-end', { id: 'long' });
    start(client, 'forged', 'driver');
    for (let count = 0; count < 5; count++) frame(client, 'forged');
    client.emit('audio-end', { id: 'forged' });
    assert.deepEqual(await hearOut(), [['too-much', 'long'], ['not-allowed', 'forged'], NEVER_BEGAN]);
  });

  it('[SERVE-26] a recording that the client itself has ended does not go on', async () => {
    const client = await car.board('driver');
    const hearOut = problemsOf(client);
    start(client, 'short');
    frame(client, 'short');
    client.emit('audio-end', { id: 'short' });
    frame(client, 'short');
    assert.deepEqual(await hearOut(), [['no-stream', 'short'], NEVER_BEGAN]);
    assert.equal(await over('short'), 'done');
  });
});
