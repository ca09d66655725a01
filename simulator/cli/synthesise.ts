import { readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import {
  readingsOf,
  readRecipe,
  type Recipe,
  type TextList,
} from '../../assistant/speech/synthetic/recipe.ts';
import { REFERENCES, synthesise as make } from '../../assistant/speech/synthetic/synthesise.ts';
import { packageFile } from '../open-drive.ts';
import { EXIT, UsageError } from './exit.ts';
import { progressBar } from './progress.ts';

export interface SynthesiseOptions {
  readonly recipe?: string;
}

/**
 * `drivetalk synthesise`: makes sounds of texts, in voices and noises, and the list that `listen --evaluate` reads.
 * @param source a recipe (.yaml, .json), or a list of texts that is read as the recipe says
 * @param into folder for the sounds
 * @returns the exit status
 */
export async function synthesise(
  source: string,
  into: string,
  { recipe: given }: SynthesiseOptions,
): Promise<number> {
  const isRecipe = ['.yaml', '.yml', '.json'].includes(extname(source));
  if (isRecipe && given !== undefined)
    throw new UsageError('Give one recipe: with --recipe, the other file is a list of texts.');
  const file = isRecipe ? source : (given ?? packageFile('assistant/speech/evaluation/in-car/recipe.yaml'));
  const recipe = readRecipe(readFileSync(file, 'utf8'), file);
  const folder = dirname(isRecipe ? file : source);
  const readings = readingsOf(isRecipe ? recipe : withTexts(recipe, basename(source)), (name) =>
    readFileSync(join(folder, name), 'utf8'),
  );
  const { references, missing } = await make(recipe, readings, into, progressBar('sentences'));
  for (const voice of missing) console.error(`left out: ${voice}`);
  console.log(`${references.length} sounds are in ${into}; ${join(into, REFERENCES)} lists them.`);
  return references.length > 0 ? EXIT.done : EXIT.failure;
}

/** Read by whoever reads the recipe's first list. */
function withTexts(recipe: Recipe, file: string): Recipe {
  const [{ voices }] = recipe.lists;
  const list: TextList = { kind: 'text', file, voices, read: 'by-each' };
  return { ...recipe, lists: [list] };
}
