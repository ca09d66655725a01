// `npm run suite-audio [folder]`: makes the sound files of the reference suite's audio cases, beside this file unless
// a folder is named. Needs espeak-ng and flite.
import { progressBar } from '../../../simulator/cli/progress.ts';
import { AUDIO_FOLDER, readRecipe, synthesise } from './synthesise.ts';

const recipe = readRecipe();
const into = process.argv[2] ?? AUDIO_FOLDER;
try {
  await synthesise(recipe, into, progressBar('sentences'));
  console.log(`${recipe.sentences.length * recipe.levels.length} sound files are in ${into}.`);
} catch (error) {
  console.error(`suite-audio: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
