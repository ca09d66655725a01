import assert from 'node:assert/strict';
import { assess } from '../../../assistant/regression/assess.ts';
import { DEFAULT_POLICY, policySchema } from '../../../assistant/regression/policy.ts';
import type { CheckResult, RunHeader, RunResults } from '../../../assistant/regression/result.ts';
import { seededRandom, stableHash } from '../../../assistant/training/random.ts';

const header = (model: string): RunHeader => ({
  drivetalk: 'results',
  version: 1,
  suites: ['simulated'],
  suiteDigest: 's',
  model: { name: model, digest: model },
  seed: 0,
  checks: 0,
});

const result = (id: string, right: boolean, more: Partial<CheckResult> = {}): CheckResult => ({
  id,
  case: id,
  kind: 'MFT',
  form: 'text',
  severity: 3,
  tags: [],
  input: 'same',
  status: right ? 'right' : 'wrong',
  answers: [
    {
      said: id,
      expected: [{ intent: 'window.open' }],
      got: [],
      rejected: [],
      problems: right ? [] : [{ kind: 'intent', message: 'was taken for something else' }],
    },
  ],
  ...more,
});

const run = (model: string, results: readonly CheckResult[]): RunResults => ({
  header: { ...header(model), checks: results.length },
  results,
});

/**
 * A suite as suites are: 5,000 cases over twenty tags and 200 labels, of which some are hard. Whether a model answers
 * one depends on how hard it is and on the noise of the run.
 */
function simulated(model: string, seed: number, drop: number): RunResults {
  const random = seededRandom(seed);
  return run(
    model,
    CASES.map(({ chance, right, wrong }) => {
      const found = random() < chance && random() >= drop ? right : wrong;
      // The noise makes another input of each case.
      return { ...found, input: `${seed}` };
    }),
  );
}

const CASES = Array.from({ length: 5000 }, (_, at) => {
  const id = `case-${at}`;
  const hard = stableHash(id);
  const made = (right: boolean): CheckResult => {
    const found = result(id, right, { tags: [`tag-${at % 20}`], severity: 1 + (at % 5) });
    const expected = [{ intent: `label-${at % 200}` }];
    return { ...found, answers: found.answers.map((answer) => ({ ...answer, expected })) };
  };
  // Nine in ten are answered whatever the noise; of the others every second one.
  return { chance: hard < 0.88 ? 1 : hard < 0.96 ? 0.5 : 0, right: made(true), wrong: made(false) };
});

const verdict = (baseline: RunResults, candidate: RunResults, policy = DEFAULT_POLICY) =>
  assess({ baseline, candidate, policy }).verdict;

describe('assessment', () => {
  it('[TEST-23] 200 comparisons of a model with itself, the noise drawn anew, give at most 1 % false alarms', () => {
    let alarms = 0;
    for (let round = 0; round < 200; round++) {
      const baseline = simulated('a', 2 * round + 1, 0);
      if (verdict(baseline, simulated('a', 2 * round + 2, 0)) === 'regression') alarms++;
    }
    assert.ok(alarms <= 2, `${alarms} of 200`);
  }).timeout(60_000);

  it('[TEST-23] a drop of two points on 5,000 cases is found in 99 of 100 runs', () => {
    let found = 0;
    for (let round = 0; round < 100; round++) {
      const baseline = simulated('a', 10_000 + 2 * round, 0);
      // Of 92 in 100 right answers 2 in 92 are lost: two points.
      if (verdict(baseline, simulated('b', 10_001 + 2 * round, 0.02 / 0.92)) === 'regression') found++;
    }
    assert.ok(found >= 99, `${found} of 100`);
  }).timeout(60_000);

  it('[TEST-24] a suite that cannot see the drop that was declared is "underpowered", never "pass"', () => {
    const small = (model: string) =>
      run(
        model,
        Array.from({ length: 200 }, (_, at) => result(`c${at}`, true)),
      );
    const judged = assess({ baseline: small('a'), candidate: small('b'), policy: DEFAULT_POLICY });
    assert.equal(judged.verdict, 'underpowered');
    assert.ok((judged.power?.casesNeeded ?? 0) > 200);
    assert.match(judged.reasons[0] ?? '', /too small.*cases would do/);
    const modest = policySchema.parse({ minimumDrop: 0.1 });
    assert.equal(verdict(small('a'), small('b'), modest), 'pass');
  });

  it('[TEST-25] one broken case of the vetoing severity is a regression, of lesser severity it is not', () => {
    const many = (broken: boolean, severity: number) =>
      run(
        'm',
        Array.from({ length: 1000 }, (_, at) => result(`c${at}`, !(broken && at === 7), { severity })),
      );
    assert.equal(verdict(many(false, 5), many(true, 5)), 'regression');
    assert.equal(verdict(many(false, 4), many(true, 4)), 'pass');
    const judged = assess({ baseline: many(false, 5), candidate: many(true, 5), policy: DEFAULT_POLICY });
    assert.deepEqual(judged.vetoed, ['c7']);
  });

  it('[TEST-25] a case whose input has changed vetoes nothing', () => {
    const dangerous = (right: boolean, input: string) =>
      run('m', [result('c', right, { severity: 5, input })]);
    assert.deepEqual(
      assess({ baseline: dangerous(true, 'x'), candidate: dangerous(false, 'y'), policy: DEFAULT_POLICY })
        .vetoed,
      [],
    );
  });

  it('[TEST-22] a drop in one tag is found though the whole is as good as before', () => {
    const cases = (worse: boolean) =>
      run(
        'm',
        Array.from({ length: 3000 }, (_, at) => {
          const parking = at < 40;
          const hard = at >= 1000 && at < 1030;
          return result(`c${at}`, worse ? !(parking && at % 2 === 0) : !hard, {
            tags: [parking ? 'parking' : 'other'],
          });
        }),
      );
    const judged = assess({ baseline: cases(false), candidate: cases(true), policy: DEFAULT_POLICY });
    assert.equal(judged.verdict, 'regression');
    assert.match(judged.reasons.join('\n'), /tag parking: 20 cases worse/);
    assert.ok(!judged.groups.find(({ group }) => group === 'all')?.significant);
  });

  it('[TEST-26] floors bind the whole, tags and intents, with and without a baseline', () => {
    const policy = policySchema.parse({ floors: { tags: { night: 0.9 }, intents: { 'window.open': 0.5 } } });
    const night = run('m', [
      result('a', true, { tags: ['night'] }),
      result('b', false, { tags: ['night'] }),
      result('c', true),
    ]);
    const judged = assess({ candidate: night, policy });
    assert.equal(judged.verdict, 'regression');
    assert.deepEqual(
      judged.groups.filter(({ belowFloor }) => belowFloor).map(({ name }) => name),
      ['all', 'night'],
      'without a baseline all must be right',
    );
    assert.deepEqual(
      assess({ candidate: night, baseline: night, policy })
        .groups.filter(({ belowFloor }) => belowFloor)
        .map(({ name }) => name),
      ['night'],
    );
  });

  it('[TEST-27] a case votes once, however many checks it has', () => {
    const variants = (right: boolean) =>
      run(
        'm',
        Array.from({ length: 20 }, (_, at) => result(`c~${at}`, right, { case: 'c', kind: 'INV' })),
      );
    const { test } = assess({ baseline: variants(true), candidate: variants(false), policy: DEFAULT_POLICY });
    assert.deepEqual([test?.cases, test?.worse], [1, 1]);
  });

  it('[TEST-28] what is not answered is never a pass: engine failure, then incomplete', () => {
    const all = Array.from({ length: 1500 }, (_, at) => result(`c${at}`, true));
    const holed = (status: 'no-answer' | 'not-run') =>
      run('m', [...all.slice(1), { ...result('c0', true), status, answers: [], reason: 'because' }]);
    assert.equal(verdict(run('m', all), holed('no-answer')), 'engine-failure');
    assert.equal(verdict(run('m', all), holed('not-run')), 'incomplete');
    const short = assess({
      baseline: run('m', all),
      candidate: run('m', all.slice(1)),
      policy: DEFAULT_POLICY,
      wanted: all.map(({ id }) => id),
    });
    assert.equal(short.verdict, 'incomplete');
    assert.deepEqual(short.missing, [{ id: 'c0', reason: 'was not run' }]);
  });

  it('[TEST-29] cost ratios above the limit are a regression', () => {
    const all = run(
      'm',
      Array.from({ length: 1500 }, (_, at) => result(`c${at}`, true)),
    );
    const slow = {
      what: 'latency' as const,
      candidate: 3,
      baseline: 1,
      unit: 'ms' as const,
      ratio: 3,
      limit: 1.25,
      exceeded: true,
    };
    const judged = assess({ baseline: all, candidate: all, policy: DEFAULT_POLICY, costs: [slow] });
    assert.equal(judged.verdict, 'regression');
    assert.match(judged.reasons[0] ?? '', /latency is 3\.00 ×/);
  });
});
