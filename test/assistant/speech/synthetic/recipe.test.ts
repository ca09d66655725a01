import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readingsOf, readRecipe } from '../../../../assistant/speech/synthetic/recipe.ts';
import { readLine } from '../../../../assistant/understanding/corpus.ts';
import { openOntology } from '../../../../assistant/understanding/open-phrase-book.ts';

const RECIPE = `
seed: 3
levels: [clean, 12]
voices:
  anna: { engine: flite, voice: slt }
  ben: { engine: espeak-ng, voice: en-us }
babble: [{ voice: anna, text: la la }]
lists:
  - { kind: command, file: texts.txt }
`;
const ontology = openOntology();
const read = (recipe: string, texts: string) => readingsOf(readRecipe(recipe, 'my.yaml'), () => texts);

describe('speech: recipes of synthetic speech', () => {
  it('[HEAR-41] each voice reads each line, and labelled lines keep what they ask for', () => {
    const readings = read(RECIPE, '# a comment\n\nhello there\nsunroof.set | roof to [half](position)\n');
    assert.deepEqual(
      readings.map(({ id, text, commands }) => [id, text, commands]),
      [
        ['anna/hello-there', 'hello there', undefined],
        ['ben/hello-there', 'hello there', undefined],
        ['anna/roof-to-half', 'roof to half', 'sunroof.set | roof to [half](position)'],
        ['ben/roof-to-half', 'roof to half', 'sunroof.set | roof to [half](position)'],
      ],
    );
  });

  it('[HEAR-41] folders of recordings are looked for beside the recipe', () => {
    const recorded = RECIPE.replace(
      '  anna: {',
      '  rosa: { engine: recordings, folder: people/rosa }\n  anna: {',
    );
    const { rosa } = readRecipe(recorded, join('tests', 'my.yaml')).voices;
    assert.deepEqual(rosa, {
      engine: 'recordings',
      folder: resolve('tests', 'people', 'rosa'),
      optional: false,
    });
  });

  it('[HEAR-41] in turn, each line has one voice; another line beside it changes nothing about it', () => {
    const inTurn = RECIPE.replace('texts.txt', 'texts.txt, read: in-turn');
    const lines = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
    const all = read(inTurn, lines.join('\n'));
    assert.deepEqual(
      all.map(({ text }) => text),
      lines,
    );
    assert.equal(new Set(all.map(({ voice }) => voice)).size, 2);
    assert.deepEqual(read(inTurn, lines.slice(3).join('\n')), all.slice(3));
  });

  it('[HEAR-41] what is wrong with a recipe or a list is told with its line', () => {
    const bad = (from: string, to: string) => () => readRecipe(RECIPE.replace(from, to), 'my.yaml');
    assert.throws(bad('engine: flite', 'engine: flute'), /^ConfigError: my\.yaml:5: /);
    assert.throws(bad('voice: anna', 'voice: carl'), /my\.yaml:7: there is no voice "carl"/);
    assert.throws(bad('file: texts.txt', 'files: texts.txt'), /my\.yaml:9: /);
  });

  it('[HEAR-42] the in-car set has 300 commands of every domain, 200 sentences of other talk, and both halves', () => {
    const folder = fileURLToPath(import.meta.resolve('#package/assistant/speech/evaluation/in-car'));
    const file = (name: string) => readFileSync(join(folder, name), 'utf8');
    const readings = readingsOf(readRecipe(file('recipe.yaml'), 'recipe.yaml'), file);
    const textsOf = (kind: string) =>
      new Set(readings.filter((reading) => reading.kind === kind).map(({ text }) => text));
    assert.ok(textsOf('command').size >= 300 && textsOf('talk').size >= 200 && textsOf('short').size >= 40);
    for (const { text, commands } of readings)
      if (commands !== undefined) assert.equal(readLine(ontology, commands, commands).text, text);
    const labels = readings.flatMap(({ commands = '' }) => commands.split(' | ')[0]?.split(' + ') ?? []);
    const targets = new Set(labels.map((label) => label.split('.').slice(0, -1).join('.')));
    const missing = [...ontology.labels.values()].filter(({ target }) => !targets.has(target));
    assert.deepEqual(
      missing.map(({ target }) => target),
      ['none.silence'],
    );
    const voices = new Set(readings.filter(({ kind }) => kind === 'command').map(({ voice }) => voice));
    assert.equal(voices.size, 6);
    const commands = readings.filter(({ kind }) => kind === 'command');
    const tuning = commands.filter(({ split }) => split === 'tuning').length / commands.length;
    assert.ok(tuning > 0.4 && tuning < 0.6, `${tuning}`);
    assert.equal(new Set(readings.map(({ id }) => id)).size, readings.length);
  });

  it('[HEAR-42] the natural set has the same commands and talk, in six voices that are recorded beforehand', () => {
    const folder = fileURLToPath(import.meta.resolve('#package/assistant/speech/evaluation/natural'));
    const file = (name: string) => readFileSync(join(folder, name), 'utf8');
    const recipe = readRecipe(file('recipe.yaml'), join(folder, 'recipe.yaml'));
    const readings = readingsOf(recipe, file);
    const voices = new Set(readings.map(({ voice }) => voice));
    assert.equal(voices.size, 6);
    for (const voice of voices) assert.equal(recipe.voices[voice]?.engine, 'recordings');
    const commands = readings.filter(({ kind }) => kind === 'command');
    assert.ok(commands.length >= 6 * 300 && commands.every((reading) => reading.commands !== undefined));
    assert.ok(readings.filter(({ kind }) => kind === 'talk').length >= 2 * 200);
  });
});
