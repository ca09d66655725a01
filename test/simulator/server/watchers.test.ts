import assert from 'node:assert/strict';
import type { Socket as TcpSocket } from 'node:net';
import fc from 'fast-check';
import { io } from 'socket.io-client';
import WebSocket from 'ws';
import { collectGarbage } from '../../../assistant/collect-garbage.ts';
import { openDrive } from '../../../simulator/open-drive.ts';
import { HOPELESS } from '../../../simulator/server/feed.ts';
import { HANDOVER_TIME, type Patch } from '../../../simulator/server/protocol.ts';
import { next, startCar, type RunningCar, type TestClient } from '../../support/running-car.ts';

const FRONT_SEAT = 'Vehicle.Cabin.Seat.Row1.PassengerSide.Position';
const TITLE = 'Vehicle.Cabin.Infotainment.Media.Played.Track';
/** A time of day at which it does not get dark: the car would switch its lights. */
const NOON = Date.UTC(2026, 5, 10, 12);

describe('many at one car, over real sockets', function () {
  this.timeout(60_000);
  let car: RunningCar;
  /** Time that has passed besides the real one, for the server. */
  let leap = 0;
  before(async () => {
    const drive = await openDrive({ start: NOON });
    car = await startCar(0, { drive, clock: () => performance.now() + leap });
  });
  after(() => car.close());
  afterEach(() => {
    car.clear();
  });

  const refused = async (client: TestClient, send: () => void) => {
    const problem = next(client, 'problem', ({ reason }) => reason === 'not-allowed');
    send();
    return (await problem).message;
  };
  const turnOf = (id: string) => (patch: Patch) =>
    (patch.turns ?? []).some((turn) => turn.id.endsWith(`/${id}`) && turn.stage === 'done');
  const wireOf = (client: TestClient) =>
    (client.io.engine.transport as unknown as { ws: { _socket: TcpSocket } }).ws._socket;

  it('[SERVE-40] two seats speak, each for its own side, and neither for the other', async () => {
    const driver = await car.board('driver');
    const passenger = await car.board('passenger');
    const warmer = next(driver, 'patch', turnOf('mine'));
    passenger.emit('say', { id: 'mine', seat: 'passenger', text: 'set my side to 24 degrees' });
    await warmer;
    const { vehicle } = car.drive;
    assert.equal(vehicle.read('Vehicle.Cabin.HVAC.Station.Row1.Passenger.Temperature').target, 24);
    const message = await refused(passenger, () => {
      passenger.emit('say', { id: 'forged', seat: 'driver', text: 'set my side to 27 degrees' });
    });
    assert.match(message, /Only the driver can do that, and you are the passenger/);
    await refused(passenger, () =>
      passenger.emit('audio-start', { id: 'forged', seat: 'driver', sampleRate: 16_000 }),
    );
    await refused(passenger, () => passenger.emit('pedals', { mode: 'drive' }));
    assert.equal(vehicle.read('Vehicle.Speed').value, 0);
  });

  it('[SERVE-40] a page whose line broke takes its seat back at once; another page does not get it so', async () => {
    const broken = car.connect({ role: 'driver', page: 'one' });
    assert.equal((await next(broken, 'you')).role, 'driver');
    const gone = new Promise((resolve) => broken.once('disconnect', resolve));
    const other = car.connect({ role: 'driver', page: 'two' });
    assert.notEqual((await next(other, 'you')).role, 'driver');
    // Who asks to drive has not got the answer by that.
    other.emit('move', { to: 'driver' });
    await next(broken, 'patch', ({ presence }) => presence?.asksToDrive === 'passenger');
    const back = car.connect({ role: 'driver', page: 'one' });
    assert.equal((await next(back, 'you')).role, 'driver');
    await gone;
  });

  it('[SERVE-42] a viewer who sends all that a driver can is refused, and nothing changes', async () => {
    const viewer = await car.board('viewer');
    const before = JSON.stringify(car.drive.vehicle.snapshot().signals);
    const attempts: (() => void)[] = [
      () => viewer.emit('say', { id: 'a', seat: 'driver', text: 'open the trunk' }),
      () => viewer.emit('audio-start', { id: 'b', seat: 'driver', sampleRate: 16_000 }),
      () =>
        viewer.emit('write', { seat: 'driver', path: FRONT_SEAT, value: 40 }, (written) => {
          assert.equal(written, undefined);
        }),
      () => viewer.emit('pedals', { mode: 'drive' }),
      () => viewer.emit('show', { do: 'next' }),
    ];
    for (const attempt of attempts) assert.match(await refused(viewer, attempt), /looking on/);
    assert.equal(JSON.stringify(car.drive.vehicle.snapshot().signals), before);
    const snapshot = next(viewer, 'snapshot');
    viewer.emit('resync');
    const { conversation } = (await snapshot).state;
    assert.ok(conversation.every(({ heard }) => heard !== 'open the trunk'));
  });

  it('[SERVE-41] [SERVE-44] the driver is asked, everybody sees it, and a yes changes both places', async () => {
    const driver = await car.board('driver');
    const [passenger, viewer] = [await car.board('passenger'), await car.board('viewer')];
    const asked = next(viewer, 'patch', ({ presence }) => presence?.asksToDrive === 'passenger');
    passenger.emit('move', { to: 'driver' });
    assert.deepEqual((await asked).presence, {
      taken: ['driver', 'passenger'],
      viewers: 1,
      asksToDrive: 'passenger',
    });
    const [drives, rides] = [next(passenger, 'you'), next(driver, 'you')];
    driver.emit('handover', { yes: true });
    assert.equal((await drives).role, 'driver');
    assert.equal((await rides).role, 'passenger');
  });

  it('[SERVE-41] a no is told; silence hands over', async () => {
    const driver = await car.board('driver');
    const rear = await car.board('rear_left');
    const asked = next(driver, 'patch', ({ presence }) => presence?.asksToDrive === 'rear_left');
    rear.emit('move', { to: 'driver' });
    await asked;
    const message = await refused(rear, () => driver.emit('handover', { yes: false }));
    assert.match(message, /keep the wheel/);
    leap += 30_000;
    const again = next(driver, 'patch', ({ presence }) => presence?.asksToDrive === 'rear_left');
    rear.emit('move', { to: 'driver' });
    await again;
    const drives = next(rear, 'you', ({ role }) => role === 'driver');
    leap += HANDOVER_TIME;
    await drives;
  });

  it('[SERVE-44] who leaves is gone for everybody, and the seat is free', async () => {
    const driver = await car.board('driver');
    const viewer = await car.board('viewer');
    const gone = next(viewer, 'patch', ({ presence }) => presence?.taken.length === 0);
    driver.close();
    await gone;
    const you = next(viewer, 'you', ({ role }) => role === 'driver');
    viewer.emit('move', { to: 'driver' });
    await you;
  });

  it('[SERVE-45] fifty viewers who never read cost bounded memory and are disconnected; the driver notices nothing', async () => {
    const driver = await car.board('driver');
    const viewers = await Promise.all(Array.from({ length: 50 }, () => car.board('viewer')));
    for (const viewer of viewers) wireOf(viewer).pause();
    const used = () => {
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      return (heapUsed + external) / 2 ** 20;
    };
    const before = used();
    // Twelve megabytes for each of them: six hundred, if all of it were kept.
    for (let index = 0; index < 60; index++) {
      const arrived = next(driver, 'patch', ({ signals }) => signals?.[TITLE] !== undefined);
      car.drive.vehicle.sense(TITLE, `${index} ${'la '.repeat(70_000)}`);
      await arrived;
    }
    const grown = used() - before;
    assert.ok(grown < 120, `${Math.round(grown)} MiB`);
    car.drive.vehicle.sense(TITLE, '');
    const gone = next(driver, 'patch', ({ presence }) => presence?.viewers === 0);
    leap += HOPELESS;
    car.drive.vehicle.sense(TITLE, 'on we go');
    await gone;
    const finished = next(driver, 'patch', turnOf('still'));
    driver.emit('say', { id: 'still', seat: 'driver', text: 'turn on the ac' });
    await finished;
  });

  it('[SERVE-46] random messages of a viewer never change the car nor stop the server', async () => {
    const viewer = await car.board('viewer');
    const name = fc.constantFrom(
      ...[
        'say',
        'audio-start',
        'audio-frame',
        'audio-end',
        'write',
        'pedals',
        'show',
        'resync',
        'you',
        '__proto__',
        '',
      ],
    );
    const seats = fc.constantFrom('driver', 'passenger', 'viewer', 'roof');
    const likely = fc.record({ id: fc.string(), seat: seats, text: fc.string(), mode: fc.constant('drive') });
    const message = fc.oneof(fc.anything(), likely, fc.uint8Array(), fc.object({ maxDepth: 4 }));
    const before = JSON.stringify(car.drive.vehicle.snapshot().signals);
    for (const [event, content] of fc.sample(fc.tuple(name, message), 40)) {
      try {
        viewer.emit(event as 'say', content as never);
      } catch {
        // What cannot be written cannot be sent.
      }
    }
    const driver = await car.board('driver');
    const finished = next(driver, 'patch', turnOf('alive'));
    assert.equal(JSON.stringify(car.drive.vehicle.snapshot().signals), before);
    driver.emit('say', { id: 'alive', seat: 'driver', text: 'turn on the ac' });
    await finished;
  });

  it('[SERVE-46] frames that are no messages end that connection alone', async () => {
    const driver = await car.board('driver');
    const address = `${car.server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const frames = [
      '',
      '4',
      '40{',
      '42[',
      '451-["say"]',
      '4'.repeat(1000),
      '42["connect"]',
      '\0\x01',
      '2probe',
      '9',
    ];
    await Promise.all(
      frames.map(
        (frame) =>
          new Promise<void>((resolve) => {
            const wire = new WebSocket(address);
            wire.on('open', () => {
              wire.send('40');
              wire.send(frame);
              wire.send(Buffer.from([1, 2, 3]));
              setTimeout(() => {
                wire.terminate();
              }, 200);
            });
            wire.on('close', () => {
              resolve();
            });
          }),
      ),
    );
    const finished = next(driver, 'patch', turnOf('fine'));
    driver.emit('say', { id: 'fine', seat: 'driver', text: 'turn off the ac' });
    await finished;
  });

  it('[SERVE-46] who goes on sending what cannot be understood is disconnected', async () => {
    const viewer = await car.board('viewer');
    const ended = new Promise((resolve) => viewer.once('disconnect', resolve));
    for (let index = 0; index < 80; index++) viewer.emit('say', index as never);
    assert.equal(await ended, 'io server disconnect');
  });
});

describe('a shared car, over real sockets', function () {
  this.timeout(60_000);
  let car: RunningCar;
  before(async () => {
    let count = 0;
    const random = (bytes: number) => new Uint8Array(bytes).fill(++count);
    car = await startCar(0, { share: { host: 'car.example', random } });
  });
  after(() => car.close());
  afterEach(() => {
    car.clear();
  });

  /** As somebody on the network connects: by another name than this machine has for itself. */
  const outside = (auth: object) => {
    const { port } = new URL(car.server.url);
    const client: TestClient = io(car.server.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth,
      extraHeaders: { Host: `car.example:${port}` },
    });
    return client;
  };
  const tokenOf = (access: string) => {
    const invitation = car.server.invitations.find((each) => each.access === access);
    assert.ok(invitation);
    assert.match(invitation.url, /^http:\/\/car\.example:/);
    return new URL(invitation.url).hash.replace('#join=', '');
  };

  it('[SERVE-43] nobody is let in without an invitation, and is told what to do', async () => {
    for (const auth of [
      {},
      { token: '' },
      { token: tokenOf('viewer').slice(1) },
      { token: 'x'.repeat(64) },
    ]) {
      const client = outside(auth);
      const error = await new Promise<Error>((resolve) => client.once('connect_error', resolve));
      assert.match(error.message, /Ask for a new one/);
      client.close();
    }
  });

  for (const [access, wanted, role] of [
    ['viewer', 'driver', 'viewer'],
    ['passenger', 'driver', 'passenger'],
    ['driver', 'driver', 'driver'],
  ] as const) {
    it(`[SERVE-43] invited as ${access}, who would like to drive is ${role}`, async () => {
      const client = outside({ token: tokenOf(access), role: wanted });
      const you = await next(client, 'you');
      assert.equal(you.role, role);
      assert.equal(you.access, access);
      // Only who has the whole car invites others.
      assert.equal(you.invitations.length, access === 'driver' ? 3 : 0);
      client.close();
    });
  }

  it('[SERVE-43] who sits at this machine needs none, and may invite', async () => {
    const client = car.connect();
    const you = await next(client, 'you');
    assert.equal(you.access, 'driver');
    assert.deepEqual(
      you.invitations.map(({ access }) => access),
      ['viewer', 'passenger', 'driver'],
    );
  });
});
