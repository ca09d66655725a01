import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportFile } from '../../../simulator/cli/export.ts';
import { EXIT, explainFailure, UsageError } from '../../../simulator/cli/exit.ts';
import { replayFile } from '../../../simulator/cli/replay.ts';
import { run } from '../../../simulator/cli/run.ts';
import { packageFile } from '../../../simulator/open-drive.ts';
import { RecordingError } from '../../../simulator/scenario/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'drivetalk-scenario-'));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const SHORT = `
scenario: Short & <sweet>
steps:
  - { at: 1, say: open the window, expect: { intents: [window.open], status: done } }
  - { at: 5, drive: true, expect: { signals: { Vehicle.Speed: { min: 5 } }, within: 30 } }
`;

/** What a command prints and returns. */
async function printed(command: () => Promise<number>): Promise<{ status: number; text: string }> {
  const { log } = console;
  const write = process.stdout.write.bind(process.stdout);
  let text = '';
  console.log = (line: unknown) => {
    text += `${String(line)}\n`;
  };
  process.stdout.write = (piece: string | Uint8Array) => {
    text += String(piece);
    return true;
  };
  try {
    return { status: await command(), text };
  } finally {
    console.log = log;
    process.stdout.write = write;
  }
}

describe('drivetalk run, replay and export', function () {
  this.timeout(120_000);
  const recording = join(folder, 'short.jsonl');

  it('[SCENE-8] run plays a scenario, writes JUnit and a recording', async () => {
    const junit = join(folder, 'junit.xml');
    const { status, text } = await printed(() =>
      run([file('short.yaml', SHORT)], { junit, record: recording }),
    );
    assert.equal(status, EXIT.done, text);
    assert.match(text, /^passed {2}Short & <sweet> \(2 of 2 steps/);
    const xml = readFileSync(junit, 'utf8');
    assert.match(xml, /<testsuite name="Short &#38; &#60;sweet&#62;" tests="2" failures="0"/);
    assert.equal(xml.match(/<testcase /g)?.length, 2);
  });

  it('[SCENE-8] what is not as expected: exit status 1, told with file and line, as JSON and JUnit too', async () => {
    const junit = join(folder, 'failed.xml');
    const wrong = file('wrong.yaml', SHORT.replace('status: done', 'status: refused'));
    const { status, text } = await printed(() => run([wrong], { junit, json: true }));
    assert.equal(status, EXIT.failure);
    const { passed, scenarios } = JSON.parse(text) as {
      passed: boolean;
      scenarios: { passed: boolean; steps: { line: number; problems: string[]; reply?: string }[] }[];
    };
    assert.equal(passed, false);
    assert.deepEqual(scenarios[0]?.steps[0]?.problems, ['it was done, not refused']);
    assert.equal(scenarios[0].steps[0].line, 4);
    assert.match(
      readFileSync(junit, 'utf8'),
      /failures="1"[\s\S]*<failure message="it was done, not refused">/,
    );
    const plain = await printed(() => run([wrong], {}));
    assert.match(plain.text, /FAILED[\s\S]*wrong\.yaml:4: at 0:01, .*: it was done, not refused/);
  });

  it('[SCENE-8] a scenario with a typo, no scenario, and two recordings in one file are bad usage', async () => {
    const typo = file('typo.yaml', SHORT.replace('drive: true', 'drvie: true'));
    await assert.rejects(run([file('good.yaml', SHORT), typo], {}), (error: unknown) => {
      const { line, status } = explainFailure(error);
      return status === EXIT.usage && /typo\.yaml:5:\d+: .*"drvie".*did you mean "drive"/.test(line);
    });
    const empty = mkdtempSync(join(tmpdir(), 'drivetalk-empty-'));
    await assert.rejects(run([empty], {}), UsageError);
    await assert.rejects(run([typo, typo], { record: join(folder, 'x.jsonl') }), UsageError);
  });

  it('[REC-2] replay does what was recorded again', async () => {
    const { status, text } = await printed(() => replayFile(recording, {}));
    assert.equal(status, EXIT.done, text);
    assert.match(text, /^The same, byte for byte: 0:\d\d(\.\d)? of driving/);
  });

  it('[REC-3] replay tells the first difference: exit status 1', async () => {
    const changed = file(
      'changed.jsonl',
      readFileSync(recording, 'utf8').replace('"status":"done"', '"status":"refused"'),
    );
    const { status, text } = await printed(() => replayFile(changed, {}));
    assert.equal(status, EXIT.failure);
    assert.match(
      text,
      /differs first at 0:01, line \d+, in turn\.outcomes\.0\.status:\n {2}expected "refused"\n {2}got {6}"done"/,
    );
  });

  it('[REC-4] other parts are refused, and compared all the same with --anyway', async () => {
    const other = file(
      'other.jsonl',
      readFileSync(recording, 'utf8').replace(/"model":"[0-9a-f]{32}"/, `"model":"${'0'.repeat(32)}"`),
    );
    await assert.rejects(
      replayFile(other, {}),
      (error: unknown) => error instanceof RecordingError && /--anyway/.test(error.message),
    );
    assert.equal((await printed(() => replayFile(other, { anyway: true }))).status, EXIT.done);
  });

  it('[REC-4] a recording is not written over', async () => {
    await assert.rejects(run([file('again.yaml', SHORT)], { record: recording }), RecordingError);
  });

  it('[REC-5] replay --until tells the state of the car there', async () => {
    const { text } = await printed(() => replayFile(recording, { until: 3_000, json: true }));
    const { t, signals } = JSON.parse(text) as { t: number; signals: Record<string, unknown> };
    assert.equal(t, 3_000);
    assert.equal(typeof signals['Vehicle.Cabin.Door.Row1.DriverSide.Window.Position'], 'number');
  });

  it('[REC-6] replay --export writes a suite', async () => {
    const suite = join(folder, 'suite.yaml');
    assert.equal(await replayFile(recording, { export: suite }), EXIT.done);
    assert.match(readFileSync(suite, 'utf8'), /text: open the window/);
  });

  it('[REC-8] export writes CSV and JSON lines of the signals that were chosen', async () => {
    const signals = 'Vehicle.Speed,*Row1.DriverSide.Window.Position';
    const csv = (await printed(() => exportFile(recording, { signals, every: 1_000, csv: true }))).text.split(
      '\n',
    );
    assert.deepEqual(csv[0]?.split(',').toSorted(), [
      'Vehicle.Cabin.Door.Row1.DriverSide.Window.Position [percent]',
      'Vehicle.Speed [km/h]',
      't',
      'time',
    ]);
    assert.match(csv[1] ?? '', /^2026-06-15T09:00:00\.000Z,0,0,0$/);
    const json = (await printed(() => exportFile(recording, { signals, every: 2_000, jsonl: true }))).text;
    const [, second] = json
      .split('\n')
      .map((line) => (line ? (JSON.parse(line) as { t: number; signals: object }) : undefined));
    assert.equal(second?.t, 2);
    assert.deepEqual(Object.keys(second.signals).length, 2);
    await assert.rejects(exportFile(recording, { signals: 'Moon', every: 1_000, csv: true }), UsageError);
    await assert.rejects(exportFile(recording, { signals, every: 1_000 }), UsageError);
    await assert.rejects(exportFile(recording, { signals, every: 0, csv: true }), UsageError);
  });

  it('[REC-9] export plots a drive as SVG and PNG', async () => {
    const [svg, png] = [join(folder, 'drive.svg'), join(folder, 'drive.png')];
    for (const plot of [svg, png])
      assert.equal(await exportFile(recording, { signals: '*', every: 1_000, plot }), EXIT.done);
    assert.match(readFileSync(svg, 'utf8'), /^<svg [\s\S]*open the window/);
    assert.deepEqual([...readFileSync(png).subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
    await assert.rejects(
      exportFile(recording, { signals: '*', every: 1_000, plot: 'drive.gif' }),
      UsageError,
    );
    assert.ok(!existsSync('drive.gif'));
  });

  it('[SCENE-9] the ten scenarios that come with the package pass', async () => {
    const { status, text } = await printed(() => run([packageFile('scenarios')], {}));
    assert.equal(status, EXIT.done, text);
    assert.match(text, /10 of 10 passed/);
  });
});
