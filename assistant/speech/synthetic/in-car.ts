import { seededRandom, stableHash } from '../../training/random.ts';
import { noiseMaker, type CabinNoise } from './cabin-noise.ts';
import { mixAtSnr, withPauses, withPeak } from './mix.ts';
import type { Level } from './recipe.ts';
import { cabinResponse, inRoom } from './room.ts';

/** Seconds of silence around the words; the noise runs through them. */
const BEFORE = 0.4;
const AFTER = 0.8;
/** Loudest sample of a file. */
const PEAK = 0.6;

/**
 * Speech as a microphone in the cabin hears it: through the room, with the noise under it. Of one seed the levels
 * differ in the loudness of the noise alone.
 * @param spoken samples at `SAMPLE_RATE`
 * @param talk what babble is made of
 * @returns one sound for each level
 */
export function heardInCar(
  spoken: Float32Array,
  levels: readonly Level[],
  {
    noise,
    talk,
    seed,
  }: { readonly noise: CabinNoise; readonly talk: readonly Float32Array[]; readonly seed: string },
): readonly Float32Array[] {
  const random = seededRandom(Math.floor(stableHash(seed) * 2 ** 32));
  const speech = withPauses(inRoom(spoken, cabinResponse(random)), BEFORE, AFTER);
  const under = noiseMaker(noise, talk)(speech.length, random);
  return levels.map((level) => withPeak(level === 'clean' ? speech : mixAtSnr(speech, under, level), PEAK));
}
