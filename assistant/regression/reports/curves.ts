import { isDeclined } from '../match.ts';
import type { Answer, CheckResult } from '../result.ts';

/** How sure a model was of an answer, and whether it understood rightly. */
export interface Scored {
  /** Of its least sure command, 0 to 1. */
  readonly confidence: number;
  readonly right: boolean;
}

/** Problems that are those of understanding, not of what the car made of it. */
const UNDERSTANDING = new Set(['intent', 'slot', 'count', 'not-declined']);

const answersOf = (results: readonly CheckResult[]): readonly Answer[] =>
  results
    .filter(({ kind, status }) => kind === 'MFT' && (status === 'right' || status === 'wrong'))
    .flatMap(({ answers }) => answers)
    .filter(({ expected }) => expected !== undefined);

/** Answers of MFT checks with a confidence; one that is nothing at all has none. */
export function scoredAnswers(results: readonly CheckResult[]): readonly Scored[] {
  return answersOf(results).flatMap(({ got, problems }) =>
    got.length === 0
      ? []
      : [
          {
            confidence: Math.min(...got.map(({ confidence }) => confidence)),
            right: problems.every(({ kind }) => !UNDERSTANDING.has(kind)),
          },
        ],
  );
}

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly right: number;
  readonly meanConfidence: number;
}

/** Bins of equal width over 0 to 1; the last one holds 1. */
export function binsOf(scored: readonly Scored[], count = 10): readonly Bin[] {
  const bins = Array.from({ length: count }, (): Scored[] => []);
  for (const one of scored) bins[Math.min(count - 1, Math.floor(one.confidence * count))]?.push(one);
  return bins.map((members, index) => ({
    from: index / count,
    to: (index + 1) / count,
    count: members.length,
    right: members.filter(({ right }) => right).length,
    meanConfidence:
      members.length === 0
        ? 0
        : members.reduce((sum, { confidence }) => sum + confidence, 0) / members.length,
  }));
}

/** Expected calibration error (Guo et al. 2017): by how much confidence misses accuracy, over all bins. */
export function calibrationError(bins: readonly Bin[]): number {
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return 0;
  return (
    bins.reduce(
      (sum, { count, right, meanConfidence }) => sum + Math.abs(right - meanConfidence * count),
      0,
    ) / all
  );
}

export interface RiskPoint {
  /** Share of answers that are at least so sure. */
  readonly coverage: number;
  /** Share of those that are wrong. */
  readonly risk: number;
  readonly threshold: number;
}

/** The risk–coverage curve (El-Yaniv & Wiener 2010): a point for each confidence that occurs, the surest first. */
export function riskCoverage(scored: readonly Scored[]): readonly RiskPoint[] {
  const sorted = [...scored].sort((a, b) => b.confidence - a.confidence);
  const points: RiskPoint[] = [];
  let wrong = 0;
  for (const [index, { confidence, right }] of sorted.entries()) {
    if (!right) wrong++;
    // Answers of the same confidence cannot be told apart by a threshold.
    if (sorted[index + 1]?.confidence === confidence) continue;
    points.push({ coverage: (index + 1) / sorted.length, risk: wrong / (index + 1), threshold: confidence });
  }
  return points;
}

/** Nothing for the car: what was expected to be declined, was, or has no counterpart. */
export const NONE = '(none)';

/**
 * Which label was taken for which, in a check of kind MFT. Commands that were missed or are too many are pairs with
 * `NONE`.
 */
export function confusedPairs(result: CheckResult): readonly (readonly [expected: string, got: string])[] {
  return answersOf([result]).flatMap(({ expected = [], got }) => {
    const wanted = expected.map(({ intent }) => intent);
    const declined = isDeclined(got) && !wanted.some((intent) => intent.startsWith('none.'));
    return pairsOf(wanted, declined ? [] : got.map(({ intent }) => intent));
  });
}

/** The same labels first, the others in their order. */
function pairsOf(
  expected: readonly string[],
  got: readonly string[],
): readonly (readonly [string, string])[] {
  if (expected.length === 0 && got.length === 0) return [[NONE, NONE]];
  const left = [...got];
  const open: string[] = [];
  const pairs: (readonly [string, string])[] = [];
  for (const intent of expected) {
    const at = left.indexOf(intent);
    if (at < 0) open.push(intent);
    else pairs.push([intent, ...(left.splice(at, 1) as [string])]);
  }
  for (const intent of open) pairs.push([intent, left.shift() ?? NONE]);
  return [...pairs, ...left.map((intent) => [NONE, intent] as const)];
}
