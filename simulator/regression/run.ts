import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { askAll } from '../../assistant/regression/ask.ts';
import { expand, selected, suiteDigest, type Check } from '../../assistant/regression/checks.ts';
import { synonymsOf } from '../../assistant/regression/perturb.ts';
import { DEFAULT_POLICY, type Policy } from '../../assistant/regression/policy.ts';
import type { Suite } from '../../assistant/regression/read-suite.ts';
import {
  RESULTS_VERSION,
  type CheckResult,
  type RunHeader,
  type RunResults,
} from '../../assistant/regression/result.ts';
import {
  differenceOf,
  readResults,
  ResultsError,
  writeResults,
} from '../../assistant/regression/results-file.ts';
import { openOntology, openPhraseBook } from '../../assistant/understanding/open-phrase-book.ts';
import { modelDigest, type ModelChoice } from './engine.ts';
import type { Pool } from './pool.ts';
import { soundBeside } from './suite-files.ts';

/** Which part of the suites is asked, and with which noise. */
export interface Selection {
  readonly seed: number;
  readonly shard?: string | undefined;
  readonly only?: readonly string[] | undefined;
}

/** What is to be asked. */
export interface Plan {
  /** All checks of the run, those of other shards too. */
  readonly all: readonly Check[];
  readonly checks: readonly Check[];
  readonly suites: readonly Suite[];
  readonly policy: Policy;
  readonly selection: Selection;
}

/** @throws SuiteError when a check cannot be made of a case */
export function planOf(
  suites: readonly Suite[],
  selection: Selection,
  policy: Policy = DEFAULT_POLICY,
): Plan {
  const synonyms = synonymsOf(openPhraseBook(openOntology()));
  const everything = expand(suites, { seed: selection.seed, synonyms, sound: soundBeside });
  const all = selected(everything, { only: selection.only && [...selection.only] });
  return { all, checks: selected(all, { shard: selection.shard }), suites, policy, selection };
}

export function headerOf(
  { all, suites, policy, selection }: Plan,
  model: ModelChoice,
  name: string,
): RunHeader {
  const { seed, shard, only } = selection;
  return {
    drivetalk: 'results',
    version: RESULTS_VERSION,
    suites: suites.map((suite) => suite.name),
    suiteDigest: suiteDigest(all),
    model: { name, digest: modelDigest(model.model) },
    seed,
    ...(shard !== undefined && { shard }),
    ...(only && { only: [...only] }),
    checks: all.length,
    policy,
  };
}

/** Results that are written down as they come, so that nothing is lost when a run is cut off. */
export interface Journal {
  /** What an earlier run has answered already. */
  readonly done: ReadonlyMap<string, CheckResult>;
  add(result: CheckResult): void;
  /** Puts everything in order into the results file. */
  finish(): RunResults;
  /** Keeps what is there for `--resume`. */
  keep(): RunResults;
}

export const journalOf = (resultsFile: string): string => `${resultsFile}.partial`;

/**
 * Begins a journal beside the results file, or goes on with the one that is there.
 * @throws ResultsError when there is none to go on with, or it is of another run
 */
export function openJournal(resultsFile: string, header: RunHeader, resume: boolean): Journal {
  const file = journalOf(resultsFile);
  const done = new Map<string, CheckResult>();
  if (resume) {
    if (!existsSync(file))
      throw new ResultsError(`There is no interrupted run to go on with (${file}). Leave out --resume.`);
    const before = readResults(file, readFileSync(file, 'utf8'), { cut: true });
    const difference =
      differenceOf(before.header, header) ??
      (before.header.shard === header.shard && String(before.header.only) === String(header.only)
        ? undefined
        : 'it ran another part of the suites');
    if (difference !== undefined)
      throw new ResultsError(
        `The interrupted run in ${file} cannot be continued: ${difference}. Leave out --resume.`,
      );
    for (const result of before.results) if (isKept(result)) done.set(result.id, result);
  }
  // Results of another run must not be taken for this one's when it is cut off.
  rmSync(resultsFile, { force: true });
  // Written anew: a half line at its end would spoil the next one.
  writeFileSync(file, writeResults({ header, results: [...done.values()] }));
  const handle = openSync(file, 'a');
  const results = new Map(done);
  const sorted = () => ({ header, results: [...results.values()].sort((a, b) => (a.id < b.id ? -1 : 1)) });
  return {
    done,
    add(result) {
      results.set(result.id, result);
      writeSync(handle, `${JSON.stringify(result)}\n`);
    },
    finish() {
      closeSync(handle);
      const run = sorted();
      writeFileSync(file, writeResults(run));
      renameSync(file, resultsFile);
      return run;
    },
    keep() {
      closeSync(handle);
      return sorted();
    },
  };
}

/** What failed is asked again. */
const isKept = ({ status }: CheckResult) => status === 'right' || status === 'wrong';

export interface Run {
  readonly run: RunResults;
  readonly interrupted: boolean;
  /** Milliseconds between the first question and the last answer, and what was asked in them. */
  readonly took: number;
  readonly asked: number;
}

/**
 * Asks everything that the journal does not know yet.
 * @param stopped whether somebody wants it to end
 */
export async function runPlan(
  { checks }: Plan,
  pool: Pool,
  journal: Journal,
  by: {
    readonly clock: () => number;
    readonly progress: (done: number, total: number) => void;
    readonly stopped: () => boolean;
  },
): Promise<Run> {
  const left = checks.filter(({ id }) => !journal.done.has(id));
  const began = by.clock();
  let count = checks.length - left.length;
  await askAll(
    left,
    pool,
    (result) => {
      journal.add(result);
      by.progress(++count, checks.length);
    },
    by.stopped,
  );
  const took = by.clock() - began;
  const interrupted = count < checks.length;
  return { run: interrupted ? journal.keep() : journal.finish(), interrupted, took, asked: left.length };
}
