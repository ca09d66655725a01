import type { SignalValue } from '../../vehicle/signals/signal.ts';
import type { InterpretedCommand, RawFrame } from '../understanding/interpreter.ts';
import { contraryOf } from '../understanding/slm/labels.ts';
import { formOf, kindOf, type Check } from './checks.ts';
import { compareFrames, isDeclined, slotProblems } from './match.ts';
import type { Answer, CheckResult, Frame, Problem } from './result.ts';
import {
  framesOf,
  type DirectionExpectation,
  type ExpectedFrame,
  type SlotExpectation,
  type StateExpectation,
  type TurnInFile,
} from './suite.ts';

/** What an engine said of one utterance, or what happened in one turn of a scene. */
export interface Observation {
  readonly heard?: string;
  readonly got: readonly Frame[];
  readonly rejected: readonly Frame[];
  readonly outcomes?: readonly { readonly intent: string; readonly status: string; readonly rule?: string }[];
  readonly reply?: string;
  readonly state?: Readonly<Record<string, SignalValue>>;
}

/** Answers to a check's question, or why there are none. */
export type Observed =
  | { readonly turns: readonly Observation[] }
  | { readonly failed: 'no-answer' | 'not-run'; readonly reason: string };

/** More digits differ between machines. */
const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

/** A command as results keep it. */
export function frameOf({ intent, slots, confidence }: InterpretedCommand | RawFrame): Frame {
  const kept: Frame['slots'] = {};
  for (const [name, slot] of Object.entries(slots)) {
    const value = typeof slot.value === 'object' ? [...slot.value] : slot.value;
    kept[name] = { text: slot.text, value, ...(slot.unit !== undefined && { unit: slot.unit }) };
  }
  return { intent, slots: kept, confidence: rounded(confidence) };
}

/** Judges what was observed. Pure: the same observation gives the same result. */
export function judge(check: Check, observed: Observed): CheckResult {
  const { id, case: case_, input } = check;
  const whole = {
    id,
    case: case_.id,
    kind: kindOf(check),
    form: formOf(check),
    severity: case_.severity,
    tags: [...case_.tags],
    input,
  };
  if ('failed' in observed)
    return { ...whole, status: observed.failed, answers: [], reason: observed.reason };
  const answers = answersTo(check, observed.turns);
  const wrong = answers.some(({ problems }) => problems.length > 0);
  return { ...whole, status: wrong ? 'wrong' : 'right', answers };
}

function answersTo({ judgement, question }: Check, turns: readonly Observation[]): Answer[] {
  if (judgement.kind === 'MFT') {
    return judgement.turns.map((turn, index): Answer => {
      const seen = turns[index] ?? { got: [], rejected: [] };
      return answerOf(turn.text ?? turn.audio ?? '', seen, turnProblems(turn, seen), turn.expect);
    });
  }
  const said = question.form === 'text' ? question.utterances.map(({ text }) => text) : [];
  const [original = { got: [], rejected: [] }] = turns;
  return turns.map((seen, index): Answer => {
    const problems =
      index === 0
        ? []
        : judgement.kind === 'INV'
          ? invarianceProblems(original, seen)
          : directionProblems(judgement.expected, judgement.expect, original, seen);
    return answerOf(said[index] ?? '', seen, problems);
  });
}

function answerOf(
  said: string,
  { heard, got, rejected, outcomes, reply }: Observation,
  problems: readonly Problem[],
  expect?: TurnInFile['expect'],
): Answer {
  return {
    said,
    ...(heard !== undefined && { heard }),
    ...(expect !== undefined && {
      expected: framesOf(expect).map(({ intent, slots }) => ({
        intent,
        ...(slots && { slots: { ...slots } }),
      })),
    }),
    got: [...got],
    rejected: [...rejected],
    ...(outcomes && { outcomes: outcomes.map((outcome) => ({ ...outcome })) }),
    ...(reply !== undefined && { reply }),
    problems: [...problems],
  };
}

/** Everything that a turn expects. */
export function turnProblems(turn: TurnInFile, seen: Observation): readonly Problem[] {
  const { outcomes = [], reply = '', state = {} } = seen;
  const problems: Problem[] = [];
  if (turn.expect !== undefined) problems.push(...compareFrames(framesOf(turn.expect), seen.got));
  if (turn.expectStatus !== undefined) {
    const got = outcomes.map(({ status }) => status);
    const wanted =
      typeof turn.expectStatus === 'string'
        ? Array.from({ length: Math.max(1, got.length) }, () => turn.expectStatus as string)
        : turn.expectStatus;
    if (wanted.join() !== got.join()) {
      const [expected, told] = [wanted.join(', '), got.join(', ') || 'nothing'];
      problems.push({
        kind: 'status',
        message: `the car said ${told} instead of ${expected}`,
        expected,
        got: told,
      });
    }
  }
  if (turn.expectRefusal !== undefined) {
    const rules = outcomes.flatMap(({ rule }) => (rule === undefined ? [] : [rule]));
    if (!rules.includes(turn.expectRefusal)) {
      const told = rules.join(', ') || 'no rule';
      const message = `${turn.expectRefusal} should have refused it, but ${told} did`;
      problems.push({ kind: 'refusal', message, expected: turn.expectRefusal, got: told });
    }
  }
  for (const [path, wanted] of Object.entries(turn.expectState ?? {})) {
    if (stateFits(wanted, state[path])) continue;
    const [expected, told] = [describeState(wanted), String(state[path] ?? 'unknown')];
    problems.push({
      kind: 'state',
      name: path,
      message: `${path} is ${told} instead of ${expected}`,
      expected,
      got: told,
    });
  }
  if (turn.expectReply !== undefined && !new RegExp(turn.expectReply, 'i').test(reply)) {
    const message = `the reply "${reply}" does not fit /${turn.expectReply}/`;
    problems.push({ kind: 'reply', message, expected: turn.expectReply, got: reply });
  }
  return problems;
}

const SAME_STATE = 1e-6;

function stateFits(wanted: StateExpectation, got: SignalValue | undefined): boolean {
  if (got === undefined) return false;
  if (typeof wanted === 'object' && !Array.isArray(wanted)) {
    if (typeof got !== 'number') return false;
    return 'value' in wanted
      ? Math.abs(got - wanted.value) <= wanted.within
      : got >= (wanted.min ?? -Infinity) && got <= (wanted.max ?? Infinity);
  }
  if (typeof wanted === 'number' && typeof got === 'number') return Math.abs(wanted - got) <= SAME_STATE;
  return JSON.stringify(wanted) === JSON.stringify(got);
}

function describeState(wanted: StateExpectation): string {
  if (typeof wanted !== 'object' || Array.isArray(wanted)) return String(wanted);
  if ('value' in wanted) return `${wanted.value} (±${wanted.within})`;
  return [
    ...(wanted.min === undefined ? [] : [`at least ${wanted.min}`]),
    ...(wanted.max === undefined ? [] : [`at most ${wanted.max}`]),
  ].join(' and ');
}

/** An answer as an expectation, by value. */
export const asExpected = (frames: readonly Frame[]): readonly ExpectedFrame[] =>
  isDeclined(frames)
    ? []
    : frames.map(({ intent, slots }) => ({
        intent,
        slots: Object.fromEntries(
          Object.entries(slots).map(([name, { value, unit }]): [string, SlotExpectation] => {
            const [first = '', ...rest] = [value].flat();
            return [
              name,
              { value: rest.length > 0 ? [first, ...rest] : first, ...(unit !== undefined && { unit }) },
            ];
          }),
        ),
      }));

const invarianceProblems = (original: Observation, seen: Observation): readonly Problem[] =>
  compareFrames(asExpected(original.got), seen.got).map((problem) => ({ ...problem, kind: 'changed' }));

/** @param expected frames of the case; the original's own answer where it expects none */
function directionProblems(
  expected: readonly ExpectedFrame[],
  expect: DirectionExpectation,
  original: Observation,
  seen: Observation,
): readonly Problem[] {
  const base = expected.length > 0 ? expected : asExpected(original.got);
  const problem = (message: string): Problem => ({ kind: 'direction', message });
  if (expect === 'declined')
    return isDeclined(seen.got) ? [] : [problem(`should be declined, but was ${namesOf(seen.got)}`)];
  if (expect === 'not-executed') {
    const again = seen.got.filter(({ intent }) => base.some((frame) => frame.intent === intent));
    return again.map(({ intent }) => problem(`${intent} would be carried out all the same`));
  }
  if (expect === 'opposite') {
    return base.flatMap(({ intent }) => {
      const contrary = contraryOf(intent);
      return contrary !== undefined && seen.got.some((frame) => frame.intent === contrary)
        ? []
        : [problem(`should be ${contrary ?? `the contrary of ${intent}`}, but was ${namesOf(seen.got)}`)];
    });
  }
  if ('confidence' in expect) {
    const step = (seen.got[0]?.confidence ?? 0) - (original.got[0]?.confidence ?? 0);
    const fits =
      expect.confidence === 'higher' ? step >= expect.by && step > 0 : -step >= expect.by && step < 0;
    return fits
      ? []
      : [problem(`the confidence should be ${expect.confidence}, but moved by ${rounded(step)}`)];
  }
  if ('slots' in expect) {
    return base.flatMap(({ intent }) => {
      const frame = seen.got.find((other) => other.intent === intent);
      if (!frame) return [problem(`should still be ${intent}, but was ${namesOf(seen.got)}`)];
      return slotProblems(expect.slots, frame, 'allowed').map(({ message }) => problem(message));
    });
  }
  return compareFrames(framesOf(expect.frames), seen.got).map(({ message }) => problem(message));
}

const namesOf = (frames: readonly Frame[]) => frames.map(({ intent }) => intent).join(' + ');
