import type { Frame, Problem } from './result.ts';
import type { ExpectedFrame, SlotExpectation } from './suite.ts';

/** Numbers nearer than this are the same. */
const SAME_NUMBER = 1e-6;

/** Intents that do nothing: an utterance that only has these was declined. */
export const isDeclined = (frames: readonly { readonly intent: string }[]): boolean =>
  frames.every(({ intent }) => intent.startsWith('none.'));

/**
 * What is wrong with the commands that were understood. The order of commands does not count; each expected command is
 * held against the one of those left that fits it best.
 * @returns nothing when they are right
 */
export function compareFrames(expected: readonly ExpectedFrame[], got: readonly Frame[]): readonly Problem[] {
  if (expected.length === 0) {
    return isDeclined(got)
      ? []
      : [
          {
            kind: 'not-declined',
            message: `is nothing for the car, but was taken for ${namesOf(got)}`,
            got: namesOf(got),
          },
        ];
  }
  const left = [...got];
  const problems: Problem[] = [];
  // First those that fit wholly, so that a half-fitting neighbour does not take their place.
  const pairs = [...expected]
    .map((wanted) => ({ wanted, found: take(left, (frame) => frameProblems(wanted, frame).length === 0) }))
    .map(({ wanted, found }) => ({
      wanted,
      found: found ?? take(left, ({ intent }) => intent === wanted.intent),
    }))
    .map(({ wanted, found }) => ({ wanted, found: found ?? left.shift() }));
  for (const { wanted, found } of pairs) {
    if (found) problems.push(...frameProblems(wanted, found));
    else
      problems.push({
        kind: 'count',
        message: `${wanted.intent} was not understood`,
        expected: wanted.intent,
      });
  }
  for (const { intent } of left)
    problems.push({ kind: 'count', message: `${intent} was understood as well`, got: intent });
  return problems;
}

function take(left: Frame[], fits: (frame: Frame) => boolean): Frame | undefined {
  const at = left.findIndex(fits);
  return at < 0 ? undefined : left.splice(at, 1)[0];
}

function frameProblems(wanted: ExpectedFrame, got: Frame): readonly Problem[] {
  if (wanted.intent !== got.intent) {
    return [
      {
        kind: 'intent',
        message: `${wanted.intent} was taken for ${got.intent}`,
        expected: wanted.intent,
        got: got.intent,
      },
    ];
  }
  return wanted.slots ? slotProblems(wanted.slots, got) : [];
}

/** @param others whether slots that are not named may be there */
export function slotProblems(
  wanted: Readonly<Record<string, SlotExpectation>>,
  got: Frame,
  others: 'wrong' | 'allowed' = 'wrong',
): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [name, expectation] of Object.entries(wanted)) {
    const slot = got.slots[name];
    const expected = describeSlot(expectation);
    if (!slot) problems.push({ kind: 'slot', name, message: `${name} = ${expected} was missed`, expected });
    else if (!slotFits(expectation, slot)) {
      const unit = slot.unit === undefined ? '' : ` ${slot.unit}`;
      const told = `${[slot.value].flat().join(', ')}${unit} ("${slot.text}")`;
      problems.push({
        kind: 'slot',
        name,
        message: `${name} is ${told} instead of ${expected}`,
        expected,
        got: told,
      });
    }
  }
  for (const [name, slot] of Object.entries(got.slots)) {
    if (others === 'allowed' || name in wanted) continue;
    const told = [slot.value].flat().join(', ');
    problems.push({ kind: 'slot', name, message: `${name} = ${told} is too much`, got: told });
  }
  return problems;
}

type Atom = string | number;
export function slotFits(wanted: SlotExpectation, got: Frame['slots'][string]): boolean {
  const expectation = typeof wanted === 'object' && !Array.isArray(wanted) ? wanted : { value: wanted };
  const { value, unit, within = SAME_NUMBER, text } = expectation;
  if (text !== undefined && plain(text) !== plain(got.text)) return false;
  if (unit !== undefined && plain(unit) !== plain(got.unit ?? '')) return false;
  return value === undefined || sameValues([value].flat(), [got.value].flat(), within);
}

function sameValues(wanted: readonly Atom[], got: readonly Atom[], within: number): boolean {
  const left = [...got];
  for (const value of wanted) {
    const at = left.findIndex((other) => sameAtom(value, other, within));
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return left.length === 0;
}

function sameAtom(wanted: Atom, got: Atom, within: number): boolean {
  if (typeof wanted === 'number' && typeof got === 'number') return Math.abs(wanted - got) <= within;
  return plain(String(wanted)) === plain(String(got));
}

/** Without case, double spaces, marks around it, and an article in front. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^[\s"'“”‘’.,;:!?()]+|[\s"'“”‘’.,;:!?()]+$/gu, '')
    .replace(/^(a|an|the) (?=\S)/, '');

/** For a person: `21 celsius`, `"jazz" (±2)`. */
export function describeSlot(slot: SlotExpectation): string {
  if (typeof slot !== 'object' || Array.isArray(slot)) return [slot].flat().join(', ');
  const { value, unit, within, text } = slot;
  const told = value === undefined ? `"${text ?? ''}"` : [value].flat().join(', ');
  return `${told}${unit === undefined ? '' : ` ${unit}`}${within === undefined ? '' : ` (±${within})`}`;
}

const namesOf = (frames: readonly Frame[]) => frames.map(({ intent }) => intent).join(' + ');
