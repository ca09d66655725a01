import { mixAtSnr } from '../../assistant/speech/synthetic/mix.ts';
import { noiseMaker, type CabinNoise } from '../../assistant/speech/synthetic/cabin-noise.ts';
import { readAloud, type Voice } from '../../assistant/speech/synthetic/voices.ts';
import { joined } from '../../assistant/speech/resample.ts';
import { SAMPLE_RATE } from '../../assistant/speech/transcriber.ts';
import { seededRandom } from '../../assistant/training/random.ts';

/** A woman and a man of flite, who are understood well. */
export const SLT: Voice = { engine: 'flite', voice: 'slt', stretch: 1, optional: false };
export const RMS: Voice = { engine: 'flite', voice: 'rms', stretch: 1, optional: false };

export const silence = (ms: number): Float32Array => new Float32Array((ms * SAMPLE_RATE) / 1000);

/** A recording of somebody talking: texts are said, numbers are milliseconds of silence. 16 kHz. */
export async function talkSound(
  pieces: readonly (string | number)[],
  voice: Voice = SLT,
): Promise<Float32Array> {
  const texts = pieces.filter((piece) => typeof piece === 'string');
  const spoken = [...(await readAloud(texts, voice))];
  return joined(
    pieces.map((piece) => (typeof piece === 'number' ? silence(piece) : (spoken.shift() ?? silence(0)))),
  );
}

/** The same with a noise under it. @param snr decibels by which the speech is louder */
export function underNoise(sound: Float32Array, noise: CabinNoise, snr: number): Float32Array {
  return mixAtSnr(sound, noiseMaker(noise, [])(sound.length, seededRandom(5)), snr);
}
