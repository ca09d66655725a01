import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expand } from '../../assistant/regression/checks.ts';
import { judge } from '../../assistant/regression/judge.ts';
import { synonymsOf } from '../../assistant/regression/perturb.ts';
import { openOntology, openPhraseBook } from '../../assistant/understanding/open-phrase-book.ts';
import { createEngine, openModelFor, type RegressionEngine } from '../../simulator/regression/engine.ts';
import { readSuites } from '../../simulator/regression/suite-files.ts';

const FOLDER = 'suites/dialogues';
const PASSES = 0.95;

describe('written dialogues', function () {
  this.timeout(300_000);
  let engine: RegressionEngine;
  before(async () => {
    engine = createEngine(await openModelFor({}));
  });
  after(() => engine.close());

  it(`[TALK-37] at least ${PASSES * 100} % of 250 and more go as written`, async () => {
    const suites = readSuites(readdirSync(FOLDER).map((file) => join(FOLDER, file)));
    const synonyms = synonymsOf(openPhraseBook(openOntology()));
    const checks = expand(suites, { seed: 1, synonyms, sound: () => undefined });
    const failed: string[] = [];
    for (const check of checks) {
      const { question } = check;
      assert.ok(question.form === 'scene', `${check.id} is no dialogue`);
      const { status, answers } = judge(check, { turns: await engine.play(question.scene) });
      const problems = answers.flatMap((answer) => answer.problems.map(({ message }) => message));
      if (status !== 'right') failed.push(`${check.id}: ${problems.join('; ')}`);
    }
    assert.ok(checks.length >= 250, `${checks.length} dialogues`);
    const most = Math.floor(checks.length * (1 - PASSES));
    assert.ok(failed.length <= most, `${failed.length} of ${checks.length}:\n${failed.join('\n')}`);
  });
});
