import { availableParallelism } from 'node:os';
import { firstProblem } from '../../assistant/regression/assess.ts';
import { askAll } from '../../assistant/regression/ask.ts';
import type { CheckResult } from '../../assistant/regression/result.ts';
import { UsageError } from '../cli/exit.ts';
import { openPool } from './pool.ts';
import { planOf } from './run.ts';
import { readSuites, suiteFilesIn } from './suite-files.ts';

export interface DefineSuiteOptions {
  /** Another model than the shipped one, as `--model` of `drivetalk test` names it. */
  readonly model?: string;
  /** A map of the model's own labels to the car's. */
  readonly labels?: string;
  /** Only cases with one of these tags. */
  readonly only?: readonly string[];
  /** Of the noise in invariance tests. */
  readonly seed?: number;
  readonly threads?: number;
  /** Milliseconds for one question. */
  readonly timeout?: number;
}

/** What mocha puts into the global scope; its types are no dependency of those who do not test with it. */
interface Mocha {
  describe(title: string, body: () => void): unknown;
  it(title: string, body: () => void): unknown;
  before(title: string, body: (this: { timeout(ms: number): unknown }) => Promise<void>): unknown;
}

/** All questions are asked together, before the first test: that may take a while. */
const MOST = 10 * 60_000;

/**
 * Turns suites into mocha tests: one `describe` for each suite, one `it` for each check.
 *
 * ```ts
 * import { defineSuite } from 'drivetalk/mocha';
 * defineSuite('suites/climate.yaml');
 * ```
 * @param paths suite files, or folders of them
 * @throws SuiteError when a suite cannot be read, UsageError when there is none
 */
export function defineSuite(paths: string | readonly string[], options: DefineSuiteOptions = {}): void {
  const { threads = availableParallelism(), timeout = 30_000, seed = 0, only, model, labels } = options;
  const { describe, it, before } = globalThis as unknown as Partial<Mocha>;
  if (!describe || !it || !before) throw new UsageError('defineSuite belongs into a file that mocha runs.');
  const suites = readSuites(suiteFilesIn([paths].flat()));
  const { checks } = planOf(suites, { seed, only });
  const results = new Map<string, CheckResult>();

  describe('drivetalk', () => {
    before('ask the model', async function () {
      this.timeout(MOST);
      const pool = await openPool({ model, labels, threads, timeout });
      try {
        await askAll(checks, pool, (result) => void results.set(result.id, result));
      } finally {
        await pool.close();
      }
    });
    for (const { name, file } of suites) {
      describe(name, () => {
        for (const { id, case: case_ } of checks.filter((check) => check.case.where.file === file)) {
          it(`${id}${case_.text === undefined ? '' : `: ${case_.text}`}`, () => {
            const result = results.get(id);
            if (result?.status !== 'right') throw new Error(result ? firstProblem(result) : 'was not run');
          });
        }
      });
    }
  });
}
