import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SAMPLE_RATE, SpeechError } from '../transcriber.ts';
import { writeReferences, type Reference } from '../evaluation/references.ts';
import { heardInCar } from './in-car.ts';
import { fileName, type Reading, type Recipe } from './recipe.ts';
import { readAloud } from './voices.ts';
import { writeWav } from './write-wav.ts';

/** Readings that one call of a synthesiser speaks: few enough to show how it goes on. */
const BATCH = 40;

/** The list of sounds that is written beside them. */
export const REFERENCES = 'refs.tsv';

export interface Synthesis {
  readonly references: readonly Reference[];
  /** Optional voices that this machine does not have, each with what would bring it. */
  readonly missing: readonly string[];
}

/**
 * Makes the sounds of readings, and `refs.tsv` beside them, which says of each what is said in it. The same recipe and
 * the same synthesisers give the same bytes.
 * @param into folder for the files, made if need be
 * @param progress is told how many of how many readings are done
 * @throws SpeechError that says what to install when a voice is missing that is not optional
 */
export async function synthesise(
  { seed, levels, babble, road, voices }: Recipe,
  readings: readonly Reading[],
  into: string,
  progress: (done: number, total: number) => void,
): Promise<Synthesis> {
  mkdirSync(into, { recursive: true });
  const say = (texts: readonly string[], name: string) => {
    const voice = voices[name];
    if (!voice) throw new RangeError(`the recipe has no voice "${name}"`);
    return readAloud(texts, voice);
  };
  const talk: Float32Array[] = [];
  for (const { text, voice } of babble) talk.push(...(await say([text], voice)));
  const references: Reference[] = [];
  const missing: string[] = [];
  let done = 0;
  for (const [name, theirs] of byVoice(readings)) {
    try {
      for (let from = 0; from < theirs.length; from += BATCH) {
        const batch = theirs.slice(from, from + BATCH);
        const spoken = await say(
          batch.map(({ text }) => text),
          name,
        );
        for (const [index, reading] of batch.entries()) {
          const sounds = heardInCar(spoken[index] ?? new Float32Array(), levels, {
            noise: reading.noise,
            talk,
            road,
            seed: `${seed}/${reading.id}`,
          });
          for (const [at, level] of levels.entries()) {
            const file = fileName(reading.id, level);
            mkdirSync(dirname(join(into, file)), { recursive: true });
            writeFileSync(
              join(into, file),
              writeWav({ samples: sounds[at] ?? new Float32Array(), rate: SAMPLE_RATE }),
            );
            references.push(referenceOf(reading, file, level));
          }
          progress(++done, readings.length);
        }
      }
    } catch (error) {
      if (!(error instanceof SpeechError) || error.reason !== 'engine-missing' || !voices[name]?.optional)
        throw error;
      missing.push(`${name}: ${error.message}`);
      progress((done += theirs.length), readings.length);
    }
  }
  writeFileSync(join(into, REFERENCES), writeReferences(references));
  return { references, missing };
}

function referenceOf(reading: Reading, file: string, level: Recipe['levels'][number]): Reference {
  const { text, commands, kind, voice, split } = reading;
  const groups = { kind, voice, level: `${level}`, noise: level === 'clean' ? 'none' : reading.noise, split };
  return { file, text, commands, groups };
}

function byVoice(readings: readonly Reading[]): ReadonlyMap<string, readonly Reading[]> {
  const groups = new Map<string, Reading[]>();
  for (const reading of readings) {
    const group = groups.get(reading.voice);
    if (group) group.push(reading);
    else groups.set(reading.voice, [reading]);
  }
  return groups;
}
