import { saidWords } from '../../understanding/match-pattern.ts';
import { isSpeakable } from '../../understanding/speakable.ts';
import type { SuiteCase } from '../read-suite.ts';
import { framesOf, needsCar, type ExpectedFrame } from '../suite.ts';
import { canonicalSlot } from '../formats/canonical.ts';

/** The words of a text as they are spoken: without case, marks, and ways to write a number. */
export const spoken = (text: string): string =>
  isSpeakable(text)
    ? text
    : saidWords(text)
        .map(({ said }) => said)
        .join(' ');

/** What an utterance means depends on this, beside its words. */
export function situationOf({ seat, set, context, advance }: SuiteCase): string {
  return JSON.stringify([
    seat ?? 'driver',
    set ?? {},
    (context ?? []).map(({ who, text }) => [who, spoken(text)]),
    advance ?? 0,
  ]);
}

/** The texts of a case, in order. */
export const textsOf = ({ text, turns }: SuiteCase): readonly string[] =>
  turns ? turns.map((turn) => turn.text ?? turn.audio ?? '') : text === undefined ? [] : [text];

/** Commands that a single utterance must be; undefined when nothing is said about them. */
export const expectedOf = ({ expect }: SuiteCase): readonly ExpectedFrame[] | undefined =>
  expect === undefined ? undefined : framesOf(expect);

/** One way to write the same expectation. */
export const meaningOf = (frames: readonly ExpectedFrame[]): string =>
  JSON.stringify(frames.map(frameText).sort());

/** Whether two expectations can both be met. */
export function agree(one: readonly ExpectedFrame[], other: readonly ExpectedFrame[]): boolean {
  if (meaningOf(one.map(({ intent }) => ({ intent }))) !== meaningOf(other.map(({ intent }) => ({ intent }))))
    return false;
  // Slots that one of them does not compare cannot contradict.
  const compared = [...one, ...other].every(({ slots }) => slots !== undefined);
  return !compared || meaningOf(one) === meaningOf(other);
}

/** Whether a case is about the words alone, so that words and situation say all of it. */
export const isPlain = (case_: SuiteCase): boolean => !needsCar(case_);

function frameText({ intent, slots }: ExpectedFrame): string {
  const entries = Object.entries(slots ?? {}).map(([name, slot]) => [name, canonicalSlot(slot)] as const);
  return JSON.stringify([intent, slots ? entries.sort(([a], [b]) => (a < b ? -1 : 1)) : null]);
}
