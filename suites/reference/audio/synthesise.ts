import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import {
  CABIN_NOISES,
  noiseMaker,
  type CabinNoise,
} from '../../../assistant/speech/synthetic/cabin-noise.ts';
import { mixAtSnr, withPauses, withPeak } from '../../../assistant/speech/synthetic/mix.ts';
import { cabinResponse, inRoom } from '../../../assistant/speech/synthetic/room.ts';
import { readAloud, voiceSchema } from '../../../assistant/speech/synthetic/voices.ts';
import { writeWav } from '../../../assistant/speech/synthetic/write-wav.ts';
import { SAMPLE_RATE } from '../../../assistant/speech/transcriber.ts';
import { seededRandom, stableHash } from '../../../assistant/training/random.ts';

/** Seconds of silence around the words; the noise runs through them. */
const BEFORE = 0.4;
const AFTER = 0.8;
/** Loudest sample of a file. */
const PEAK = 0.6;

const levelSchema = z.union([z.literal('clean'), z.number()]);
const recipeSchema = z.strictObject({
  seed: z.number().int(),
  levels: z
    .array(levelSchema)
    .nonempty()
    .describe('Decibels by which speech is louder than noise; each sentence is made at each.'),
  babble: z
    .array(z.strictObject({ text: z.string(), voice: voiceSchema }))
    .nonempty()
    .describe('Who talks in the back where the noise is babble.'),
  sentences: z
    .array(
      z.strictObject({ id: z.string(), text: z.string(), voice: voiceSchema, noise: z.enum(CABIN_NOISES) }),
    )
    .nonempty(),
});
export type Recipe = z.infer<typeof recipeSchema>;
export type Level = z.infer<typeof levelSchema>;

export const AUDIO_FOLDER = fileURLToPath(import.meta.resolve('#package/suites/reference/audio'));

/** What is said in the audio cases, by whom and in which noise. @throws ZodError when the file does not fit */
export const readRecipe = (): Recipe =>
  recipeSchema.parse(JSON.parse(readFileSync(join(AUDIO_FOLDER, 'recipe.json'), 'utf8')));

/** `doors-lock` at 12 → `doors-lock-12db.wav` */
export const fileName = (id: string, level: Level): string =>
  `${id}-${level === 'clean' ? level : `${level}db`}.wav`;

/**
 * Synthesises the sound files of the audio cases. The same recipe and the same synthesisers give the same bytes.
 * @param into folder for the files, made if need be
 * @param progress is told how many of how many sentences are done
 * @throws Error that says what to install when a synthesiser is missing
 */
export async function synthesise(
  { seed, levels, babble, sentences }: Recipe,
  into: string,
  progress: (done: number, total: number) => void,
): Promise<void> {
  mkdirSync(into, { recursive: true });
  const talk: Float32Array[] = [];
  for (const { text, voice } of babble) talk.push(await readAloud(text, voice));
  for (const [index, { id, text, voice, noise }] of sentences.entries()) {
    const spoken = await readAloud(text, voice);
    for (const level of levels) {
      const samples = heardInCar(spoken, { noise, level, talk, seed: `${seed}/${id}` });
      writeFileSync(join(into, fileName(id, level)), writeWav({ samples, rate: SAMPLE_RATE }));
    }
    progress(index + 1, sentences.length);
  }
}

/** Speech through the room of the cabin, with the noise under it. Of one seed the levels differ in loudness alone. */
function heardInCar(
  spoken: Float32Array,
  {
    noise,
    level,
    talk,
    seed,
  }: {
    readonly noise: CabinNoise;
    readonly level: Level;
    readonly talk: readonly Float32Array[];
    readonly seed: string;
  },
): Float32Array {
  const random = seededRandom(Math.floor(stableHash(seed) * 2 ** 32));
  const response = cabinResponse(random);
  const speech = withPauses(inRoom(spoken, response), BEFORE, AFTER);
  if (level === 'clean') return withPeak(speech, PEAK);
  return withPeak(mixAtSnr(speech, noiseMaker(noise, talk)(speech.length, random), level), PEAK);
}
