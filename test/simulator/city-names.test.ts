import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { transcribeFile } from '../../assistant/speech/listen.ts';
import { readWav } from '../../assistant/speech/wav.ts';
import { openShippedTranscriber, readParts } from '../../simulator/open-drive.ts';
import { speakWithFlite } from '../support/speech-sample.ts';

describe('the transcriber of a car in its city', function () {
  this.timeout(60_000);

  it('[HEAR-73] hears the names of streets', async () => {
    const transcriber = await openShippedTranscriber(readParts());
    try {
      // Without the names: "our road", "a goon row".
      for (const street of ['arch road', 'lagoon row']) {
        const { samples, rate } = readWav(readFileSync(speakWithFlite(`drive to ${street}`, 'rms')));
        const { text } = await transcribeFile(transcriber, samples, rate, 'driver');
        assert.equal(text, `drive to ${street}`);
      }
    } finally {
      await transcriber.close();
    }
  });
});
