import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resample } from '../../../../assistant/speech/resample.ts';
import { readWav } from '../../../../assistant/speech/wav.ts';
import { speakWithFlite } from '../../../support/speech-sample.ts';
import { ScriptedTranscriber } from '../../../../assistant/speech/scripted.ts';
import {
  SAMPLE_RATE,
  SpeechError,
  type Transcriber,
  type Transcript,
} from '../../../../assistant/speech/transcriber.ts';
import { openWhisper } from '../../../../assistant/speech/whisper/whisper.ts';
import { withSecondHearing } from '../../../../assistant/speech/whisper/second-hearing.ts';
import { transcriberContract } from '../../../contracts/transcriber.ts';
import { mulberry32 } from '../../../../simulator/world/random.ts';

const noise = () => {
  const random = mulberry32(7);
  return Float32Array.from({ length: 2 * SAMPLE_RATE }, () => random() - 0.5);
};

describe('assistant/speech/whisper/second-hearing', () => {
  const problems: SpeechError[] = [];
  beforeEach(() => {
    problems.length = 0;
  });
  const pair = (
    first: Transcriber,
    second: Transcriber,
    doubts: (transcript: Transcript) => boolean | Promise<boolean>,
  ) => withSecondHearing({ first, second, doubts, onProblem: (problem) => problems.push(problem) });
  async function hear(transcriber: Transcriber, sound: Float32Array = noise()) {
    const stream = transcriber.open({ seat: 'driver' });
    stream.push(sound);
    stream.end();
    const types: string[] = [];
    for await (const event of stream.events) {
      types.push(event.type);
      if (event.type === 'final') return { types, text: event.transcript.text };
    }
    return { types, text: undefined };
  }
  /** Whisper that fails so often, then hears. */
  const failing = (times: number, text: string): Promise<Transcriber> =>
    openWhisper({
      hear: () =>
        times-- > 0
          ? Promise.reject(new SpeechError('engine-failed', 'Whisper has failed: it ended.'))
          : Promise.resolve([{ text, start: 0, end: 100, confidence: 1 }]),
      close: () => Promise.resolve(),
    });

  describe('as a transcriber', () => {
    transcriberContract({
      open: () =>
        Promise.resolve(
          pair(
            new ScriptedTranscriber(['open the window']),
            new ScriptedTranscriber(['open the windows']),
            () => true,
          ),
        ),
      speech: () => Promise.resolve({ samples: noise(), text: 'open the windows' }),
    });
  });

  it('[HEAR-93] what the first is sure of stands; what it doubts is heard again', async () => {
    const both = pair(
      new ScriptedTranscriber([
        { text: 'call anna', confidence: 0.9 },
        { text: 'call hannah', confidence: 0.2 },
      ]),
      new ScriptedTranscriber(['Call Johanna']),
      ({ confidence }) => Promise.resolve(confidence < 0.5),
    );
    assert.equal((await hear(both)).text, 'call anna');
    const again = await hear(both);
    assert.equal(again.text, 'Call Johanna');
    assert.ok(again.types.includes('partial'));
    assert.equal(again.types.filter((type) => type === 'final').length, 1);
  });

  it('[HEAR-93] where the second hears nothing, the first one’s words stand', async () => {
    assert.equal(
      (await hear(pair(new ScriptedTranscriber(['call anna']), new ScriptedTranscriber(['']), () => true)))
        .text,
      'call anna',
    );
    assert.deepEqual(problems, []);
  });

  it('[HEAR-93] a second one that fails is told once, until it works again; the first carries on', async () => {
    const { samples, rate } = readWav(readFileSync(speakWithFlite('call anna')));
    const sound = await resample(samples, rate);
    const second = await failing(2, 'Call Anna');
    const both = pair(new ScriptedTranscriber(['one', 'two', 'three', 'four']), second, () => true);
    assert.equal((await hear(both, sound)).text, 'one');
    assert.equal((await hear(both, sound)).text, 'two');
    assert.equal(problems.length, 1);
    assert.equal((await hear(both, sound)).text, 'Call Anna');
    await second.close();
    assert.equal((await hear(both, sound)).text, 'four');
    assert.equal(problems.length, 2);
  });

  it('[HEAR-93] a doubt that cannot be settled is an error, and the stream ends', async () => {
    const both = pair(new ScriptedTranscriber(['one']), new ScriptedTranscriber([]), () =>
      Promise.reject(new Error('no model')),
    );
    assert.deepEqual((await hear(both)).types.at(-1), 'error');
  });
});
