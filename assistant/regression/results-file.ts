import { z } from 'zod';
import {
  checkResultSchema,
  runHeaderSchema,
  type CheckResult,
  type RunHeader,
  type RunResults,
} from './result.ts';
import { ForeseenError } from '../../vehicle/foreseen-error.ts';

/** Results that cannot be used; the message names the file and says what to do. */
export class ResultsError extends ForeseenError {
  override readonly name = 'ResultsError';
}

/** One header line and one line for each check, in the order of their ids: the same results are the same bytes. */
export function writeResults({ header, results }: RunResults): string {
  // Parsed, so that fields stand in the order of the format, whoever made them.
  const lines = [...results].sort(byId).map((result) => JSON.stringify(checkResultSchema.parse(result)));
  return `${[JSON.stringify(runHeaderSchema.parse(header)), ...lines].join('\n')}\n`;
}

const byId = (a: CheckResult, b: CheckResult) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * Reads a results file, a baseline, or the journal of a run that was interrupted.
 * @param cut whether a last line that is half written is dropped
 * @throws ResultsError naming file and line
 */
export function readResults(file: string, text: string, { cut = false } = {}): RunResults {
  const lines = text.split('\n');
  // What stands behind the last line break was being written when the run was cut off.
  const rest = lines.pop() ?? '';
  if (rest !== '' && !cut)
    throw new ResultsError(
      `${file} is cut off in its last line. Continue that run with --resume, or run it again.`,
    );
  const [first, ...others] = lines.filter((line) => line !== '');
  if (first === undefined) throw new ResultsError(`${file} is empty: no results of drivetalk test.`);
  const header = parseLine(runHeaderSchema, first, file, 1);
  const results = others.map((line, index) => parseLine(checkResultSchema, line, file, index + 2));
  return { header, results: results.sort(byId) };
}

function parseLine<T>(schema: z.ZodType<T>, line: string, file: string, number: number): T {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (error) {
    throw new ResultsError(`${file}:${number}: not JSON; this is no file of drivetalk test.`, {
      cause: error,
    });
  }
  const checked = schema.safeParse(parsed);
  if (checked.success) return checked.data;
  throw new ResultsError(`${file}:${number}: no result of drivetalk test: ${z.prettifyError(checked.error)}`);
}

/**
 * What makes two runs one: the same questions to the same model.
 * @returns undefined when they fit, else what is different
 */
export function differenceOf(one: RunHeader, other: RunHeader): string | undefined {
  if (one.suiteDigest !== other.suiteDigest) return 'the suites have changed';
  if (one.model.digest !== other.model.digest) return 'it is another model';
  if (one.seed !== other.seed) return 'the seed is another one';
  return undefined;
}

/**
 * Puts the results of shards together.
 * @throws ResultsError when they are not parts of one run, or overlap with different answers
 */
export function mergeResults(
  parts: readonly { readonly file: string; readonly run: RunResults }[],
): RunResults {
  const [first, ...others] = parts;
  if (!first) throw new ResultsError('There is nothing to merge.');
  for (const { file, run } of others) {
    const difference = differenceOf(first.run.header, run.header);
    if (difference !== undefined)
      throw new ResultsError(`${file} is no part of the same run as ${first.file}: ${difference}.`);
  }
  const found = new Map<string, CheckResult>();
  for (const result of parts.flatMap(({ run }) => run.results)) {
    const before = found.get(result.id);
    // What was answered once counts, wherever it was not run.
    if (!before || before.status === 'not-run') found.set(result.id, result);
  }
  return { header: { ...first.run.header, shard: undefined }, results: [...found.values()].sort(byId) };
}

/**
 * Makes a baseline of results: with the reason why it was moved, below those of the times before.
 * @throws ResultsError when the run is only a part, or has checks without an answer: a baseline must not forget any
 */
export function bless(
  file: string,
  { header, results }: RunResults,
  by: { readonly message: string; readonly date: string; readonly before: RunHeader | undefined },
): RunResults {
  const part = header.shard ?? header.only?.join(', ');
  if (part !== undefined)
    throw new ResultsError(
      `${file} is only a part (${part}) of the suites. Run them all, or merge the shards.`,
    );
  const open = results.filter(({ status }) => status !== 'right' && status !== 'wrong').length;
  const missing = open + header.checks - results.length;
  if (missing > 0)
    throw new ResultsError(
      `${file} lacks the answers of ${missing} checks. Run drivetalk test again, to its end.`,
    );
  const entry = { date: by.date, message: by.message, model: header.model.digest };
  return { header: { ...header, blessed: [...(by.before?.blessed ?? []), entry] }, results };
}
