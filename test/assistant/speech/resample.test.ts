import assert from 'node:assert/strict';
import { createResampler, joined, resample } from '../../../assistant/speech/resample.ts';
import { SAMPLE_RATE } from '../../../assistant/speech/transcriber.ts';

const tone = (hertz: number, rate: number, seconds: number) =>
  Float32Array.from(
    { length: rate * seconds },
    (_, index) => 0.5 * Math.sin((2 * Math.PI * hertz * index) / rate),
  );
/** Loudness without the ends, where a filter has nothing to work on. */
const decibels = (samples: Float32Array) => {
  const middle = samples.subarray(samples.length / 4, (samples.length * 3) / 4);
  return 10 * Math.log10(middle.reduce((sum, x) => sum + x * x, 0) / middle.length / 0.125);
};

describe('resample', () => {
  for (const rate of [8000, 11_025, 22_050, 44_100, 48_000, 96_000]) {
    it(`[HEAR-3] brings ${rate} Hz to 16 kHz, as long and as loud as it was`, async () => {
      const out = await resample(tone(1000, rate, 1), rate);
      assert.ok(Math.abs(out.length - SAMPLE_RATE) <= 1, `${out.length} samples`);
      assert.ok(Math.abs(decibels(out)) < 0.1, `${decibels(out)} dB`);
    });
  }

  it('[HEAR-3] folds less than −60 dB of a tone that 16 kHz cannot hold back into the sound', async () => {
    assert.ok(decibels(await resample(tone(10_000, 48_000, 1), 48_000)) < -60);
  });

  it('[HEAR-3] gives the same sound in pieces of any length as in one', async () => {
    const sound = tone(440, 48_000, 1);
    const whole = await resample(sound, 48_000);
    const resampler = await createResampler(48_000);
    const pieces: Float32Array[] = [];
    for (let at = 0, length = 1; at < sound.length; at += length, length = (length * 7) % 5003)
      pieces.push(resampler.push(sound.subarray(at, at + length)));
    pieces.push(resampler.flush());
    const piecewise = joined(pieces);
    assert.equal(piecewise.length, whole.length);
    for (const [index, x] of piecewise.entries())
      assert.ok(Math.abs(x - (whole[index] ?? 0)) < 1e-4, `sample ${index}`);
  });

  it('[HEAR-3] leaves 16 kHz as it is', async () => {
    const sound = tone(440, SAMPLE_RATE, 1);
    assert.deepEqual(await resample(sound, SAMPLE_RATE), sound);
  });
});
