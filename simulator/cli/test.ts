import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { assess } from '../../assistant/regression/assess.ts';
import { htmlReport } from '../../assistant/regression/reports/html.ts';
import { junitXml } from '../../assistant/regression/reports/junit.ts';
import { markdownSummary } from '../../assistant/regression/reports/markdown.ts';
import { terminalSummary } from '../../assistant/regression/reports/terminal.ts';
import { SuiteError } from '../../assistant/regression/problems.ts';
import type { Assessment, RunResults, Verdict } from '../../assistant/regression/result.ts';
import {
  mergeResults,
  readResults,
  ResultsError,
  writeResults,
} from '../../assistant/regression/results-file.ts';
import { openOntology } from '../../assistant/understanding/open-phrase-book.ts';
import { UnderstandingError } from '../../assistant/understanding/interpreter.ts';
import type { ModelChoice } from '../regression/engine.ts';
import { measureCosts } from '../regression/costs.ts';
import { findBlame } from '../regression/find-blame.ts';
import { testMutants } from '../regression/mutants.ts';
import { openPool } from '../regression/pool.ts';
import { headerOf, journalOf, openJournal, planOf, runPlan, type Plan } from '../regression/run.ts';
import { policyOf, readSuites, suiteFilesIn } from '../regression/suite-files.ts';
import { watchAndRun } from '../regression/watch.ts';
import { explainFailure, isSystemError, UsageError } from './exit.ts';
import { progressBar } from './progress.ts';

export interface TestOptions {
  readonly model?: string;
  readonly labels?: string;
  readonly baseline?: string;
  readonly baselineModel?: string;
  readonly config?: string;
  readonly results: string;
  readonly resume?: boolean;
  readonly shard?: string;
  readonly only?: string[];
  readonly seed: number;
  readonly threads?: number;
  readonly timeout: number;
  readonly merge?: boolean;
  readonly mutate?: boolean;
  readonly blame: boolean;
  readonly watch?: boolean;
  readonly json?: boolean;
  /** Files for reports. */
  readonly junit?: string;
  readonly markdown?: string;
  readonly html?: string;
}

/** Exit statuses of `drivetalk test`, by what came out. */
export const TEST_EXIT: Readonly<Record<Verdict, number>> = {
  pass: 0,
  regression: 1,
  underpowered: 3,
  incomplete: 3,
  'engine-failure': 4,
};
const USAGE = 2;

export const DEFAULT_RESULTS = 'drivetalk-results.jsonl';
export const DEFAULT_BASELINE = 'drivetalk-baseline.jsonl';

const clock = () => performance.now();
/** To standard error: what is printed for programs stays clean. */
const tell = (line: string) => process.stderr.write(`${line}\n`);

/**
 * `drivetalk test`: asks a model everything that suites want, and says what has become worse.
 * @param paths suite files or folders; with `--merge` results files
 * @returns the exit status
 */
export async function test(paths: readonly string[], options: TestOptions): Promise<number> {
  try {
    if (options.merge) return mergeFiles(paths, options);
    if (options.mutate) return await mutate(paths, options);
    if (options.watch) return await testAgain(paths, options);
    return await testOnce(paths, options);
  } catch (error) {
    if (error instanceof SuiteError) {
      for (const problem of error.message.split('\n')) tell(problem);
      return USAGE;
    }
    if (error instanceof UnderstandingError) {
      tell(`drivetalk: ${error.message}`);
      return TEST_EXIT['engine-failure'];
    }
    // A file that cannot be read or written is no regression of the model.
    if (error instanceof ResultsError || isSystemError(error))
      throw new UsageError(explainFailure(error).line);
    throw error;
  }
}

async function testOnce(paths: readonly string[], options: TestOptions): Promise<number> {
  const suites = readSuites(suiteFilesIn(paths));
  const policy = policyOf(suites, options.config);
  const plan = planOf(suites, options, policy);
  if (plan.checks.length === 0) throw new UsageError('No check is left: see --only and --shard.');
  // Read first: nobody waits for all checks to be told of a mistyped file.
  const kept = asksBaseline(options) ? undefined : baselineFile(options);
  const { candidate, interrupted } = await answers(plan, options, options, options.results);
  const baseline = asksBaseline(options)
    ? await baselineOf(options.baselineModel, plan, options)
    : partOf(kept, plan, options);
  const { model, labels, baselineModel } = options;
  const costs =
    baselineModel === undefined || interrupted
      ? []
      : await measureCosts(plan, { model, labels }, { model: baselineModel }, policy);
  const wanted = plan.checks.map(({ id }) => id);
  const judged = assess({ candidate, baseline, policy, costs, wanted });
  const blame =
    options.blame && !interrupted
      ? await findBlame(plan.checks, judged, candidate.results, {
          candidate: { model, labels },
          baseline: baselineModel === undefined ? undefined : { model: baselineModel },
        })
      : [];
  if (interrupted) {
    tell(
      `Interrupted: ${candidate.results.length} of ${plan.checks.length} checks are kept in ${journalOf(options.results)}; go on with --resume.`,
    );
  }
  return report({ ...judged, blame }, candidate, options);
}

/** Again after each change, until Ctrl+C. A suite that is broken while it is written ends nothing. */
async function testAgain(paths: readonly string[], options: TestOptions): Promise<number> {
  const ended = new AbortController();
  process.once('SIGINT', () => ended.abort());
  await watchAndRun(
    () => suiteFilesIn(paths),
    options.model,
    async () => {
      await test(paths, { ...options, watch: false });
      tell('Waiting for a change of the suites or the model; Ctrl+C ends it.');
    },
    ended.signal,
  );
  return TEST_EXIT.pass;
}

/** All checks of a plan, asked of one model. */
async function answers(
  plan: Plan,
  choice: ModelChoice,
  { threads = availableParallelism(), timeout, resume = false }: TestOptions,
  resultsFile: string,
): Promise<{ readonly candidate: RunResults; readonly interrupted: boolean }> {
  const pool = await openPool({ model: choice.model, labels: choice.labels, threads, timeout });
  const stop = stopper();
  try {
    const journal = openJournal(resultsFile, headerOf(plan, choice, pool.name), resume);
    const { run, interrupted, took, asked } = await runPlan(plan, pool, journal, {
      clock,
      progress: progressBar('checks'),
      stopped: stop.asked,
    });
    if (asked > 0)
      tell(`${asked} checks in ${(took / 1000).toFixed(1)} s: ${Math.round((asked * 1000) / took)} a second`);
    return { candidate: run, interrupted };
  } finally {
    stop.end();
    await pool.close();
  }
}

/** Ctrl+C ends a run in order: what was answered is kept. */
function stopper(): { readonly asked: () => boolean; end(): void } {
  let stopped = false;
  const stop = () => (stopped = true);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return { asked: () => stopped, end: () => process.off('SIGINT', stop).off('SIGTERM', stop) };
}

/** What the candidate is held against: the answers of another model, in this very run. */
async function baselineOf(model: string, plan: Plan, options: TestOptions): Promise<RunResults> {
  const asked = await answers(plan, { model }, { ...options, resume: false }, `${options.results}.baseline`);
  return asked.candidate;
}

/** Whether another model is asked instead of reading what one has answered before. */
const asksBaseline = (options: TestOptions): options is TestOptions & { readonly baselineModel: string } =>
  options.baseline === undefined && options.baselineModel !== undefined;

/** Of a part only the same part can be missing. */
function partOf(
  whole: RunResults | undefined,
  plan: Plan,
  { shard, only }: TestOptions,
): RunResults | undefined {
  if (!whole || (shard === undefined && only === undefined)) return whole;
  const ids = new Set(plan.checks.map(({ id }) => id));
  return { ...whole, results: whole.results.filter(({ id }) => ids.has(id)) };
}

function baselineFile({ baseline }: TestOptions): RunResults | undefined {
  const file = baseline ?? DEFAULT_BASELINE;
  if (!existsSync(file)) {
    if (baseline === undefined) return undefined;
    throw new UsageError(
      `There is no baseline ${file}. Make one: drivetalk bless --baseline ${file} --message "…"`,
    );
  }
  return readResults(file, readFileSync(file, 'utf8'));
}

/** What planted faults the suites see. @returns 0 when they see all of them, 3 when they are too weak */
async function mutate(paths: readonly string[], options: TestOptions): Promise<number> {
  const { threads = availableParallelism(), timeout, json } = options;
  const suites = readSuites(suiteFilesIn(paths));
  const plan = planOf(suites, options);
  const reports = await testMutants(
    plan,
    { model: options.model, labels: options.labels, threads, timeout },
    policyOf(suites, options.config),
    ({ name, caught, broken, description }) => {
      if (!json)
        console.log(`${caught ? 'caught' : 'MISSED'}  ${name}: ${description}; ${broken} checks broken`);
    },
  );
  if (json) console.log(JSON.stringify(reports));
  return reports.every(({ caught }) => caught) ? TEST_EXIT.pass : TEST_EXIT.underpowered;
}

function mergeFiles(files: readonly string[], options: TestOptions): number {
  const parts = files.map((file) => ({ file, run: readResults(file, readFileSync(file, 'utf8')) }));
  const candidate = mergeResults(parts);
  const policy = policyOf([], options.config, candidate.header.policy);
  writeFileSync(options.results, writeResults(candidate));
  return report(assess({ candidate, baseline: baselineFile(options), policy }), candidate, options);
}

/** Prints the summary, and writes the files that were asked for. */
function report(
  assessment: Assessment,
  run: RunResults,
  { json = false, junit, markdown, html }: TestOptions,
): number {
  // First: a file that cannot be written must not cost the result.
  console.log(json ? JSON.stringify(assessment) : terminalSummary(assessment, run));
  if (junit !== undefined) writeFileSync(junit, junitXml(assessment, run));
  if (markdown !== undefined) writeFileSync(markdown, markdownSummary(assessment, run));
  if (html !== undefined) writeFileSync(html, htmlReport(assessment, run, domains()));
  return TEST_EXIT[assessment.verdict];
}

/** The coarse class of a label; of labels that are not the car's, what stands before their first mark. */
function domains(): (label: string) => string {
  const ontology = openOntology();
  return (label) =>
    ontology.labels.has(label) ? ontology.domainOf(label) : (label.split(/[._/:]/)[0] ?? label);
}
