import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { packageFile } from '../../../simulator/open-drive.ts';
import type { RunningServer } from '../../../simulator/server/server.ts';
import { startViss } from '../../../simulator/viss/endpoint.ts';
import type { Vehicle } from '../../../vehicle/vehicle.ts';
import { DRIVE_STATES, newCar, sense } from '../../support/small-car.ts';

const MAIN = packageFile('dist/simulator/cli/main.js');
const WINDOW = 'Vehicle.Cabin.Door.Row1.DriverSide.Window.Position';
const FAN = 'Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed';
const TRUNK = 'Vehicle.Body.Trunk.Rear.IsOpen';

interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command; what it prints is collected in `output`, and awaited with `until`. */
class Running {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';
  readonly ended: Promise<Result>;

  constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout!.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr!.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.ended = new Promise((resolve) => {
      this.child.once('close', (status) => {
        resolve({ status, stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  /** The first match in what is printed. */
  async until(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.stdout);
      if (found) return found;
      const printed = new Promise((resolve) => this.child.stdout!.once('data', resolve));
      const ended = await Promise.race([printed.then(() => undefined), this.ended]);
      if (ended && !pattern.test(this.stdout))
        throw new Error(`It ended without ${String(pattern)}: ${this.stdout}${this.stderr}`);
    }
  }
}

describe('drivetalk signals, as it is typed', function () {
  this.timeout(60_000);
  let car: Vehicle;
  let server: RunningServer;

  beforeEach(async () => {
    car = newCar();
    server = await startViss({ vehicle: car, host: '127.0.0.1', port: 0, clock: () => performance.now() });
  });
  afterEach(() => server.close());

  const signals = (...args: string[]) => new Running(['signals', '--url', server.url, ...args]).ended;

  it('[VISS-20] lists every signal with its value and unit', async () => {
    const { status, stdout, stderr } = await signals();
    assert.equal(stderr, '');
    assert.equal(status, 0);
    const lines = stdout.trim().split('\n');
    assert.equal(lines.length, [...car.catalogue.all()].length);
    assert.ok(lines.includes(`${FAN} = 30 percent`), stdout);
    assert.ok(lines.includes('Vehicle.DriveState = PARKED'));
  });

  it('[VISS-20] --filter takes a glob or a word; --json prints an object a line', async () => {
    const { stdout } = await signals('--filter', '*.Row1.*.Window.Position', '--json');
    const found = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { path: string; value: string; unit?: string; ts: string });
    assert.equal(found.length, 2);
    assert.deepEqual([found[0]?.path, found[0]?.value, found[0]?.unit], [WINDOW, '0', 'percent']);
    assert.match(found[0]?.ts ?? '', /Z$/);
    assert.match((await signals('--filter', 'fanspeed')).stdout, /FanSpeed = 30 percent/);
  });

  it('[VISS-20] a filter that nothing fits: 2, in one line', async () => {
    const { status, stdout, stderr } = await signals('--filter', 'wings');
    assert.deepEqual([status, stdout, stderr.trim().split('\n').length], [2, '', 1]);
  });

  it('[VISS-21] get prints the bare value, of a branch each signal', async () => {
    const one = await signals('get', FAN);
    assert.deepEqual([one.status, one.stdout], [0, '30\n']);
    const json = await signals('get', FAN, '--json');
    assert.deepEqual((JSON.parse(json.stdout) as { value: string; unit: string }).unit, 'percent');
    const branch = await signals('get', 'Vehicle.Cabin.HVAC.Station.Row1');
    assert.match(branch.stdout, /^Vehicle\.Cabin\.HVAC\.Station\.Row1\.Driver\.FanSpeed = 30 percent$/m);
  });

  it('[VISS-21] set tells an actuator where to go', async () => {
    const { status, stdout } = await signals('set', FAN, '70');
    assert.equal(status, 0);
    assert.equal(stdout, `${FAN}: told 70, is 70\n`);
    assert.equal(car.read(FAN).value, 70);
    await signals('set', WINDOW, '50');
    assert.equal(car.read(WINDOW).target, 50);
  });

  it('[VISS-22] refused by the gate: 3, with the rule', async () => {
    sense(car, DRIVE_STATES.MOVING);
    const { status, stdout, stderr } = await signals('set', TRUNK, 'true');
    assert.deepEqual([status, stdout], [3, '']);
    assert.match(stderr, /^drivetalk: SAFE-\d+ refuses this while Vehicle\.DriveState is MOVING .*\n$/);
  });

  const mistakes: [args: string[], message: RegExp][] = [
    [['get', 'Vehicle.Sofa'], /no Vehicle\.Sofa/],
    [['set', 'Vehicle.Sofa', '1'], /no Vehicle\.Sofa/],
    [['set', 'Vehicle.Speed', '99'], /sensor/],
    [['set', FAN, 'fast'], /data type/],
    [['set', FAN, '101'], /0 to 100/],
    [['set', FAN, '-5'], /0 to 100|uint8/],
    [['set', FAN], /missing required argument/],
  ];
  for (const [args, message] of mistakes) {
    it(`[VISS-22] ${args.join(' ')}: 2, in one line`, async () => {
      const { status, stdout, stderr } = await signals(...args);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, message);
      assert.equal(stderr.trim().split('\n').length, 1);
    });
  }

  it('[VISS-23] no car: 1, and how to start one', async () => {
    const port = Number(new URL(server.url).port);
    await server.close();
    const { status, stderr } = await signals('get', FAN);
    assert.equal(status, 1);
    assert.equal(
      stderr,
      `drivetalk: No car is running at ws://localhost:${port}: start it with "drivetalk serve --viss ${port}".\n`,
    );
  });

  it('[VISS-23] something else on the port, or no address at all: 1, in one line', async () => {
    const other = createServer((_, response) => response.end('hello'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    try {
      const url = `ws://localhost:${(other.address() as AddressInfo).port}`;
      for (const wrong of [url, 'localhost:8090']) {
        const { status, stderr } = await new Running(['signals', 'get', FAN, '--url', wrong]).ended;
        assert.equal(status, 1);
        assert.equal(stderr.trim().split('\n').length, 1, stderr);
        assert.match(stderr, new RegExp(wrong));
      }
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });

  it('[VISS-24] --watch goes on with every new value, until it is interrupted', async () => {
    const watching = new Running(['signals', '--url', server.url, '--filter', 'Vehicle.Speed', '--watch']);
    await watching.until(/^Vehicle\.Speed = 0 km\/h$/m);
    sense(car, { Speed: 120.5, 'Powertrain.TractionBattery.StateOfCharge.Displayed': 61 });
    await watching.until(/^Vehicle\.Speed = 120\.5 km\/h$/m);
    watching.child.kill('SIGINT');
    const { status, stdout } = await watching.ended;
    assert.equal(status, 0);
    assert.doesNotMatch(stdout, /StateOfCharge/);
  });

  it('[VISS-24] --watch ends with 1 when the car goes', async () => {
    const watching = new Running(['signals', 'get', 'Vehicle.Speed', '--watch', '--url', server.url]);
    await watching.until(/^0$/m);
    await server.close();
    const { status, stderr } = await watching.ended;
    assert.equal(status, 1);
    assert.match(stderr, /^drivetalk: .* has gone\.\n$/);
  });

  it('[VISS-25] serve --viss opens a car, and Ctrl+C closes all of it', async () => {
    const serving = new Running(['serve', '--port', '0', '--viss', '0']);
    const [, url = ''] = await serving.until(/^VISS is at (ws:\/\/localhost:\d+)$/m);
    const { stdout } = await new Running(['signals', 'get', 'Vehicle.DriveState', '--url', url]).ended;
    assert.equal(stdout, 'PARKED\n');
    const watching = new Running(['signals', 'get', 'Vehicle.DriveState', '--watch', '--url', url]);
    await watching.until(/PARKED/);
    serving.child.kill('SIGINT');
    assert.equal((await serving.ended).status, 0);
    assert.equal((await watching.ended).status, 1);
  });

  it('[VISS-25] without --viss nothing but the page is served', async () => {
    const serving = new Running(['serve', '--port', '0']);
    await serving.until(/Drivetalk is at http:\/\/localhost:\d+/);
    serving.child.kill('SIGINT');
    assert.doesNotMatch((await serving.ended).stdout, /VISS/);
  });
});
