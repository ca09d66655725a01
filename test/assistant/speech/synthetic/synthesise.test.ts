import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readReferences } from '../../../../assistant/speech/evaluation/references.ts';
import { readingsOf, readRecipe } from '../../../../assistant/speech/synthetic/recipe.ts';
import { REFERENCES, synthesise } from '../../../../assistant/speech/synthetic/synthesise.ts';

const RECIPE = `
seed: 3
levels: [clean, 12, 6]
noises: [babble]
voices:
  slt: { engine: flite, voice: slt }
  nobody: { engine: flite, voice: nobody, optional: true }
babble: [{ voice: slt, text: and then she said }]
lists:
  - { kind: command, file: texts.txt }
`;
const TEXTS = 'sunroof.set | roof to [half](position)\nhello there';

describe('speech: making sounds of a recipe', () => {
  const folder = mkdtempSync(join(tmpdir(), 'drivetalk-kit-'));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const recipe = readRecipe(RECIPE, 'recipe.yaml');
  const make = (into: string) =>
    synthesise(
      recipe,
      readingsOf(recipe, () => TEXTS),
      join(folder, into),
      () => undefined,
    );

  it('[HEAR-43] the same recipe gives the same bytes; levels differ; the list says what is in which file', async () => {
    const { references } = await make('a');
    await make('b');
    assert.deepEqual(
      references.map(({ file, commands, groups: { noise, voice } }) => [file, commands, noise, voice]),
      [
        ...['clean', '12db', '6db'].map((level) => [
          `slt/roof-to-half-${level}.wav`,
          'sunroof.set | roof to [half](position)',
          level === 'clean' ? 'none' : 'babble',
          'slt',
        ]),
        ...['clean', '12db', '6db'].map((level) => [
          `slt/hello-there-${level}.wav`,
          undefined,
          level === 'clean' ? 'none' : 'babble',
          'slt',
        ]),
      ],
    );
    const bytes = (which: string) =>
      references.map(({ file }) => readFileSync(join(folder, which, file)).toString('base64'));
    assert.deepEqual(bytes('a'), bytes('b'));
    assert.equal(new Set(bytes('a')).size, references.length);
    const list = readFileSync(join(folder, 'a', REFERENCES), 'utf8');
    assert.deepEqual(readReferences(list, REFERENCES), references);
  });

  it('[HEAR-40] a voice that is not there is left out and named where it is optional', async () => {
    const { references, missing } = await make('c');
    assert.ok(references.every(({ groups }) => groups['voice'] === 'slt'));
    assert.match(missing.join('\n'), /^nobody: flite has no voice "nobody"\. Install it/);
  });

  it('[HEAR-40] a voice that must be there ends it', async () => {
    const strict = readRecipe(RECIPE.replace(', optional: true', ''), 'recipe.yaml');
    const readings = readingsOf(strict, () => TEXTS);
    await assert.rejects(
      synthesise(strict, readings, join(folder, 'd'), () => undefined),
      /no voice "nobody"/,
    );
  });
});
