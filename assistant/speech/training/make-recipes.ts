/**
 * Draws the sentences that the encoder learns from, and writes who reads them in which noise:
 *
 *     npx tsx make-recipes.ts --out runs/sounds [--sentences 5200] [--seed 5]
 *
 * `driving.yaml` and `standing.yaml` are recipes of `drivetalk synthesise`, with half of the sentences each;
 * `tokens.json` has the tokens that write each sentence.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse, stringify } from 'yaml';
import { openCorpus, openOntology } from '../../understanding/open-phrase-book.ts';
import { tokensOf } from '../moonshine/token-pieces.ts';
import { readingsOf, readRecipe, type Recipe } from '../synthetic/recipe.ts';
import { drawSentences } from './sentences.ts';

/** Decibels by which speech is louder than the noise; each sentence is read once and heard in all of them. */
const LEVELS = ['clean', 16, 9, 3] as const;
const MEASURED = '../evaluation/in-car';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    sentences: { type: 'string', default: '5200' },
    seed: { type: 'string', default: '5' },
  },
});
const { out } = values;
const [count, seed] = [Number(values.sentences), Number(values.seed)];
if (out === undefined || !Number.isInteger(count) || !Number.isInteger(seed)) {
  console.error('Use: npx tsx make-recipes.ts --out FOLDER [--sentences 5200] [--seed 5]');
  process.exit(2);
}

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const measured = readRecipe(read(`${MEASURED}/recipe.yaml`), 'recipe.yaml');
const sentences = drawSentences(
  openCorpus(openOntology()).map(({ text }) => text),
  readingsOf(measured, (file) => read(`${MEASURED}/${file}`)).map(({ text }) => text),
  { count, seed },
);

mkdirSync(out, { recursive: true });
const half = Math.ceil(sentences.length / 2);
const people = parse(read('voices.yaml')) as Pick<Recipe, 'voices' | 'babble'>;
for (const [name, texts, road] of [
  ['driving', sentences.slice(0, half), measured.road],
  ['standing', sentences.slice(half), undefined],
] as const) {
  writeFileSync(join(out, `${name}.txt`), `${texts.join('\n')}\n`);
  const lists = [{ kind: 'command', file: `${name}.txt`, read: 'in-turn' }];
  const recipe = { seed: seed + half, levels: LEVELS, ...(road !== undefined && { road }), ...people, lists };
  writeFileSync(join(out, `${name}.yaml`), stringify(recipe));
}
// The model ends what it writes with a full stop.
const tokens = sentences.map((text) => [text, tokensOf(`${text}.`)] as const);
writeFileSync(join(out, 'tokens.json'), JSON.stringify(Object.fromEntries(tokens)));
console.log(`${sentences.length} sentences, read in ${out}/driving.yaml and ${out}/standing.yaml`);
