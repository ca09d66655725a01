import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { readWav } from '../../../assistant/speech/wav.ts';
import type { Patch, SignalList, Written } from '../../../simulator/server/protocol.ts';
import { ServerError } from '../../../simulator/server/server.ts';
import type { Seat } from '../../../vehicle/command.ts';
import type { SignalValue } from '../../../vehicle/signals/signal.ts';
import { next, startCar, type RunningCar, type TestClient } from '../../support/running-car.ts';
import { speakWithFlite } from '../../support/speech-sample.ts';

const DRIVER_TEMPERATURE = 'Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature';
const SEAT = 'Vehicle.Cabin.Seat.Row1.PassengerSide.Position';
const done = (id: string) => (patch: Patch) =>
  (patch.turns ?? []).some((turn) => turn.id.endsWith(`/${id}`) && turn.stage === 'done');
const turnOf = (patch: Patch, id: string) => patch.turns!.find((turn) => turn.id.endsWith(`/${id}`))!;

describe('server, over real sockets', function () {
  this.timeout(60_000);
  let car: RunningCar;
  /** Stands still while it is set. */
  let held: number | undefined;
  before(async () => {
    car = await startCar(0, { clock: () => held ?? performance.now() });
  });
  after(() => car.close());

  afterEach(() => {
    car.clear();
  });

  const connected = (): Promise<TestClient> => car.board();

  it('[SYNC-3] a client that connects gets the whole state', async () => {
    const { version, state } = await next(car.connect(), 'snapshot');
    assert.ok(version > 0);
    assert.equal(typeof state.signals[DRIVER_TEMPERATURE]?.value, 'number');
    assert.ok(Object.keys(state.signals).length >= 217);
  });

  it('[SYNC-2] two clients see the same car after a command of one of them', async () => {
    const [one, two] = [await connected(), await car.board('viewer')];
    const seen = next(two, 'patch', done('both'));
    one.emit('say', { id: 'both', seat: 'driver', text: 'set the temperature to 23 degrees' });
    const turn = turnOf(await seen, 'both');
    assert.equal(turn.commands[0]?.intent, 'climate.temperature.set');
    assert.equal(turn.outcomes[0]?.status, 'done');
    assert.notEqual(turn.reply, '');
    const [first, second] = [next(one, 'snapshot'), next(two, 'snapshot')];
    one.emit('resync');
    two.emit('resync');
    assert.equal((await first).state.signals[DRIVER_TEMPERATURE]?.target, 23);
    assert.equal((await second).state.signals[DRIVER_TEMPERATURE]?.target, 23);
  });

  it('[SYNC-4] patches follow each other without a gap, from the snapshot on', async () => {
    const client = await connected();
    const again = next(client, 'snapshot');
    client.emit('resync');
    const { version } = await again;
    const patches: Patch[] = [];
    client.on('patch', (patch) => patches.push(patch));
    for (const text of ['open the window', 'play some jazz', 'take me home']) {
      const finished = next(client, 'patch', done(text));
      client.emit('say', { id: text, seat: 'driver', text });
      await finished;
    }
    let at = version;
    for (const patch of patches) {
      assert.equal(patch.from, at);
      at = patch.version;
    }
    assert.ok(patches.length >= 3);
  });

  it('[SERVE-3] speech over the socket is heard at any rate and carried out', async () => {
    const client = await connected();
    const { samples, rate: sampleRate } = readWav(
      readFileSync(speakWithFlite('set the temperature to nineteen degrees')),
    );
    const finished = next(client, 'patch', done('spoken'));
    client.emit('audio-start', { id: 'spoken', seat: 'driver', sampleRate });
    for (let at = 0; at < samples.length; at += sampleRate / 10) {
      const pcm = Int16Array.from(samples.subarray(at, at + sampleRate / 10), (sample) => sample * 32_767);
      client.emit('audio-frame', { id: 'spoken', pcm: pcm.buffer });
    }
    client.emit('audio-end', { id: 'spoken' });
    const turn = turnOf(await finished, 'spoken');
    assert.equal(turn.source, 'speech');
    assert.deepEqual(Object.keys(turn.latency).sort(), ['execute', 'transcribe', 'understand']);
    assert.equal(car.drive.vehicle.read(DRIVER_TEMPERATURE).target, 19);
  });

  it('[SERVE-3] an utterance that is cancelled does nothing', async () => {
    const client = await connected();
    client.emit('audio-start', { id: 'regret', seat: 'driver', sampleRate: 16_000 });
    const finished = next(client, 'patch', ({ turns = [] }) =>
      turns.some(({ id, stage }) => id.endsWith('/regret') && stage === 'failed'),
    );
    client.emit('audio-cancel', { id: 'regret' });
    assert.deepEqual(turnOf(await finished, 'regret').outcomes, []);
  });

  const broken: [name: string, message: unknown, reason: RegExp][] = [
    ['say', undefined, /not understood/],
    ['say', { id: 'x', seat: 'roof', text: 'hello' }, /seat/],
    ['say', { id: 'x', seat: 'driver', text: 'hello', more: 1 }, /more/],
    ['say', { id: 'x', seat: 'driver', text: 'a'.repeat(10_000) }, /2000 characters/],
    ['audio-start', { id: 'x', seat: 'driver', sampleRate: 12 }, /sampleRate/],
    ['audio-frame', { id: 'x', pcm: 'text' }, /pcm/],
    ['audio-frame', { id: 'x', pcm: new Uint8Array(3) }, /16-bit/],
    ['audio-frame', { id: 'nobody', pcm: new Uint8Array(4) }, /audio-start/],
    ['audio-end', { id: 'nobody' }, /audio-start/],
  ];
  for (const [name, message, reason] of broken) {
    it(`[SERVE-5] a malformed "${name}" (${message === undefined ? 'nothing' : JSON.stringify(message).slice(0, 60)}) gets a typed error, and the car goes on`, async () => {
      const client = await connected();
      const problem = next(client, 'problem');
      client.emit(name as 'say', message as never);
      assert.match((await problem).message, reason);
      const finished = next(client, 'patch', done('after'));
      client.emit('say', { id: 'after', seat: 'driver', text: 'turn on the ac' });
      await finished;
    });
  }

  it('[SYNC-5] a client that stops reading costs a bounded queue, and sees the present state when it reads again', async () => {
    const [client, other] = [await connected(), await car.board('viewer')];
    const wire = (client.io.engine.transport as unknown as { ws: { _socket: Socket } }).ws._socket;
    wire.pause();
    // Who does not read for half a minute is sent away, and a busy machine may take that long.
    held = performance.now();
    let sent = 0;
    let received = 0;
    other.on('patch', () => sent++);
    client.on('patch', () => received++);
    const title = 'Vehicle.Cabin.Infotainment.Media.Played.Track';
    // Large enough that the system's own buffers are full soon.
    for (let index = 0; sent < 100; index++) {
      car.drive.vehicle.sense(title, `${index} ${'la '.repeat(70_000)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    car.drive.vehicle.sense(title, 'the end');
    const caughtUp = next(client, 'snapshot', ({ state }) => state.signals[title]?.value === 'the end');
    wire.resume();
    await caughtUp;
    held = undefined;
    assert.ok(received < sent, `${received} of ${sent} patches`);
  });

  it('[SERVE-7] the pedals drive off and park; on the road the gate refuses what would be dangerous', async () => {
    const client = await connected();
    const speed = () => Number(car.drive.vehicle.read('Vehicle.Speed').value);
    client.emit('pedals', { mode: 'drive' });
    while (speed() < 10) await next(client, 'patch');
    const finished = next(client, 'patch', done('trunk'));
    client.emit('say', { id: 'trunk', seat: 'driver', text: 'open the trunk' });
    const [outcome] = turnOf(await finished, 'trunk').outcomes;
    assert.equal(outcome?.status, 'refused');
    client.emit('pedals', { mode: 'park' });
    while (speed() > 0) await next(client, 'patch');
  });

  it('[SERVE-8] a page sets signals through the gate, and is told what became of it', async () => {
    const client = await connected();
    const write = async (path: string, value: SignalValue, confirmed = false) =>
      (await client.emitWithAck('write', { seat: 'driver', path, value, confirmed }))!;
    const done = await write(SEAT, 40);
    assert.equal(done.outcome.status, 'done');
    assert.equal(car.drive.vehicle.read(SEAT).target, 40);
    const wrong = await write(SEAT, 400);
    assert.equal(wrong.outcome.code, 'signal.out_of_range');
    assert.match(String(wrong.outcome.facts['message']), /takes 0 to 240 mm, not 400/);
    assert.equal((await write('Vehicle.Warp', 1)).outcome.code, 'signal.unknown_path');
    car.drive.vehicle.sense('Vehicle.Speed', 60);
    const refused = await write('Vehicle.Cabin.Door.Row1.DriverSide.IsOpen', true);
    assert.equal('decision' in refused.outcome && refused.outcome.decision.verdict, 'refuse');
    assert.notEqual(refused.reply, '');
    const asked = await write('Vehicle.ADAS.LaneDepartureDetection.IsEnabled', false);
    assert.equal(asked.outcome.status, 'confirm');
    const said = await write('Vehicle.ADAS.LaneDepartureDetection.IsEnabled', false, true);
    assert.equal(said.outcome.status, 'done');
    car.drive.vehicle.sense('Vehicle.Speed', 0);
    const problem = next(client, 'problem');
    client.emit('write', { seat: 'driver', path: 'x'.repeat(300), value: 1 }, () => undefined);
    assert.equal((await problem).reason, 'bad-message');
  });

  it('[SERVE-8] a page that may not set a signal, or sets too many, is answered with nothing', async () => {
    const client = await connected();
    const write = (seat: Seat): Promise<Written | undefined> =>
      client.emitWithAck('write', { seat, path: SEAT, value: 60 });
    assert.equal(await write('passenger'), undefined);
    const all = await Promise.all(Array.from({ length: 30 }, () => write('driver')));
    assert.ok(all.some((written) => written) && all.some((written) => !written));
  });

  it('[SERVE-1] the page’s list of signals has them all, with their limits', async () => {
    const response = await fetch(`${car.server.url}/signals.json`);
    const signals = (await response.json()) as SignalList;
    assert.deepEqual(signals, [...car.drive.vehicle.catalogue.all()]);
  });

  it('[SERVE-4] a client that talks too fast is told so', async () => {
    const client = await connected();
    const problem = next(client, 'problem', ({ reason }) => reason === 'too-much');
    for (let index = 0; index < 20; index++)
      client.emit('say', { id: `fast-${index}`, seat: 'driver', text: 'turn on the ac' });
    assert.match((await problem).message, /wait a second/);
  });

  it('[SERVE-2] another web site is not let in', async () => {
    const response = await fetch(`${car.server.url.replace('localhost', '127.0.0.1')}/world.json`, {
      headers: { Origin: 'https://example.org' },
    });
    assert.equal(response.status, 403);
  });

  it('[SERVE-1] serves the page and the map with a strict policy, and nothing outside of its folder', async () => {
    const page = await fetch(car.server.url);
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    const traffic = (await (await fetch(`${car.server.url}/traffic.json`)).json()) as { level: string }[];
    assert.ok(Array.isArray(traffic) && traffic.every(({ level }) => level !== 'free'));
    const map = (await (await fetch(`${car.server.url}/world.json`)).json()) as { streets: unknown[] };
    assert.ok(map.streets.length > 50);
    assert.equal((await fetch(`${car.server.url}/..%2f..%2fpackage.json`)).status, 404);
    assert.equal((await fetch(car.server.url, { method: 'POST' })).status, 405);
  });

  it('[SERVE-6] a busy port is explained', async () => {
    const port = Number(new URL(car.server.url).port);
    await assert.rejects(
      startCar(port),
      (error: unknown) =>
        error instanceof ServerError && error.reason === 'port-busy' && /--port/.test(error.message),
    );
  });
});
