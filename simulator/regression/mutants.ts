import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askAll } from '../../assistant/regression/ask.ts';
import { assess } from '../../assistant/regression/assess.ts';
import type { Fault } from '../../assistant/regression/faults.ts';
import { intentsOf } from '../../assistant/regression/groups.ts';
import type { Policy } from '../../assistant/regression/policy.ts';
import type { CheckResult, MutantReport, RunResults } from '../../assistant/regression/result.ts';
import { UnderstandingError } from '../../assistant/understanding/interpreter.ts';
import { contraryOf } from '../../assistant/understanding/slm/labels.ts';
import { packageFile } from '../open-drive.ts';
import { openPool, type PoolOptions } from './pool.ts';
import { headerOf, type Plan } from './run.ts';
import { FILE_FAULTS } from './spoil-model.ts';

interface Mutant {
  readonly name: string;
  readonly description: string;
  /** Asks the mutant everything. */
  readonly run: () => Promise<RunResults>;
}

/** Sure as models are, few readings pass it. */
const HIGH_THRESHOLD = 0.98;

/**
 * Plants faults, one at a time, and tells which of them the suites see: a suite that misses one would also miss a
 * model that is as broken. The model's own files are never touched.
 * @param tell hears of each mutant when its answer is there
 */
export async function testMutants(
  plan: Plan,
  options: PoolOptions,
  policy: Policy,
  tell: (report: MutantReport) => void,
): Promise<readonly MutantReport[]> {
  const healthy = await answersOf(plan, options);
  const reports: MutantReport[] = [];
  for (const mutant of mutantsFor(plan, options, healthy)) {
    const report = await hold(mutant, healthy, policy);
    tell(report);
    reports.push(report);
  }
  return reports;
}

async function hold(
  { name, description, run }: Mutant,
  baseline: RunResults,
  policy: Policy,
): Promise<MutantReport> {
  try {
    const { verdict, reasons, flips } = assess({ candidate: await run(), baseline, policy });
    const broken = flips.filter(({ change }) => change === 'broken').length;
    const caught = verdict === 'regression' || verdict === 'engine-failure';
    return { name, description, caught, verdict, broken, because: reasons[0] ?? '' };
  } catch (error) {
    if (!(error instanceof UnderstandingError)) throw error;
    // A model that does not even open is seen by everybody.
    return { name, description, caught: true, verdict: 'engine-failure', broken: 0, because: error.message };
  }
}

async function answersOf(plan: Plan, options: PoolOptions): Promise<RunResults> {
  const pool = await openPool(options);
  const results: CheckResult[] = [];
  try {
    await askAll(plan.checks, pool, (result) => results.push(result));
    return { header: headerOf(plan, options, pool.name), results };
  } finally {
    await pool.close();
  }
}

function* mutantsFor(plan: Plan, options: PoolOptions, healthy: RunResults): Iterable<Mutant> {
  const faulty = (name: string, description: string, fault: Fault): Mutant => ({
    name,
    description,
    run: () => answersOf(plan, { ...options, fault }),
  });
  for (const [one, other] of pairsToSwap(healthy)) {
    yield faulty('swapped-labels', `${one} and ${other} are taken for each other`, {
      kind: 'swapped-labels',
      labels: [one, other],
    });
  }
  yield faulty('high-threshold', `what is less than ${HIGH_THRESHOLD} sure is declined`, {
    kind: 'high-threshold',
    confidence: HIGH_THRESHOLD,
  });
  yield faulty('no-threshold', 'what should be declined is carried out', { kind: 'no-threshold' });
  const directory = options.model ?? packageFile('assistant/model');
  if (!existsSync(directory) || !statSync(directory).isDirectory()) return;
  for (const { name, description, plant } of FILE_FAULTS) {
    const copy = mkdtempSync(join(tmpdir(), 'drivetalk-mutant-'));
    try {
      cpSync(directory, copy, { recursive: true });
      if (plant(copy)) yield { name, description, run: () => answersOf(plan, { ...options, model: copy }) };
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }
}

/** The commonest label that has a contrary with it, and the two commonest ones of all. */
function pairsToSwap({ results }: RunResults): readonly (readonly [string, string])[] {
  const counts = new Map<string, number>();
  for (const label of results.flatMap(intentsOf)) counts.set(label, (counts.get(label) ?? 0) + 1);
  counts.delete('(none)');
  const ranked = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([label]) => label);
  const opposed = ranked.find((label) => counts.has(contraryOf(label) ?? ''));
  const contrary = opposed === undefined ? undefined : contraryOf(opposed);
  const [first, second] = ranked.filter((label) => label !== opposed && label !== contrary);
  return [
    ...(opposed !== undefined && contrary !== undefined ? [[opposed, contrary] as const] : []),
    ...(first !== undefined && second !== undefined ? [[first, second] as const] : []),
  ];
}
