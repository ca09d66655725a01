import type { Place } from '../problems.ts';
import type { Suite, SuiteCase } from '../read-suite.ts';

export const SEVERITIES = ['note', 'warning', 'error'] as const;
/** How much a finding matters; notes are things worth knowing that may well be meant. */
export type FindingSeverity = (typeof SEVERITIES)[number];

/** Something about a suite that its author should look at. */
export interface Finding extends Place {
  /** `near-duplicate`; stable, for filters. */
  readonly rule: string;
  readonly severity: FindingSeverity;
  readonly message: string;
  /** What to do. */
  readonly advice: string;
}

/** A case with the suite around it. */
export interface Placed {
  readonly suite: Suite;
  readonly case_: SuiteCase;
}

export const casesOf = (suites: readonly Suite[]): readonly Placed[] =>
  suites.flatMap((suite) => suite.cases.map((case_) => ({ suite, case_ })));

export const where = ({ file, line }: Place): string => `${file}:${line}`;
