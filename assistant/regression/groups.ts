import { WHOLE_SHARE, type Policy } from './policy.ts';
import type { CheckResult, GroupScore, PairedTest } from './result.ts';
import { exactMcNemar, holm } from './statistics.ts';

/** The same check, answered by both models. */
export interface Paired {
  readonly before: CheckResult;
  readonly after: CheckResult;
}

/**
 * The exact test of pairs. A case votes once, for worse or better, however many checks it has: its variants fail
 * together, and as votes of their own they would make chance look like proof. Where cases have one check each, this
 * is McNemar's exact test.
 */
export function pairedTest(pairs: readonly Paired[]): PairedTest {
  const votes = new Map<string, number>();
  for (const { before, after } of pairs) {
    const vote = Number(after.status === 'right') - Number(before.status === 'right');
    votes.set(after.case, (votes.get(after.case) ?? 0) + vote);
  }
  const worse = [...votes.values()].filter((vote) => vote < 0).length;
  const better = [...votes.values()].filter((vote) => vote > 0).length;
  return { cases: votes.size, worse, better, ...exactMcNemar(worse, better) };
}

/** The labels that a check expects: those of its answers that say what is expected. */
export const intentsOf = ({ answers }: CheckResult): readonly string[] => [
  ...new Set(
    answers.flatMap(({ expected }) =>
      expected?.length === 0 ? ['(none)'] : (expected ?? []).map(({ intent }) => intent),
    ),
  ),
];

/** Scores of the whole, of each tag and of each expected intent, with their floors and tests. */
export function groupsOf(
  results: readonly CheckResult[],
  pairs: readonly Paired[] | undefined,
  policy: Policy,
): readonly GroupScore[] {
  const { floors, alpha } = policy;
  const scored = results.filter(({ status }) => status === 'right' || status === 'wrong');
  const before = pairs && new Map(pairs.map((pair) => [pair.after.id, pair]));
  const all = scoreOf('all', 'all', scored, before, floors.all ?? (pairs ? undefined : 1));
  const members = (of: (result: CheckResult) => readonly string[]) => {
    const lists = new Map<string, CheckResult[]>();
    for (const result of scored) {
      for (const name of of(result)) {
        const list = lists.get(name);
        if (list) list.push(result);
        else lists.set(name, [result]);
      }
    }
    return [...lists].sort(([a], [b]) => (a < b ? -1 : 1));
  };
  const parts = [
    ...members(({ tags }) => tags).map(([name, list]) =>
      scoreOf('tag', name, list, before, floors.tags[name]),
    ),
    ...members(intentsOf).map(([name, list]) => scoreOf('intent', name, list, before, floors.intents[name])),
  ];
  if (!pairs) return [all, ...parts];
  const significant = holm(
    parts.map(({ test }) => test?.p ?? 1),
    alpha * (1 - WHOLE_SHARE),
  );
  return [
    { ...all, significant: (all.test?.p ?? 1) <= alpha * WHOLE_SHARE },
    ...parts.map((part, index) => ({ ...part, significant: significant[index] ?? false })),
  ];
}

function scoreOf(
  group: GroupScore['group'],
  name: string,
  results: readonly CheckResult[],
  pairs: ReadonlyMap<string, Paired> | undefined,
  floor: number | undefined,
): GroupScore {
  const right = results.filter(({ status }) => status === 'right').length;
  const own =
    pairs &&
    results.flatMap(({ id }) => {
      const pair = pairs.get(id);
      return pair ? [pair] : [];
    });
  return {
    group,
    name,
    checks: results.length,
    right,
    ...(own && {
      rightBefore: own.filter(({ before }) => before.status === 'right').length,
      test: pairedTest(own),
    }),
    ...(floor !== undefined && { floor }),
    belowFloor: floor !== undefined && results.length > 0 && right / results.length < floor,
  };
}
