import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { WhisperEngine } from '../../../../assistant/speech/whisper/engine.ts';
import { ModelError } from '../../../../assistant/speech/whisper/model-error.ts';
import { ResidentWhisper } from '../../../../assistant/speech/whisper/resident.ts';
import { WhisperNode, wordsOf } from '../../../../assistant/speech/whisper/whisper-node.ts';
import {
  buildPrograms,
  builtPrograms,
  type WhisperPrograms,
} from '../../../../assistant/speech/whisper/whisper-programs.ts';
import { openWhisper } from '../../../../assistant/speech/whisper/whisper.ts';
import { resample } from '../../../../assistant/speech/resample.ts';
import {
  SAMPLE_RATE,
  SpeechError,
  type Transcript,
  type Word,
} from '../../../../assistant/speech/transcriber.ts';
import { readWav } from '../../../../assistant/speech/wav.ts';
import { transcriberContract } from '../../../contracts/transcriber.ts';
import { speakWithFlite } from '../../../support/speech-sample.ts';
import { QUICK, QUICK_BUILD, SAID, smallModel, SOURCES, whisperPrograms } from '../../../support/whisper.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'drivetalk-whisper-test-'));
const textOf = (words: readonly Word[]) => words.map(({ text }) => text).join(' ');
const speech = async () => {
  const { samples, rate } = readWav(
    readFileSync(speakWithFlite('set the temperature to twenty one degrees')),
  );
  return resample(samples, rate);
};

/** A program of a test in place of ours. */
function program(...lines: readonly string[]): string {
  const file = join(newFolder(), 'program');
  writeFileSync(file, ['#!/bin/sh', ...lines].join('\n'), { mode: 0o755 });
  return file;
}
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const failure = (message: RegExp) => (error: unknown) =>
  error instanceof SpeechError && error.reason === 'engine-failed' && message.test(error.message);

describe('assistant/speech/whisper', function () {
  this.timeout(180_000);
  let programs: WhisperPrograms;
  let sound: Float32Array;
  const engines: WhisperEngine[] = [];
  const use = <Engine extends WhisperEngine>(engine: Engine): Engine => {
    engines.push(engine);
    return engine;
  };
  before(async () => {
    programs = await whisperPrograms();
    sound = await speech();
  });
  afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.close())));
  const resident = (given: Partial<ConstructorParameters<typeof ResidentWhisper>[0]> = {}) =>
    use(new ResidentWhisper({ program: programs.resident, model: smallModel(), ...given }));

  describe('as a transcriber', () => {
    transcriberContract({
      open: () => openWhisper(new ResidentWhisper({ program: programs.resident, model: smallModel() })),
      speech: async () => ({ samples: await speech(), text: SAID }),
    });

    it('[HEAR-90] hears nothing in silence, without asking Whisper', async () => {
      const transcriber = await openWhisper(resident({ program: program('exit 1') }));
      const stream = transcriber.open({ seat: 'driver' });
      stream.push(new Float32Array(2 * SAMPLE_RATE));
      stream.end();
      const heard: string[] = [];
      for await (const event of stream.events)
        heard.push(event.type === 'final' ? `"${event.transcript.text}"` : event.type);
      assert.deepEqual(heard, ['""']);
      await transcriber.close();
    });

    it('[HEAR-90] leaves out what Whisper writes about other sounds', async () => {
      const said = '[BLANK_AUDIO] Call (wind blowing) Anna ♪'.split(' ');
      const words = said.map((text, index) => ({
        text,
        start: index * 100,
        end: index * 100 + 90,
        confidence: 0.9,
      }));
      const transcriber = await openWhisper({
        hear: () => Promise.resolve(words),
        close: () => Promise.resolve(),
      });
      const stream = transcriber.open({ seat: 'driver' });
      stream.push(sound);
      stream.end();
      let transcript: Transcript | undefined;
      for await (const event of stream.events) if (event.type === 'final') ({ transcript } = event);
      assert.equal(transcript?.text, 'Call Anna');
      assert.equal(transcript.words.length, 2);
      await transcriber.close();
    });
  });

  it('[HEAR-92] the model stays in memory: the same words again, faster than by whisper-node’s own call', async () => {
    const ours = resident();
    assert.equal(textOf(await ours.hear(sound)), SAID);
    const before = performance.now();
    const words = await ours.hear(sound);
    const ms = performance.now() - before;
    assert.equal(textOf(words), SAID);
    assert.ok(words.every(({ confidence }) => confidence > 0.9 && confidence <= 1));
    const longer = new Float32Array(4 * SAMPLE_RATE);
    longer.set(sound);
    const theirs = await use(new WhisperNode({ folder: programs.whisperNode, model: smallModel() })).time(
      longer,
    );
    assert.equal(textOf(theirs.words), SAID);
    assert.ok(ms < theirs.ms, `${ms.toFixed()} ms, whisper-node ${theirs.ms.toFixed()} ms`);
  });

  it('[HEAR-92] several sounds wait for each other', async () => {
    const ours = resident();
    const all = await Promise.all(
      [sound, sound.slice(0, SAMPLE_RATE * 2), sound].map((each) => ours.hear(each)),
    );
    assert.deepEqual(all.map(textOf), [SAID, SAID, SAID]);
  });

  it('[HEAR-92] a program that dies fails that sound alone; the next is heard by a fresh one', async () => {
    const once = join(newFolder(), 'once');
    const dying = program(
      `if [ -f ${once} ]; then exec "${programs.resident}" "$@"; fi`,
      `touch ${once}`,
      'echo ready',
      'echo broken >&2',
      'exit 3',
    );
    const ours = resident({ program: dying });
    await assert.rejects(ours.hear(sound), failure(/it ended/));
    assert.equal(textOf(await ours.hear(sound)), SAID);
  });

  it('[HEAR-92] one that says nothing in time is ended with all that it has started', async () => {
    const pids = join(newFolder(), 'pids');
    const hanging = program('echo ready', `sleep 600 & echo $! $$ > ${pids}`, 'wait');
    await assert.rejects(
      resident({ program: hanging, deadline: 500 }).hear(sound),
      failure(/longer than 0\.5 s/),
    );
    const [child = 0, parent = 0] = readFileSync(pids, 'utf8').split(' ').map(Number);
    for (let patience = 0; patience < 100 && (isAlive(child) || isAlive(parent)); patience++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok(!isAlive(child) && !isAlive(parent));
  });

  it('[HEAR-92] no model, no model file, no program and nonsense say so', async () => {
    const broken = join(newFolder(), 'broken.bin');
    writeFileSync(broken, 'no model');
    await assert.rejects(resident({ model: broken }).hear(sound), failure(/bad magic|invalid model/));
    await assert.rejects(resident({ model: '/nowhere/model.bin' }).start(), failure(/failed to open/));
    await assert.rejects(resident({ program: '/nowhere/resident' }).hear(sound), failure(/ENOENT/));
    await assert.rejects(resident({ program: program('echo hello') }).start(), failure(/it says "hello"/));
    const closed = resident();
    await closed.close();
    await assert.rejects(closed.hear(sound), failure(/closed/));
  });

  describe('whisper-node', () => {
    it('[HEAR-91] puts the tokens together that the package parts', () => {
      const line = (start: string, speech: string) => ({ start, end: '00:00:02.000', speech });
      const lines = [
        line('00:00:00.500', 'Take'),
        line('00:00:01.000', 'Lind'),
        line('00:00:01.250', 'haven'),
        line('01:01:01.500', '.'),
      ];
      assert.deepEqual(
        wordsOf(lines, '\n Take\n Lind\nhaven\n.\n').map(({ text, start }) => [text, start]),
        [
          ['Take', 500],
          ['Lindhaven.', 1_000],
        ],
      );
    });

    it('[HEAR-91] a program that is a child itself, and uses it, is left alone', async () => {
      const host = join(newFolder(), 'host.mjs');
      const module = import.meta.resolve('../../../../assistant/speech/whisper/whisper-node.ts');
      writeFileSync(host, `await import('${module}');\nawait new Promise((end) => setTimeout(end, 300));`);
      const child = fork(host, { execArgv: ['--import', 'tsx'] });
      const messages: unknown[] = [];
      child.on('message', (message) => messages.push(message));
      const [status] = (await once(child, 'exit')) as [number];
      assert.deepEqual([status, messages], [0, []]);
    });

    it('[HEAR-91] a call that takes too long is ended; one without its program never runs make', async () => {
      const slow = use(new WhisperNode({ folder: programs.whisperNode, model: smallModel(), deadline: 1 }));
      await assert.rejects(slow.hear(sound), failure(/longer than/));
      const folder = newFolder();
      await assert.rejects(
        use(new WhisperNode({ folder, model: smallModel() })).hear(sound),
        failure(/not built/),
      );
      await assert.rejects(
        use(new WhisperNode({ folder: programs.whisperNode, model: '/nowhere' })).hear(sound),
        failure(/main failed/),
      );
    });
  });

  describe('building', () => {
    it('[HEAR-96] happens once; what was built is found again', async () => {
      assert.equal(builtPrograms({ ...QUICK_BUILD, data: newFolder() }), undefined);
      assert.ok(
        existsSync(programs.resident) && existsSync(join(programs.whisperNode, 'lib', 'whisper.cpp', 'main')),
      );
      // Without any program to build with.
      assert.deepEqual(await buildPrograms({ ...QUICK_BUILD, environment: { PATH: '' } }), programs);
    });

    it('[HEAR-96] without make, or without a compiler, it says what to install, and leaves nothing', async () => {
      const data = newFolder();
      const reject = async (
        environment: NodeJS.ProcessEnv,
        variables: Record<string, string>,
        reason: string,
      ) => {
        const error: unknown = await buildPrograms({ data, sources: SOURCES, environment, variables }).catch(
          (thrown: unknown) => thrown,
        );
        assert.ok(error instanceof ModelError, String(error));
        assert.equal(error.reason, reason, error.message);
        assert.equal(builtPrograms({ data, sources: SOURCES, variables }), undefined);
        return error.message;
      };
      assert.match(await reject({ PATH: newFolder() }, QUICK, 'no-compiler'), /apt-get install make g\+\+/);
      await reject(process.env, { ...QUICK, CC: 'no-such-compiler' }, 'no-compiler');
      const failing = `${newFolder()}${delimiter}${process.env['PATH'] ?? ''}`;
      assert.match(await reject({ PATH: failing }, { CC: 'false' }, 'build-failed'), /could not be built/);
    });
  });
});
