import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../../simulator/cli/report.ts';
import { packageFile } from '../../../simulator/open-drive.ts';
import { startCar } from '../../support/running-car.ts';
import { speakWithEspeak, speakWithFlite } from '../../support/speech-sample.ts';

const OVERLAY = 'docs/examples/fragrance.vspec.yaml';
const MAIN = packageFile('dist/simulator/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'drivetalk-cli-'));

function drivetalk(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 26,
  });
  return { status, stdout, stderr };
}
const report = (stdout: string) => JSON.parse(stdout) as Report;

describe('drivetalk, as it is typed', function () {
  this.timeout(60_000);

  it('[CLI-1] say carries out two wishes and shows what changed', () => {
    const { status, stdout, stderr } = drivetalk([
      'say',
      'set the temperature to 21 degrees and take me home',
      '--json',
    ]);
    assert.equal(stderr, '');
    assert.equal(status, 0, stdout);
    const { commands, outcomes, signals, reply } = report(stdout);
    assert.deepEqual(
      commands.map(({ intent }) => intent),
      ['climate.temperature.set', 'navigation.route.start'],
    );
    assert.equal(commands[0]?.slots.temperature?.value, 21);
    assert.equal(commands[1]?.slots.destination?.value, 'home');
    assert.ok(commands.every(({ confidence }) => confidence > 0 && confidence <= 1));
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['done', 'done'],
    );
    assert.ok(
      signals.some(
        ({ path, to }) => path === 'Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature' && to === 21,
      ),
    );
    assert.ok(signals.some(({ path }) => path.includes('Navigation.DestinationSet')));
    assert.notEqual(reply, '');
  });

  it('[CLI-1] say speaks to people too', () => {
    const { stdout } = drivetalk(['say', 'set the temperature to 23 degrees']);
    assert.match(stdout, /^heard {6}set the temperature to 23 degrees$/m);
    assert.match(stdout, /^understood climate\.temperature\.set temperature=23/m);
    assert.match(stdout, /Row1\.Driver\.Temperature: \S+ → 23$/m);
    assert.match(stdout, /^reply {6}\S/m);
  });

  it('[CLI-2] refused: 3, with the rule', () => {
    const { status, stdout } = drivetalk(['say', '--speed', '50', '--json', 'open the trunk']);
    assert.equal(status, 3);
    assert.match(report(stdout).outcomes[0]?.rule ?? '', /^SAFE-\d+$/);
    assert.equal(report(stdout).status, 'not-done');
  });

  it('[CLI-2] not meant for the car: 3', () => {
    assert.equal(drivetalk(['say', 'did you see what she was wearing yesterday']).status, 3);
  });

  const misuse: string[][] = [
    [],
    ['say'],
    ['fly'],
    ['say', '--colour', 'red', 'hello'],
    ['say', '--seat', 'roof', 'x'],
    ['serve', '--port', 'many'],
    ['say', '--speed', '-4', 'x'],
  ];
  for (const args of misuse) {
    it(`[CLI-2] bad usage: 2 (drivetalk ${args.join(' ')})`, () => {
      const { status, stderr } = drivetalk(args);
      assert.equal(status, 2);
      assert.notEqual(stderr, '');
    });
  }

  it('[CLI-3] understand answers each line with one JSON line', () => {
    const { status, stdout } = drivetalk(['understand'], 'turn on the ac\n\nplay some jazz\n');
    assert.equal(status, 0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      lines.map(({ text }) => text),
      ['turn on the ac', '', 'play some jazz'],
    );
    for (const line of lines) assert.deepEqual(Object.keys(line), ['id', 'text', 'commands', 'domain', 'ms']);
    assert.deepEqual(
      lines.map(({ commands }) => (commands as { intent: string }[])[0]?.intent),
      ['climate.ac.on', 'none.silence.select', 'media.playback.start'],
    );
  });

  it('[CLI-3] understand takes ids and context as JSON lines, and names the line that is wrong', () => {
    const input = [
      JSON.stringify({
        id: 'a',
        text: 'and the passenger too',
        context: [
          { who: 'user', text: 'turn on my seat heating' },
          { who: 'car', text: 'Seat heating is on.' },
        ],
      }),
      '{"id": "b"}',
      'no json',
      JSON.stringify({ id: 'c', text: 'mute' }),
    ].join('\n');
    const { status, stdout } = drivetalk(['understand', '--jsonl'], input);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id?: string; error?: string });
    assert.equal(status, 1);
    assert.equal(lines.length, 4);
    assert.deepEqual(
      lines.map(({ error }) => error !== undefined),
      [false, true, true, false],
    );
    assert.match(lines[1]?.error ?? '', /line 2/);
    assert.equal(lines[3]?.id, 'c');
  });

  it('[SIG-26] an overlay adds signals that can be spoken of, and narrows limits', () => {
    const said = drivetalk(['say', '--json', '--overlay', OVERLAY, 'set the fragrance to 40 percent']);
    assert.equal(said.status, 0, said.stderr);
    assert.deepEqual(report(said.stdout).signals, [
      { path: 'Vehicle.Cabin.Fragrance.Intensity', from: 0, to: 40 },
    ]);
    const narrowed = drivetalk(['say', '--overlay', OVERLAY, 'set the temperature to 27 degrees']);
    assert.equal(narrowed.status, 3);
    assert.match(narrowed.stdout, /from 16 to 25 degrees/);
  });

  it('[SIG-26] a broken or missing overlay is refused with file, line and reason', () => {
    const broken = join(folder, 'broken.vspec.yaml');
    writeFileSync(broken, 'Vehicle.Cabin.A:\n  type: actuator\n  datatype: number\n');
    const refused = drivetalk(['say', '--overlay', OVERLAY, '--overlay', broken, 'hello']);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /^drivetalk: broken\.vspec\.yaml:3: Vehicle\.Cabin\.A: datatype: .*\n$/);
    const missing = drivetalk(['say', '--overlay', join(folder, 'none.vspec.yaml'), 'hello']);
    assert.equal(missing.status, 2);
    assert.match(missing.stderr, /none\.vspec\.yaml: cannot be read/);
  });

  it('[SIG-25] listen hears what is said of an overlay’s signals', () => {
    const wav = speakWithFlite('switch the karaoke mode on');
    const { status, stdout, stderr } = drivetalk(['listen', '--json', '--overlay', OVERLAY, wav]);
    assert.equal(status, 0, stderr);
    assert.ok(
      report(stdout).signals.some(({ path, to }) => path === 'Vehicle.Cabin.Karaoke.IsOn' && to === true),
    );
  });

  it('[CLI-4] listen hears what espeak-ng says and sets the temperature', () => {
    const wav = speakWithEspeak('set the temperature to twenty one degrees');
    const { status, stdout, stderr } = drivetalk(['listen', wav, '--json']);
    assert.equal(stderr, '');
    assert.equal(status, 0, stdout);
    const heard = report(stdout);
    // Which little words a synthetic voice swallows is not what this is about.
    assert.match(heard.text, /^set .*temperature to twenty one degrees$/);
    assert.ok(
      heard.signals.some(
        ({ path, to }) => path === 'Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature' && to === 21,
      ),
    );
    assert.match(
      drivetalk(['listen', '--text-only', wav]).stdout,
      /^set .*temperature to twenty one degrees\n$/,
    );
  });

  const file = (name: string, bytes: Uint8Array | string) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const silence = (seconds: number) => {
    const data = Buffer.alloc(44 + seconds * 16_000);
    data.write('RIFF', 0);
    data.writeUInt32LE(36 + seconds * 16_000, 4);
    data.write('WAVEfmt ', 8);
    data.writeUInt32LE(16, 16);
    data.writeUInt16LE(1, 20);
    data.writeUInt16LE(1, 22);
    data.writeUInt32LE(8_000, 24);
    data.writeUInt32LE(16_000, 28);
    data.writeUInt16LE(2, 32);
    data.writeUInt16LE(16, 34);
    data.write('data', 36);
    data.writeUInt32LE(seconds * 16_000, 40);
    return data;
  };
  const unheard: [name: string, path: string, line: RegExp][] = [
    ['no WAV', file('notes.wav', 'dear diary, today was fine'), /WAV/],
    ['an empty file', file('empty.wav', ''), /empty|WAV/i],
    ['no samples', file('zero.wav', silence(0)), /no sound|empty|no samples/i],
    ['ten minutes', file('long.wav', silence(600)), /60 s|long|minute/i],
    ['a file that is not there', join(folder, 'missing.wav'), /missing\.wav/],
  ];
  for (const [name, path, line] of unheard) {
    it(`[CLI-5] listen to ${name}: one line, status 1`, () => {
      const { status, stderr, stdout } = drivetalk(['listen', path]);
      assert.equal(status, 1);
      assert.equal(stdout, '');
      assert.match(stderr, line);
      assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
    });
  }

  it('[CLI-5] a bad file does not keep the next one from being heard', () => {
    const good = speakWithEspeak('set the temperature to twenty one degrees');
    const { status, stdout } = drivetalk(['listen', '--text-only', join(folder, 'missing.wav'), good]);
    assert.equal(status, 1);
    assert.match(stdout, /^set .*temperature to twenty one degrees\n$/);
  });

  it('[CLI-5] 10,000 characters, a missing model: one line', () => {
    for (const args of [
      ['say', 'a'.repeat(10_000)],
      ['say', '--model', join(folder, 'nothing'), 'mute'],
    ]) {
      const { status, stderr } = drivetalk(args);
      assert.equal(status, 1);
      assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
    }
  });

  it('[CLI-5] a busy port: one line with another to try', async () => {
    const car = await startCar();
    try {
      const { status, stderr } = drivetalk(['serve', '--port', new URL(car.server.url).port]);
      assert.equal(status, 1);
      assert.match(stderr, /^drivetalk: Port \d+ is in use\. .*--port \d+\n$/);
    } finally {
      await car.close();
    }
  });

  it('[CLI-5] a file that is not there, or is a folder, is named in words', () => {
    for (const args of [
      ['run', 'nope.yaml'],
      ['replay', 'nope.jsonl'],
      ['listen', '--evaluate', 'nope.tsv'],
    ]) {
      const { status, stderr } = drivetalk(args);
      assert.notEqual(status, 0);
      assert.match(
        stderr,
        new RegExp(`^drivetalk: There is no file or folder .*${args.at(-1)}\\.\\n$`),
        args.join(' '),
      );
    }
    assert.match(drivetalk(['replay', folder]).stderr, /is a folder: name a file\./);
  });

  it('[CLI-9] what is read no further ends quietly; --version tells the version', () => {
    const shell = `"${process.execPath}" "${MAIN}" map info --json | true`;
    const { status, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', shell], { encoding: 'utf8' });
    assert.equal(stderr, '');
    assert.equal(status, 0);
    const refused = `"${process.execPath}" "${MAIN}" say --speed 50 "open the trunk" | true`;
    const told = spawnSync('bash', ['-o', 'pipefail', '-c', refused], { encoding: 'utf8' });
    assert.equal(told.status, 3, 'what the command found out is not lost');
    assert.match(drivetalk(['--version']).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('[TEST-35] of a model that cannot be used, the model’s own reason is told; of files, before anything is asked', () => {
    const suite = join(folder, 'small.yaml');
    writeFileSync(suite, 'cases:\n  - id: a\n    text: open the window\n    expect: window.open\n');
    const broken = drivetalk(['test', suite, '--model', folder]);
    assert.equal(broken.status, 4);
    assert.doesNotMatch(broken.stderr, /its thread ended/);
    assert.match(broken.stderr, /model/);
    const missing = drivetalk(['test', suite, '--baseline', join(folder, 'nope.jsonl')]);
    assert.equal(missing.status, 2);
    assert.doesNotMatch(missing.stderr, /checks in/);
    const unwritable = drivetalk([
      'test',
      suite,
      '--junit',
      join(folder, 'no', 'such', 'x.xml'),
      '--results',
      join(folder, 'r.jsonl'),
    ]);
    assert.equal(unwritable.status, 2);
    assert.match(unwritable.stdout, /1 of 1 check/);
  });
});
