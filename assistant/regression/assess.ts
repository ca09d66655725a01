import { groupsOf, pairedTest, type Paired } from './groups.ts';
import { WHOLE_SHARE, type Policy } from './policy.ts';
import type {
  Assessment,
  Blame,
  Change,
  CheckResult,
  CostRatio,
  Flip,
  GroupScore,
  PairedTest,
  PowerReport,
  RunResults,
  Verdict,
} from './result.ts';
import { casesNeeded, pairedPower } from './statistics.ts';

export interface Evidence {
  readonly candidate: RunResults;
  readonly baseline?: RunResults | undefined;
  readonly policy: Policy;
  readonly costs?: readonly CostRatio[];
  readonly blame?: readonly Blame[];
  /** Ids that the run should have: those without a result are missing. The candidate's own when not given. */
  readonly wanted?: readonly string[];
}

/** Holds a run against its policy and, where there is one, its baseline. Pure. */
export function assess({
  candidate,
  baseline,
  policy,
  costs = [],
  blame = [],
  wanted,
}: Evidence): Assessment {
  const flips = baseline ? flipsOf(baseline.results, candidate.results) : [];
  const pairs = pairsOf(flips);
  const groups = groupsOf(candidate.results, baseline ? pairs : undefined, policy);
  const vetoed = flips
    .filter(
      ({ change, sameInput, after }) =>
        change === 'broken' && sameInput && (after?.severity ?? 0) >= policy.veto,
    )
    .map(({ id }) => id);
  const counts = { right: 0, wrong: 0, 'no-answer': 0, 'not-run': 0 };
  for (const { status } of candidate.results) counts[status]++;
  const missing = missingOf(candidate, wanted);
  counts['not-run'] = missing.length - counts['no-answer'];
  const test = baseline && pairedTest(pairs);
  const power = baseline && powerOf(pairs, policy);
  const judged = { groups, vetoed, flips, costs, counts, test, power, policy, missing };
  const { verdict, reasons } = verdictOf(judged);
  return {
    verdict,
    reasons,
    policy,
    candidate: candidate.header,
    ...(baseline && { baseline: baseline.header }),
    counts,
    flips,
    groups,
    vetoed,
    ...(test && { test }),
    ...(power && { power }),
    costs,
    missing,
    blame,
  };
}

const isAnswered = (result: CheckResult): boolean => result.status === 'right' || result.status === 'wrong';

/** Every check of either run, in the order of their ids. */
export function flipsOf(before: readonly CheckResult[], after: readonly CheckResult[]): readonly Flip[] {
  const then = new Map(before.map((result) => [result.id, result]));
  const now = new Map(after.map((result) => [result.id, result]));
  return [...new Set([...then.keys(), ...now.keys()])].sort().map((id): Flip => {
    const [was, is] = [then.get(id), now.get(id)];
    return {
      id,
      change: changeOf(was, is),
      sameInput: was?.input === is?.input,
      ...(was && { before: was }),
      ...(is && { after: is }),
    };
  });
}

function changeOf(was: CheckResult | undefined, is: CheckResult | undefined): Change {
  if (!is) return 'gone';
  if (!isAnswered(is)) return 'unanswered';
  if (!was || !isAnswered(was)) return 'new';
  if (was.status === is.status) return is.status === 'right' ? 'still-right' : 'still-wrong';
  return is.status === 'right' ? 'fixed' : 'broken';
}

const pairsOf = (flips: readonly Flip[]): readonly Paired[] =>
  flips.flatMap(({ before, after }) =>
    before && after && isAnswered(before) && isAnswered(after) ? [{ before, after }] : [],
  );

/** @param wanted without it the header tells how many there should be, unless the run is a shard of them */
function missingOf({ header, results }: RunResults, wanted?: readonly string[]): Assessment['missing'] {
  const known = new Set(results.map(({ id }) => id));
  const absent =
    wanted?.filter((id) => !known.has(id)) ??
    Array.from(
      { length: header.shard === undefined ? header.checks - results.length : 0 },
      () => '(unknown)',
    );
  return [
    ...results.flatMap((result) =>
      isAnswered(result) ? [] : [{ id: result.id, reason: result.reason ?? 'was not run' }],
    ),
    ...absent.map((id) => ({ id, reason: 'was not run' })),
  ];
}

function powerOf(pairs: readonly Paired[], { alpha, minimumDrop, power: wanted, veto }: Policy): PowerReport {
  const { cases, worse, better } = pairedTest(pairs);
  const discordant = cases === 0 ? 0 : (worse + better) / cases;
  const level = alpha * WHOLE_SHARE;
  // A drop that meets a vetoing case is seen at once; the better of both ways is what can be promised.
  const vetoing = new Set(pairs.flatMap(({ after }) => (after.severity >= veto ? [after.case] : []))).size;
  const byVeto = 1 - (1 - Math.max(minimumDrop, (discordant + minimumDrop) / 2)) ** vetoing;
  const power = Math.max(pairedPower(cases, minimumDrop, discordant, level), byVeto);
  const needed = power >= wanted ? undefined : casesNeeded(wanted, minimumDrop, discordant, level);
  return { minimumDrop, power, wanted, discordant, ...(needed !== undefined && { casesNeeded: needed }) };
}

type Judged = Pick<Assessment, 'groups' | 'vetoed' | 'flips' | 'costs' | 'counts' | 'policy' | 'missing'> & {
  readonly test: PairedTest | undefined;
  readonly power: PowerReport | undefined;
};

function verdictOf(judged: Judged): { readonly verdict: Verdict; readonly reasons: readonly string[] } {
  const regressions = [...regressionsOf(judged)];
  const { counts, missing, power, policy } = judged;
  const failures =
    counts['no-answer'] > 0 ? [`${many(counts['no-answer'], 'check')} got no answer from the engine`] : [];
  const notRun = missing.length - counts['no-answer'];
  const [first] = missing;
  const gaps =
    notRun > 0 && first
      ? [`not run: ${many(notRun, 'check')} of the suite, beginning with ${first.id}: ${first.reason}`]
      : [];
  const weak =
    power && power.power < power.wanted
      ? [
          `the suite is too small: a drop of ${points(power.minimumDrop)} would be seen with ${percent(power.power)} probability only, ${percent(policy.power)} are wanted` +
            (power.casesNeeded === undefined ? '' : `; about ${power.casesNeeded} cases would do`),
        ]
      : [];
  const reasons = [...regressions, ...failures, ...gaps, ...weak];
  // What is established stays established, whatever else went wrong.
  if (regressions.length > 0) return { verdict: 'regression', reasons };
  if (failures.length > 0) return { verdict: 'engine-failure', reasons };
  if (gaps.length > 0) return { verdict: 'incomplete', reasons };
  if (weak.length > 0) return { verdict: 'underpowered', reasons };
  return { verdict: 'pass', reasons: [passReason(judged)] };
}

function* regressionsOf({ groups, vetoed, flips, costs, test }: Judged): Iterable<string> {
  for (const id of vetoed) {
    const after = flips.find((flip) => flip.id === id)?.after;
    yield `${id} is broken, with severity ${after?.severity ?? 0}: ${after ? firstProblem(after) : ''}`;
  }
  for (const group of groups) {
    if (group.significant) yield dropReason(group, test);
    if (group.belowFloor)
      yield `${nameOf(group)}: ${percent(group.right / group.checks)} are right, the floor is ${percent(group.floor ?? 0)}`;
  }
  for (const { what, ratio, limit, exceeded, candidate, baseline, unit } of costs) {
    if (exceeded)
      yield `${what} is ${ratio.toFixed(2)} × the baseline's (${candidate.toFixed(1)} against ${baseline.toFixed(1)} ${unit}), at most ${limit} × is allowed`;
  }
}

function dropReason(group: GroupScore, whole: PairedTest | undefined): string {
  const test = group.group === 'all' ? whole : group.test;
  const { worse = 0, better = 0, p = 1 } = test ?? {};
  return `${nameOf(group)}: ${many(worse, 'case')} worse and ${better} better; by chance that happens with p = ${p.toPrecision(2)}`;
}

function passReason({ test, counts, policy, power }: Judged): string {
  if (!test || !power) return `${counts.right} of ${counts.right + counts.wrong} checks are right`;
  const changed =
    test.worse + test.better === 0
      ? 'no case has changed'
      : `${many(test.worse, 'case')} worse and ${test.better} better is no more than chance (p = ${test.p.toPrecision(2)})`;
  return `${changed}; a drop of ${points(policy.minimumDrop)} would have been seen with ${percent(power.power)} probability`;
}

/** What is wrong with a result, in one line. */
export const firstProblem = ({ answers, reason }: CheckResult): string => {
  const wrong = answers.find(({ problems }) => problems.length > 0);
  return wrong ? `"${wrong.heard ?? wrong.said}": ${wrong.problems[0]?.message ?? ''}` : (reason ?? '');
};

const nameOf = ({ group, name }: GroupScore) => (group === 'all' ? 'all cases' : `${group} ${name}`);
const many = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
const percent = (share: number) => `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
const points = (share: number) => `${Number((share * 100).toFixed(1))} points`;
