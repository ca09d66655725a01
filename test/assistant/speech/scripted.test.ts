import assert from 'node:assert/strict';
import { transcribeFile } from '../../../assistant/speech/listen.ts';
import { ScriptedTranscriber } from '../../../assistant/speech/scripted.ts';
import { SAMPLE_RATE } from '../../../assistant/speech/transcriber.ts';
import { transcriberContract } from '../../contracts/transcriber.ts';

describe('ScriptedTranscriber', () => {
  transcriberContract({
    open: () => Promise.resolve(new ScriptedTranscriber(['open the window'])),
    speech: () => Promise.resolve({ samples: new Float32Array(2 * SAMPLE_RATE), text: 'open the window' }),
  });

  it('[HEAR-12] answers its scripts in the order in which streams are opened, then nothing', async () => {
    const transcriber = new ScriptedTranscriber([
      'first',
      { text: 'second', confidence: 0.4, alternatives: [{ text: 'seconds', confidence: 0.3 }] },
    ]);
    const sound = new Float32Array(SAMPLE_RATE);
    assert.equal((await transcribeFile(transcriber, sound, SAMPLE_RATE, 'driver')).text, 'first');
    const second = await transcribeFile(transcriber, sound, SAMPLE_RATE, 'driver');
    assert.deepEqual(
      [second.text, second.confidence, second.alternatives],
      ['second', 0.4, [{ text: 'seconds', confidence: 0.3 }]],
    );
    assert.deepEqual((await transcribeFile(transcriber, sound, SAMPLE_RATE, 'driver')).text, '');
  });
});
