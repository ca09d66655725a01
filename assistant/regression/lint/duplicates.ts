import type { Suite } from '../read-suite.ts';
import { without } from '../formats/canonical.ts';
import { casesOf, where, type Finding, type Placed } from './finding.ts';
import { agree, expectedOf, isPlain, meaningOf, situationOf, spoken, textsOf } from './texts.ts';

/** The same words in the same situation: twice for nothing, or with two meanings. */
export function duplicates(suites: readonly Suite[]): readonly Finding[] {
  const findings: Finding[] = [];
  const first = new Map<string, Placed>();
  for (const placed of casesOf(suites)) {
    const { case_ } = placed;
    const words = textsOf(case_).map(spoken);
    if (words.length === 0 || case_.audio !== undefined) continue;
    const key = JSON.stringify([words, situationOf(case_)]);
    const known = first.get(key);
    if (!known) first.set(key, placed);
    else findings.push(...compare(known, placed));
  }
  return findings;
}

function compare(first: Placed, second: Placed): readonly Finding[] {
  const [{ case_: known }, { case_ }] = [first, second];
  const [before, now] = [expectedOf(known), expectedOf(case_)];
  const twin = `${known.id} (${where(known.where)})`;
  if (before && now && !agree(before, now)) {
    return [
      {
        ...case_.where,
        rule: 'contradiction',
        severity: 'error',
        message: `${case_.id} expects ${names(now)} of the words for which ${twin} expects ${names(before)}`,
        advice: 'no model can satisfy both: decide, or give each its context, seat or signals',
      },
    ];
  }
  const differs = !isPlain(known) || !isPlain(case_);
  if (differs && question(first) !== question(second)) return [];
  return [
    {
      ...case_.where,
      rule: 'duplicate',
      severity: 'warning',
      message: `${case_.id} says the same as ${twin}`,
      advice: 'remove one: it counts twice and tests once',
    },
  ];
}

const question = ({ case_ }: Placed) =>
  JSON.stringify(without(case_, 'id', 'where', 'tags', 'severity', 'note'));

const names = (frames: NonNullable<ReturnType<typeof expectedOf>>) =>
  frames.length === 0
    ? 'nothing'
    : frames.map(({ intent, slots }) => `${intent}${slots ? ` ${JSON.stringify(slots)}` : ''}`).join(' + ');

/** Texts shorter than this differ by one word and are another wish. */
const FEWEST_WORDS = 5;

/**
 * Utterances with the same meaning that differ in a single word. Two texts do so exactly when both become the same by
 * leaving a word out at the same place, or one of them by leaving out a word: that makes it a look-up for each word,
 * and no comparison of all with all.
 */
export function nearDuplicates(suites: readonly Suite[]): readonly Finding[] {
  const seen = new Map<string, Placed>();
  const findings: Finding[] = [];
  for (const placed of casesOf(suites)) {
    const { case_ } = placed;
    const expected = expectedOf(case_);
    if (!expected || case_.text === undefined || !isPlain(case_)) continue;
    const words = spoken(case_.text).split(' ');
    if (words.length < FEWEST_WORDS) continue;
    const meaning = `${meaningOf(expected)}${situationOf(case_)}`;
    const keys = [
      JSON.stringify([meaning, words.join(' ')]),
      ...words.map((_, gap) =>
        JSON.stringify([meaning, words.filter((__, at) => at !== gap).join(' '), gap]),
      ),
      ...words.map((_, gap) => JSON.stringify([meaning, words.filter((__, at) => at !== gap).join(' ')])),
    ];
    const twin = keys
      .map((key) => seen.get(key))
      .find((one) => one !== undefined && one.case_.id !== case_.id);
    // The whole text stands for those that have one word more.
    for (const key of keys.slice(0, words.length + 1)) if (!seen.has(key)) seen.set(key, placed);
    if (!twin || spoken(twin.case_.text ?? '') === words.join(' ')) continue;
    findings.push({
      ...case_.where,
      rule: 'near-duplicate',
      severity: 'note',
      message: `${case_.id} "${case_.text}" differs from ${twin.case_.id} "${twin.case_.text ?? ''}" (${where(twin.case_.where)}) in one word, and means the same`,
      advice: 'keep both only when that word is what is tested; invariance tests vary words by themselves',
    });
  }
  return findings;
}
