import type { Answer, Assessment, CheckResult, Flip, RunResults } from '../result.ts';
import { confusedPairs, NONE } from './curves.ts';
import { expectedText, gotText, mainAnswer } from './words.ts';

/** What the page's script gets: short keys are for its size, texts are ready to be shown. */
export interface PageData {
  readonly compared: boolean;
  readonly cases: readonly PageCase[];
  /** [label, domain, target] */
  readonly labels: readonly (readonly [string, string, string])[];
}

export interface PageCase {
  readonly id: string;
  readonly kind: string;
  readonly form: string;
  readonly severity: number;
  readonly tags: readonly string[];
  /** The change against the baseline, else the status. */
  readonly state: string;
  readonly changedInput?: true;
  readonly said: string;
  /** Which label was taken for which: indices into `labels`. */
  readonly pairs: readonly (readonly [number, number])[];
  readonly reason?: string;
  readonly answers: readonly PageAnswer[];
  readonly blame?: string;
}

export interface PageAnswer {
  readonly said: string;
  readonly heard?: string;
  readonly expected?: string;
  readonly before?: string;
  readonly now?: string;
  readonly confidence?: number;
  readonly beforeConfidence?: number;
  readonly reply?: string;
  readonly outcomes?: string;
  readonly problems: readonly string[];
  readonly problemsBefore?: readonly string[];
}

/** Of variants that are all right, one tells enough. */
const MOST_ANSWERS = 12;

/** @param domainOf the coarse class of a label; for the matrix */
export function pageData(
  assessment: Assessment,
  run: RunResults,
  domainOf: (label: string) => string,
): PageData {
  const compared = assessment.baseline !== undefined;
  const flips: readonly Flip[] = compared
    ? assessment.flips
    : run.results.map((after): Flip => ({ id: after.id, change: 'new', sameInput: true, after }));
  const blame = new Map(assessment.blame.map((one) => [one.id, one]));
  const labels = createLabels(domainOf);
  const cases = flips.flatMap((flip): PageCase[] => {
    const shown = flip.after ?? flip.before;
    if (!shown) return [];
    const own = blame.get(flip.id);
    const shrunk = own?.shrunk
      ? ` Shortest text that goes wrong: "${own.shrunk.text}" (${own.shrunk.flipped}; ${own.shrunk.tokens.join(', ')}).`
      : '';
    return [
      {
        ...caseOf(flip, shown, compared, (label) => labels.indexOf(label)),
        ...(own && { blame: `${own.stage}: ${own.explanation}${shrunk}` }),
      },
    ];
  });
  return { compared, cases, labels: labels.list };
}

/** Numbers labels as they come. */
function createLabels(domainOf: (label: string) => string) {
  const list: (readonly [string, string, string])[] = [];
  const indices = new Map<string, number>();
  const partsOf = (label: string): readonly [string, string, string] => {
    if (label === NONE) return [label, label, label];
    const dot = label.lastIndexOf('.');
    return [label, domainOf(label), dot < 0 ? label : label.slice(0, dot)];
  };
  return {
    list,
    indexOf(label: string): number {
      const known = indices.get(label) ?? list.push(partsOf(label)) - 1;
      indices.set(label, known);
      return known;
    },
  };
}

function caseOf(
  flip: Flip,
  shown: CheckResult,
  compared: boolean,
  indexOf: (label: string) => number,
): PageCase {
  const { id, kind, form, severity, tags, status } = shown;
  const main = mainAnswer(shown);
  return {
    id,
    kind,
    form,
    severity,
    tags,
    state: compared ? flip.change : status,
    ...(!flip.sameInput && flip.before && flip.after && { changedInput: true as const }),
    said: main?.said ?? '',
    pairs: flip.after
      ? confusedPairs(flip.after).map(([expected, got]) => [indexOf(expected), indexOf(got)] as const)
      : [],
    ...(shown.reason !== undefined && { reason: shown.reason }),
    answers: answersOf(flip),
  };
}

/** Old and new side by side; those of variants that are right in both are left out. */
function answersOf({ before, after }: Flip): readonly PageAnswer[] {
  const count = Math.max(before?.answers.length ?? 0, after?.answers.length ?? 0);
  const pairs = Array.from(
    { length: count },
    (_, index) => [before?.answers[index], after?.answers[index]] as const,
  );
  const kind = (after ?? before)?.kind;
  const telling = pairs.filter(
    ([was, is], index) =>
      kind === 'MFT' || index === 0 || (was?.problems.length ?? 0) > 0 || (is?.problems.length ?? 0) > 0,
  );
  return telling.slice(0, MOST_ANSWERS).map(([was, is]) => answerOf(was, is));
}

function answerOf(was: Answer | undefined, is: Answer | undefined): PageAnswer {
  const one = is ?? was;
  return {
    said: one?.said ?? '',
    ...(one?.heard !== undefined && { heard: one.heard }),
    ...(one?.expected && { expected: expectedText(one.expected) }),
    ...(was && { before: gotText(was.got), ...sureOf(was, 'beforeConfidence') }),
    ...(is && { now: gotText(is.got), ...sureOf(is, 'confidence') }),
    ...(is?.reply !== undefined && { reply: is.reply }),
    ...(is?.outcomes && {
      outcomes: is.outcomes
        .map(({ intent, status, rule }) => `${intent}: ${status}${rule === undefined ? '' : ` (${rule})`}`)
        .join(', '),
    }),
    problems: (is?.problems ?? []).map(({ message }) => message),
    ...(was && was.problems.length > 0 && { problemsBefore: was.problems.map(({ message }) => message) }),
  };
}

const sureOf = (answer: Answer, key: 'confidence' | 'beforeConfidence') =>
  answer.got.length === 0 ? {} : { [key]: Math.min(...answer.got.map(({ confidence }) => confidence)) };
