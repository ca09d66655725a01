import { seededRandom, stableHash } from '../../training/random.ts';
import { motor, noiseMaker, type CabinNoise } from './cabin-noise.ts';
import { mixAtSnr, power, withPauses, withPeak } from './mix.ts';
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
 * @param road decibels by which motor and tyres are louder than the other noise of a car that drives; undefined: it stands
 * @returns one sound for each level
 */
export function heardInCar(
  spoken: Float32Array,
  levels: readonly Level[],
  {
    noise,
    talk,
    road,
    seed,
  }: {
    readonly noise: CabinNoise;
    readonly talk: readonly Float32Array[];
    readonly road: number | undefined;
    readonly seed: string;
  },
): readonly Float32Array[] {
  const random = seededRandom(Math.floor(stableHash(seed) * 2 ** 32));
  const speech = withPauses(inRoom(spoken, cabinResponse(random)), BEFORE, AFTER);
  const alone = noiseMaker(noise, talk)(speech.length, random);
  const under =
    road === undefined || noise === 'motor' ? alone : together(motor(speech.length, random), alone, road);
  return levels.map((level) => withPeak(level === 'clean' ? speech : mixAtSnr(speech, under, level), PEAK));
}

/** @param louder decibels by which the first is louder than the second */
function together(first: Float32Array, second: Float32Array, louder: number): Float32Array {
  const scale = Math.sqrt(power(first) / power(second) / 10 ** (louder / 10));
  return first.map((sample, at) => sample + scale * (second[at] ?? 0));
}
