import assert from 'node:assert/strict';
import { DEFAULT_CONTACTS } from '../../../vehicle/controllers/contacts.ts';
import { loadCatalogue, loadRules } from '../../../vehicle/load.ts';
import type { Drive } from '../../../simulator/drive.ts';
import { Player, type PlayResult } from '../../../simulator/scenario/player.ts';
import { readScenario } from '../../../simulator/scenario/read-scenario.ts';
import { openTestDrive } from '../../support/scripted-drive.ts';

const catalogue = loadCatalogue();
const car = { catalogue, rules: loadRules(catalogue) };
const WINDOW = 'Vehicle.Cabin.Door.Row1.DriverSide.Window.Position';
const PHONE = 'Vehicle.Cabin.Infotainment.Phone';

async function open(steps: string): Promise<{ player: Player; drive: Drive }> {
  const scenario = readScenario(`scenario: Test\nsteps:\n${steps}`, 'test.yaml', car);
  const drive = await openTestDrive();
  const player = new Player({
    scenario,
    drive,
    contacts: DEFAULT_CONTACTS,
    readSound: () => Promise.resolve([]),
  });
  return { player, drive };
}

async function play(steps: string): Promise<PlayResult & { drive: Drive }> {
  const { player, drive } = await open(steps);
  const result = await player.run();
  await drive.close();
  return { ...result, drive };
}
const problemsOf = ({ steps }: PlayResult) => steps.flatMap(({ problems }) => problems);

describe('playing scripted drives', function () {
  this.timeout(60_000);

  it('[SCENE-3] steps begin at their time, after the one before, and when signals are so', async () => {
    const { steps, passed } = await play(`
  - { at: 2, say: open my window }
  - { after: 3, caption: half a minute }
  - { at: "0:01", note: "too late for its time, thus at once" }
  - { when: { ${WINDOW}: 100 }, say: close my window }
  - { after: 1, when: { ${WINDOW}: { max: 0 } }, note: closed }
`);
    assert.ok(passed);
    const at = steps.map((step) => step.at);
    assert.deepEqual(at.slice(0, 3), [2_000, 5_000, 5_100]);
    assert.ok(at[3]! >= 5_200 && at[3]! < 9_000, `${at[3]}`);
    assert.ok(at[4]! >= at[3]! + 1_000, `${at[4]}`);
  });

  it('[SCENE-3] what is waited for in vain ends the drive as failed', async () => {
    const result = await play(`
  - { when: { Vehicle.Speed: { min: 10 } }, within: 3, say: open my window }
  - { say: close my window }
`);
    assert.equal(result.passed, false);
    assert.equal(result.steps.length, 1);
    assert.deepEqual(problemsOf(result), ['waited in vain: Vehicle.Speed is 0, not at least 10']);
    assert.equal(result.steps[0]?.at, 3_100);
  });

  it('[SCENE-4] a call, a message, a nail and a hand at the window', async () => {
    const result = await play(`
  - inject: { call: Anna Berger }
    expect: { signals: { ${PHONE}.CallState: RINGING, ${PHONE}.CallPeer: Anna Berger } }
  - inject: { call: "" }
    expect: { signals: { ${PHONE}.CallState: IDLE, ${PHONE}.MissedCalls: 1 } }
  - inject: { message: { from: Mom, text: come home } }
    expect: { signals: { ${PHONE}.UnreadMessages: 1 } }
  - inject: { flat_tyre: rear_left, battery: 7 }
    expect:
      signals:
        Vehicle.Chassis.Axle.Row2.Wheel.Left.Tire.Pressure: 90
        Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed: 7
  - { say: open my window, expect: { signals: { ${WINDOW}: 100 } } }
  - { say: close my window }
  - { after: 3, inject: { obstruction: driver_window } }
  - { after: 5, expect: { signals: { ${WINDOW}: { min: 40 } } } }
`);
    assert.deepEqual(problemsOf(result), []);
    assert.ok(result.passed);
  });

  it('[SCENE-4] a stuck sensor says what it says until it is repaired', async () => {
    const result = await play(`
  - { inject: { faults: { Vehicle.Exterior.AirTemperature: -40 } } }
  - { after: 1 min, expect: { signals: { Vehicle.Exterior.AirTemperature: -40 } } }
  - { inject: { sensors: { Vehicle.Exterior.AirTemperature: 30 } } }
  - { after: 1, expect: { signals: { Vehicle.Exterior.AirTemperature: 30 } } }
  - { inject: { repair: [Vehicle.Exterior.AirTemperature] } }
  - { after: 1, expect: { signals: { Vehicle.Exterior.AirTemperature: { max: 20, min: -20 } } } }
`);
    assert.deepEqual(problemsOf(result), []);
    assert.equal(result.drive.vehicle.read('Vehicle.Speed').value, 0);
  });

  it('[SCENE-4] what a tool sets passes the gate', async () => {
    const result = await play(`
  - { set: { Vehicle.Cabin.Sunroof.Position: 40 }, expect: { signals: { Vehicle.Cabin.Sunroof.Position: 40 } } }
  - { speed: 50, expect: { signals: { Vehicle.Speed: { value: 50, within: 1 } }, within: 1 min } }
  - { set: { Vehicle.Body.Trunk.Rear.IsOpen: true }, expect: { refused: SAFE-3 } }
  - { set: { Vehicle.Body.Trunk.Rear.IsOpen: true } }
`);
    assert.equal(problemsOf(result).length, 1);
    assert.match(problemsOf(result)[0] ?? '', /was not set/);
    assert.deepEqual(
      result.steps.map(({ problems }) => problems.length),
      [0, 0, 0, 1],
    );
  });

  const unmet: [name: string, step: string, told: RegExp][] = [
    [
      'a reply',
      '{ say: how far can we go, expect: { reply: banana } }',
      /the reply was ".*kilometers.*", not banana/,
    ],
    ['an expression', '{ say: how far can we go, expect: { reply: /^\\d+$/ } }', /the reply was/],
    [
      'an intent',
      '{ say: open my window, expect: { intents: [window.close] } }',
      /understood as window\.open, not as window\.close/,
    ],
    ['a status', '{ say: open my window, expect: { status: refused } }', /it was done, not refused/],
    [
      'a refusal',
      '{ say: open my window, expect: { refused: SAFE-3 } }',
      /it was not refused, not by SAFE-3/,
    ],
    [
      'a signal',
      `{ expect: { signals: { ${WINDOW}: { value: 50, within: 2 } }, within: 1 } }`,
      /is 0, not 50 ± 2/,
    ],
    [
      'anything else',
      `{ expect: { signals: { ${WINDOW}: { not: 0 } }, within: 1 } }`,
      /is 0, not anything but 0/,
    ],
    ['an announcement', '{ expect: { announces: hello, within: 1 } }', /did not say hello by itself/],
  ];
  for (const [name, step, told] of unmet) {
    it(`[SCENE-5] ${name} that is not so is told with what was found`, async () => {
      const result = await play(`  - ${step}\n  - { caption: and the drive goes on }`);
      assert.equal(result.passed, false);
      assert.equal(result.steps.length, 2);
      assert.match(problemsOf(result).join('\n'), told);
    });
  }

  it('[SCENE-5] what the car says by itself can be waited for', async () => {
    const result = await play(`
  - inject: { faults: { Vehicle.Driver.FatigueLevel: 95 } }
    speed: 50
    expect: { announces: break, within: 2 min }
`);
    assert.deepEqual(problemsOf(result), []);
  });

  it('[SCENE-3] a place that the city does not have fails the drive', async () => {
    const scenario = readScenario(
      'scenario: Test\nplace: Atlantis on the Moon 99\nsteps:\n  - park: true\n',
      'test.yaml',
      car,
    );
    const drive = await openTestDrive();
    const player = new Player({ scenario, drive, contacts: [], readSound: () => Promise.resolve([]) });
    assert.match(problemsOf(await player.run()).join(), /no place "Atlantis/);
    await drive.close();
  });

  const SHOW = `
  - { at: 1, say: take me home, drive: true, caption: Off we go, camera: side, note: Smile. }
  - { at: 0:20, say: open my window }
  - { at: 0:30, caption: There }
`;

  it('[SCENE-6] it is the same drive each time, at once or in small pieces of time', async () => {
    const whole = await play(SHOW);
    const { player, drive } = await open(SHOW);
    for (let piece = 0; !player.isOver; piece++) {
      player.advance(10 + ((piece * 37) % 90));
      await new Promise(setImmediate);
    }
    await drive.close();
    assert.deepEqual(
      player.result.steps.map(({ at, turn }) => [at, turn?.reply]),
      whole.steps.map(({ at, turn }) => [at, turn?.reply]),
    );
    assert.deepEqual(drive.vehicle.snapshot(), whole.drive.vehicle.snapshot());
  });

  it('[SCENE-7] a show is paused and goes on, completes its next step at once, and jumps ahead', async () => {
    const { player, drive } = await open(SHOW);
    const pass = async (ms: number) => {
      player.advance(ms);
      for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
    };
    await pass(500);
    assert.equal(player.show.step, 0);
    player.pause(true);
    await pass(10_000);
    assert.equal(drive.vehicle.read('Vehicle.Speed').value, 0);
    assert.equal(player.show.paused, true);
    player.pause(false);
    await player.jump(1);
    const { step, caption, camera, note, title, steps } = player.show;
    assert.deepEqual(
      { step, caption, camera, note, title, steps },
      { step: 1, caption: 'Off we go', camera: 'side', note: 'Smile.', title: 'Test', steps: 3 },
    );
    await player.jump(3);
    assert.equal(player.isOver, true);
    assert.equal(player.show.caption, 'There');
    const before = drive.vehicle.now;
    await pass(700);
    assert.equal(drive.vehicle.now, before + 700);
    await drive.close();
  });
});
