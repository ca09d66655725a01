import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { RawFrame } from '../../../assistant/understanding/interpreter.ts';
import type { HearingResult } from '../../../simulator/cli/hearing-tables.ts';
import { soundsOf } from '../../../simulator/cli/sounds.ts';
import { packageFile } from '../../../simulator/open-drive.ts';
import { writeWav } from '../../../assistant/speech/synthetic/write-wav.ts';
import { readAloud } from '../../../assistant/speech/synthetic/voices.ts';
import { withPauses } from '../../../assistant/speech/synthetic/mix.ts';

const MAIN = packageFile('dist/simulator/cli/main.js');
const COFFEE = packageFile('docs/examples/coffee-machine.yaml');

interface Heard {
  readonly file: string;
  readonly commands: readonly RawFrame[];
}

function drivetalk(args: readonly string[], input: string | Buffer = '', env = process.env) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { input, env });
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
}
const said = async (words: string) => {
  const [sound = new Float32Array()] = await readAloud([words], {
    ...{ engine: 'flite', voice: 'rms', stretch: 1, optional: false },
  });
  return withPauses(sound, 0.4, 0.8);
};
const raw = (samples: Float32Array) => Buffer.from(writeWav({ samples, rate: 16_000 }).subarray(44));

describe('drivetalk listen and synthesise, as they are typed', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'drivetalk-listen-'));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (...names: string[]) => join(folder, ...names);

  it('[CLI-40] paths are files, folders of WAV files in the order of their names, and the pipe', async () => {
    mkdirSync(file('many', 'b'), { recursive: true });
    const tone = (length: number) => writeWav({ samples: new Float32Array(length).fill(0.1), rate: 8000 });
    for (const [name, length] of [
      ['b/2.WAV', 20],
      ['1.wav', 10],
      ['notes.txt', 30],
    ] as const)
      writeFileSync(file('many', name), tone(length));
    const pipe = Readable.from([tone(40)]);
    const sounds = soundsOf([file('many'), '-', file('many', '1.wav')], undefined, pipe);
    assert.deepEqual(
      await Promise.all(sounds.map(async (sound) => [sound.name, (await sound.read()).samples.length])),
      [
        ['1.wav', 10],
        [join('b', '2.WAV'), 20],
        ['-', 40],
        ['1.wav', 10],
      ],
    );
    mkdirSync(file('empty'));
    assert.throws(() => soundsOf([file('empty')], undefined, pipe), /no \.wav file in/);
  });

  it('[CLI-40] bare samples have the rate that is said, and half of one at the end is left out', async () => {
    const pieces = [Buffer.from([0, 0x40, 0]), Buffer.from([0xc0, 0x12])];
    const [sound] = soundsOf(['-'], 44_100, Readable.from(pieces));
    assert.deepEqual(await sound?.read(), { samples: Float32Array.of(0.5, -0.5), rate: 44_100 });
  });

  it('[CLI-40] what is larger than any command is refused before it fills the memory', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(1 << 20);
      })(),
    );
    const [sound] = soundsOf(['-'], 16_000, endless);
    await assert.rejects(async () => sound?.read(), { reason: 'audio-too-long' });
  });

  it('[CLI-40] one kind of sound at a time, and none is none', () => {
    for (const args of [[], ['a.wav', '--mic'], ['--mic', '--domain', COFFEE]]) {
      const { status, stderr } = drivetalk(['listen', ...args]);
      assert.equal(status, 2, args.join(' '));
      assert.match(stderr, /^drivetalk: (Name what is to be heard|--mic talks to the car).*\n$/);
    }
  });

  it('[CLI-41] another product hears a folder and a pipe by its phrases alone', async () => {
    mkdirSync(file('orders'));
    const order = await said('make me a large cappuccino with oat milk please');
    writeFileSync(file('orders', 'order.wav'), writeWav({ samples: order, rate: 16_000 }));
    const pipe = writeWav({ samples: await said('turn the coffee machine off'), rate: 16_000 });
    const { status, stdout, stderr } = drivetalk(
      ['listen', '--json', '--domain', COFFEE, '-', file('orders')],
      Buffer.from(pipe),
    );
    assert.equal(stderr, '');
    assert.equal(status, 0, stdout);
    const heard = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Heard);
    assert.deepEqual(
      heard.map(({ file: name, commands: [wish] }) => [name, wish?.intent, wish?.slots['drink']?.value]),
      [
        ['-', 'machine.off', undefined],
        ['order.wav', 'drink.make', 'cappuccino'],
      ],
    );
  });

  it('[CLI-41] a mistake in its file is told with the line, status 2', () => {
    writeFileSync(file('bad.yaml'), 'domain: x\nintents:\n  a.b:\n    - (open\n');
    const { status, stderr } = drivetalk(['listen', '--domain', file('bad.yaml'), '-']);
    assert.deepEqual([status, stderr.includes('bad.yaml:4: column')], [2, true], stderr);
  });

  it('[CLI-42] sounds are made of a list of texts, and evaluated', () => {
    writeFileSync(
      file('texts.txt'),
      'media.volume.increase | turn it up\nnavigation.route.start | take me [home](destination)\n',
    );
    const recipe = `{ seed: 1, levels: [clean, 24], voices: { rms: { engine: flite, voice: rms } },
      babble: [{ voice: rms, text: well }], lists: [{ kind: x, file: texts.txt }] }`;
    writeFileSync(file('recipe.yaml'), recipe);
    const made = drivetalk(['synthesise', file('texts.txt'), file('made'), '--recipe', file('recipe.yaml')]);
    assert.deepEqual([made.status, /^4 sounds are in/.test(made.stdout)], [0, true], made.stderr);

    const list = file('made', 'refs.tsv');
    const { status, stdout, stderr } = drivetalk([
      'listen',
      '--evaluate',
      list,
      '--json',
      '--paced',
      '1',
      '--where',
      'level=clean,24',
      '--by',
      'level',
    ]);
    assert.equal(status, 0, stderr);
    const report = JSON.parse(stdout) as HearingResult;
    assert.equal(report.all.sounds, 4);
    assert.deepEqual(report.expected, { written: 4, understood: 0 });
    assert.deepEqual(Object.keys(report.by['level'] ?? {}), ['24', 'clean']);
    assert.equal(report.by['level']?.['clean']?.commands?.of, 2);
    assert.ok(report.by['level']['clean'].commands.percent >= 50, stdout);
    assert.equal(report.latency?.sounds, 1);
    assert.ok(report.realTimeFactor > 0 && Number.isFinite(report.latency.p95));
  });

  it('[CLI-42] a list that cannot be used is refused before anything is heard, status 2', () => {
    writeFileSync(file('refs.tsv'), 'file\ttext\tcommands\tlevel\na.wav\thi\troof.fly | hi\tclean\n');
    for (const [args, message] of [
      [[], /a\.wav: no label "roof\.fly"/],
      [['--where', 'snr=12'], /has no column "snr"\. It has level\./],
      [['--where', 'level=6'], /No sound of .* fits level=6/],
    ] as const) {
      const { status, stderr } = drivetalk(['listen', '--evaluate', file('refs.tsv'), ...args]);
      assert.match(stderr, message);
      assert.equal(status, 2, stderr);
    }
  });

  it('[CLI-43] --mic hears what the recording program hears, until it is interrupted', async () => {
    const sound = withPauses(await said('hey drive, open the sunroof'), 1, 3);
    writeFileSync(file('spoken.raw'), raw(sound));
    mkdirSync(file('bin'));
    writeFileSync(file('bin', 'arecord'), `#!/bin/sh\ncat "${file('spoken.raw')}"\nexec sleep 50\n`);
    chmodSync(file('bin', 'arecord'), 0o755);
    const env = { ...process.env, PATH: [file('bin'), process.env['PATH']].join(delimiter) };
    const child = spawn(process.execPath, [MAIN, 'listen', '--mic', '--json'], { env });
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const { text: heard, commands } = JSON.parse(line) as { text: string; commands: { intent: string }[] };
    assert.deepEqual([heard, commands[0]?.intent], ['open the sunroof', 'sunroof.open']);
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    assert.deepEqual(await ended, [0, null]);
  });

  it('[CLI-43] where nothing records, it says what to install; a program that fails is quoted', async () => {
    const none = drivetalk(['listen', '--mic'], '', { ...process.env, PATH: file('empty') });
    assert.match(none.stderr, /^drivetalk: Nothing on this machine records: install arecord .* or sox/);
    assert.equal(none.status, 1);
    mkdirSync(file('broken'));
    writeFileSync(
      file('broken', 'arecord'),
      '#!/bin/sh\necho "one thing" >&2\necho "no such device" >&2\nexit 1\n',
    );
    chmodSync(file('broken', 'arecord'), 0o755);
    const env = { ...process.env, PATH: file('broken') };
    const broken = spawn(process.execPath, [MAIN, 'listen', '--mic'], { env });
    assert.match(
      await text(broken.stderr),
      /arecord cannot record: no such device\. Is a microphone plugged in\?/,
    );
  });
});
