import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { flipsOf } from '../../assistant/regression/assess.ts';
import { bless as blessed, readResults, writeResults } from '../../assistant/regression/results-file.ts';
import { EXIT, UsageError } from './exit.ts';

export interface BlessOptions {
  readonly baseline: string;
  readonly message: string;
}

/**
 * `drivetalk bless`: takes the results of a run as the baseline from now on, on purpose.
 * @param file results of a whole run
 * @returns the exit status
 */
export function bless(file: string, { baseline, message }: BlessOptions): number {
  if (!existsSync(file)) {
    throw new UsageError(`There are no results ${file}. Run drivetalk test first; it writes them.`);
  }
  const run = readResults(file, readFileSync(file, 'utf8'));
  const before = existsSync(baseline) ? readResults(baseline, readFileSync(baseline, 'utf8')) : undefined;
  const today = new Date().toISOString().slice(0, 10);
  const after = blessed(file, run, { message, date: today, before: before?.header });
  writeFileSync(baseline, writeResults(after));
  const count = (change: string) =>
    flipsOf(before?.results ?? [], after.results).filter((flip) => flip.change === change).length;
  console.log(
    before
      ? `${baseline}: ${count('fixed')} fixed, ${count('broken')} broken, ${count('new')} new, ${count('gone')} gone. ${message}`
      : `${baseline}: ${after.results.length} checks, ${count('new')} of them answered. ${message}`,
  );
  return EXIT.done;
}
