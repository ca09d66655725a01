import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expand } from '../../assistant/regression/checks.ts';
import { turnProblems } from '../../assistant/regression/judge.ts';
import { synonymsOf } from '../../assistant/regression/perturb.ts';
import { framesOf } from '../../assistant/regression/suite.ts';
import { fileName, readingsOf, readRecipe } from '../../assistant/speech/synthetic/recipe.ts';
import { createScriptedInterpreter } from '../../assistant/understanding/scripted-interpreter.ts';
import { openCorpus, openOntology, openPhraseBook } from '../../assistant/understanding/open-phrase-book.ts';
import { createEngine } from '../../simulator/regression/engine.ts';
import { commandsOf } from '../../simulator/regression/find-blame.ts';
import { contentsAreCurrent, labelsOf, readReferenceSuites } from '../../suites/reference/contents.ts';

const ontology = openOntology();
const suites = readReferenceSuites();
const cases = suites.flatMap((suite) => suite.cases);
const tagged = (tag: string) => cases.filter(({ tags }) => tags.includes(tag));
const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .trim();

describe('the reference suite', () => {
  it('[TEST-94] can be run as it is: every case and every variant of it', () => {
    const checks = expand(suites, {
      seed: 0,
      synonyms: synonymsOf(openPhraseBook(ontology)),
      sound: () => undefined,
    });
    assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length);
    const many = (kind: string) => checks.filter(({ judgement }) => judgement.kind === kind).length;
    assert.ok(many('INV') >= 1000 && many('DIR') >= 100);
  });

  it('[TEST-95] has at least four cases of every label', () => {
    const counts = new Map<string, number>();
    for (const case_ of cases)
      for (const label of new Set(labelsOf(case_))) counts.set(label, (counts.get(label) ?? 0) + 1);
    const few = [...ontology.labels.keys()].filter((label) => (counts.get(label) ?? 0) < 4);
    assert.deepEqual(few, []);
  });

  const atLeast = {
    opposites: 150,
    several: 150,
    'out-of-scope': 150,
    silence: 30,
    dialogue: 120,
    numbers: 120,
    misheard: 80,
    audio: 100,
    safety: 200,
  };
  for (const [tag, count] of Object.entries(atLeast)) {
    it(`[TEST-95] has at least ${count} cases tagged ${tag}`, () =>
      assert.ok(tagged(tag).length >= count, `${tagged(tag).length}`));
  }

  it('[TEST-95] has at least 1,500 cases that are text', () =>
    assert.ok(cases.filter(({ audio }) => audio === undefined).length >= 1500));

  it('[TEST-96] no sentence of it stands in the training data', () => {
    const trained = new Map(openCorpus(ontology).map(({ text, where }) => [plain(text), where]));
    const leaks = cases
      .filter(({ turns, context }) => !turns && !context)
      .flatMap(({ id, text = '' }) => {
        const where = trained.get(plain(text));
        return where === undefined ? [] : [`${id} "${text}" stands in ${where}`];
      });
    assert.deepEqual(leaks, []);
  });

  it('[TEST-96] no sentence stands in it twice', () => {
    const alone = cases.filter(({ turns, context, audio }) => !turns && !context && !audio);
    const seen = new Map<string, string>();
    const double = alone.flatMap(({ id, text = '' }) => {
      const other = seen.get(plain(text));
      seen.set(plain(text), id);
      return other === undefined ? [] : [`${id} and ${other}`];
    });
    assert.deepEqual(double, []);
  });

  it('[TEST-97] what CONTENTS.md counts is what there is', async () =>
    assert.ok(await contentsAreCurrent(), 'run npm run generate'));

  it('[TEST-98] what is perfectly understood leads to the state and the refusals that dialogues expect', async function () {
    this.timeout(120_000);
    const engine = createEngine(createScriptedInterpreter(ontology, {}));
    const wrong: string[] = [];
    for (const suite of suites.filter(({ file }) => basename(file) === 'dialogues.yaml')) {
      const own = expand([suite], {
        seed: 0,
        synonyms: { verbs: [], values: new Map() },
        sound: () => undefined,
      });
      for (const { id, question, judgement } of own) {
        assert.ok(question.form === 'scene' && judgement.kind === 'MFT');
        const gold = judgement.turns.map(({ expect }) => commandsOf(framesOf(expect ?? [])));
        const seen = await engine.playUnderstood(question.scene, gold);
        for (const [index, turn] of judgement.turns.entries()) {
          for (const { message } of turnProblems(turn, seen[index]!))
            wrong.push(`${id}, turn ${index + 1}: ${message}`);
        }
      }
    }
    await engine.close();
    assert.deepEqual(wrong, []);
  });
});

describe('the audio cases of the reference suite', () => {
  const file = fileURLToPath(import.meta.resolve('#package/suites/reference/audio/recipe.json'));
  const recipe = readRecipe(readFileSync(file, 'utf8'), 'recipe.json');
  const readings = readingsOf(recipe, () => '');

  it('[TEST-99] the recipe makes each sound that a case names, and says its words in it', () => {
    const made = readings.flatMap(({ id, text }) =>
      recipe.levels.map((level) => [fileName(id, level), text] as const),
    );
    const named = tagged('audio').map(({ audio = '', text }) => [basename(audio), text] as const);
    assert.deepEqual([...named].sort(), [...made].sort());
  });
});
