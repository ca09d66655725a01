import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { ConfigError, readConfig } from '../../../vehicle/config-file.ts';
import { stableHash } from '../../training/random.ts';
import { CABIN_NOISES, type CabinNoise } from './cabin-noise.ts';
import { fileNameOf } from './file-name.ts';
import { voiceSchema } from './voices.ts';

const levelSchema = z.union([z.literal('clean'), z.number()]);
/** Decibels by which speech is louder than the noise under it. */
export type Level = z.infer<typeof levelSchema>;

const noiseSchema = z.enum(CABIN_NOISES);
const listSchema = z
  .strictObject({
    kind: z.string().describe('What its lines are, for whoever evaluates: command, talk …'),
    file: z.string().optional().describe('A text list beside the recipe.'),
    sentences: z
      .array(
        z.strictObject({
          id: z.string(),
          text: z.string(),
          voice: z.string(),
          noise: noiseSchema.optional(),
        }),
      )
      .optional()
      .describe('Instead of a file: lines with a voice, a name and a noise of their own.'),
    voices: z.array(z.string()).default([]).describe('Who reads the file: all unless given.'),
    read: z.enum(['by-each', 'in-turn']).default('by-each'),
  })
  .refine(({ file, sentences }) => (file === undefined) !== (sentences === undefined), {
    message: 'name a file, or write sentences',
  });
const recipeSchema = z.strictObject({
  seed: z.number().int(),
  levels: z.array(levelSchema).nonempty(),
  noises: z.tuple([noiseSchema], noiseSchema).default([...CABIN_NOISES]),
  voices: z.record(z.string().regex(/^[\w-]+$/, 'letters, digits and hyphens'), voiceSchema),
  babble: z
    .array(z.strictObject({ text: z.string(), voice: z.string() }))
    .nonempty()
    .describe('Who talks in the back where the noise is babble.'),
  road: z
    .number()
    .optional()
    .describe('Decibels by which motor and tyres are louder than wind, rain or babble: the car drives.'),
  lists: z.tuple([listSchema], listSchema),
});
export type Recipe = z.infer<typeof recipeSchema>;
/** The texts that come from a recipe, or instead of its own. */
export type TextList = Recipe['lists'][number];

/** A sentence in a voice; it becomes one sound for each level. */
export interface Reading {
  /** Also the beginning of the files' names. */
  readonly id: string;
  readonly text: string;
  readonly voice: string;
  readonly noise: CabinNoise;
  readonly kind: string;
  /** The whole line, where it says what the sentence asks for. */
  readonly commands: string | undefined;
  /** To tune with, or to check with: all sounds of a text are in the same half. */
  readonly split: 'tuning' | 'check';
}

/** `doors-lock` at 12 → `doors-lock-12db.wav` */
export const fileName = (id: string, level: Level): string =>
  `${id}-${level === 'clean' ? level : `${level}db`}.wav`;

/**
 * Reads a recipe (YAML or JSON).
 * @param file its path: folders of recordings are looked for beside it
 * @throws ConfigError with the line, for what is no recipe or names a voice that it does not have
 */
export function readRecipe(text: string, file: string): Recipe {
  const { data, spotOf } = readConfig(text, file, recipeSchema);
  const recipe = { ...data, voices: besideRecipe(data.voices, dirname(file)) };
  const known = (name: string, ...path: PropertyKey[]) => {
    if (!(name in recipe.voices))
      throw new ConfigError(
        'contradiction',
        file,
        spotOf(path).line,
        `there is no voice "${name}" in voices`,
      );
  };
  for (const [index, { voice }] of recipe.babble.entries()) known(voice, 'babble', index, 'voice');
  for (const [index, { voices, sentences = [] }] of recipe.lists.entries()) {
    for (const voice of voices) known(voice, 'lists', index, 'voices');
    for (const [at, { voice }] of sentences.entries()) known(voice, 'lists', index, 'sentences', at, 'voice');
  }
  return recipe;
}

const besideRecipe = (voices: Recipe['voices'], folder: string): Recipe['voices'] =>
  Object.fromEntries(
    Object.entries(voices).map(([name, voice]) => [
      name,
      voice.engine === 'recordings' ? { ...voice, folder: resolve(folder, voice.folder) } : voice,
    ]),
  );

/**
 * What is read by whom. The same recipe and texts give the same readings, and other lines beside a line change nothing
 * about it.
 * @param textOf the text of a list's file
 */
export function readingsOf(recipe: Recipe, textOf: (file: string) => string): readonly Reading[] {
  return recipe.lists.flatMap(({ kind, file, sentences = [], voices, read }): readonly Reading[] => {
    if (file === undefined) {
      return sentences.map(({ noise, ...sentence }) => ({
        ...sentence,
        ...{ noise: noise ?? noiseOf(recipe, sentence.id), kind },
        ...{ commands: undefined, split: splitOf(sentence.text) },
      }));
    }
    const readers = voices.length > 0 ? voices : Object.keys(recipe.voices);
    return linesOf(textOf(file)).flatMap(({ text, commands }) => {
      const turn = Math.floor(stableHash(`${recipe.seed}/${text}`) * readers.length);
      return readers
        .filter((_, index) => read === 'by-each' || index === turn)
        .map((voice) => {
          const id = `${voice}/${fileNameOf(text)}`;
          return { id, text, voice, noise: noiseOf(recipe, id), kind, commands, split: splitOf(text) };
        });
    });
  });
}

interface Line {
  readonly text: string;
  readonly commands: string | undefined;
}

const LABELS_END = ' | ';
/** `[words](slot)`, `[words](slot=value)` */
const MARK = /\[([^[\]]*)\]\([^()]*\)/g;

/**
 * The lines of a list: words alone, or `labels | marked words` as in a corpus; `#` begins a comment. Whether the labels
 * are some that exist is for whoever evaluates: a list may be of another domain.
 */
function linesOf(text: string): readonly Line[] {
  return text.split(/\r?\n/).flatMap((raw): readonly Line[] => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return [];
    const bar = line.indexOf(LABELS_END);
    if (bar < 0) return [{ text: line, commands: undefined }];
    const marked = line.slice(bar + LABELS_END.length).replaceAll(' || ', ' ');
    return [{ text: marked.replace(MARK, '$1'), commands: line }];
  });
}

const splitOf = (text: string): Reading['split'] => (stableHash(`split/${text}`) < 0.5 ? 'tuning' : 'check');

function noiseOf({ seed, noises }: Recipe, id: string): CabinNoise {
  const [first] = noises;
  return noises[Math.floor(stableHash(`${seed}/noise/${id}`) * noises.length)] ?? first;
}
