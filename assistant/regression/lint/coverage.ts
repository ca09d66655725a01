import type { Ontology } from '../../understanding/ontology.ts';
import type { Pattern } from '../../understanding/pattern.ts';
import type { PhraseBook } from '../../understanding/phrase-book.ts';
import type { Suite } from '../read-suite.ts';
import { framesOf, type ExpectedFrame } from '../suite.ts';
import type { Finding } from './finding.ts';

export interface Coverage {
  readonly labels: { readonly covered: number; readonly all: number };
  /** Sets of slots that the phrases of a label can have. */
  readonly combinations: { readonly covered: number; readonly all: number };
  readonly findings: readonly Finding[];
}

/** Of each pattern that many sets are enough. */
const MOST_SETS = 256;

/** Which labels, and which combinations of their slots, no case expects. */
export function coverage(suites: readonly Suite[], ontology: Ontology, book: PhraseBook): Coverage {
  const own = suites.filter((suite) => suite.ontology === 'drivetalk');
  const [place] = own.map(({ file }) => ({ file, line: 1, column: 1 }));
  const seen = new Map<string, Set<string>>();
  for (const { intent, slots } of own.flatMap((suite) => suite.cases.flatMap(expectedFrames))) {
    const sets = seen.get(intent) ?? new Set();
    if (slots) sets.add(keyOf(Object.keys(slots)));
    seen.set(intent, sets);
  }
  const findings: Finding[] = [];
  let [all, covered] = [0, 0];
  for (const label of ontology.labels.keys()) {
    const known = [...combinationsOf(book.intents.get(label) ?? [], book.rules)];
    const open = known.filter((set) => !seen.get(label)?.has(set));
    all += known.length;
    covered += known.length - open.length;
    if (!place) continue;
    if (!seen.has(label)) {
      findings.push({
        ...place,
        rule: 'label-uncovered',
        severity: 'note',
        message: `no case expects ${label}`,
        advice: 'add a case, or nobody will see when it breaks',
      });
    } else if (open.length > 0) {
      findings.push({
        ...place,
        rule: 'slots-uncovered',
        severity: 'note',
        message: `no case expects ${label} with ${open.map((set) => (set === '' ? 'no slots' : set)).join('; ')}`,
        advice: 'add cases with these slots',
      });
    }
  }
  return {
    labels: {
      covered: [...ontology.labels.keys()].filter((label) => seen.has(label)).length,
      all: ontology.labels.size,
    },
    combinations: { covered, all },
    findings,
  };
}

const expectedFrames = ({ expect, turns }: Suite['cases'][number]): readonly ExpectedFrame[] =>
  [expect, ...(turns ?? []).map((turn) => turn.expect)].flatMap((one) => framesOf(one ?? []));

const keyOf = (slots: Iterable<string>): string => [...new Set(slots)].sort().join(' + ');

/** All sets of slots that sentences of the patterns can have. */
export function combinationsOf(
  patterns: readonly Pattern[],
  rules: PhraseBook['rules'],
): ReadonlySet<string> {
  return new Set(patterns.flatMap((pattern) => [...setsOf(pattern, rules)]));
}

function setsOf(pattern: Pattern, rules: PhraseBook['rules']): ReadonlySet<string> {
  switch (pattern.kind) {
    case 'slot':
      return new Set([pattern.slot]);
    case 'rule': {
      const rule = rules.get(pattern.name);
      return rule ? setsOf(rule, rules) : new Set(['']);
    }
    case 'choice':
      return combinationsOf(pattern.options, rules);
    case 'sequence': {
      let sets = new Set(['']);
      for (const item of pattern.items) {
        const own = setsOf(item, rules);
        const joined = [...sets].flatMap((set) =>
          [...own].map((more) => keyOf([...parts(set), ...parts(more)])),
        );
        sets = new Set(joined.slice(0, MOST_SETS));
      }
      return sets;
    }
    default:
      return new Set(['']);
  }
}

const parts = (set: string): readonly string[] => (set === '' ? [] : set.split(' + '));
