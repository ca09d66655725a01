import { createHash } from 'node:crypto';
import type { Seat } from '../../vehicle/command.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import type { Utterance } from '../understanding/interpreter.ts';
import { negated, variantsOf, type Synonyms } from './perturb.ts';
import { SuiteError, type SuiteProblem } from './problems.ts';
import { type Suite, type SuiteCase } from './read-suite.ts';
import type { CheckKind, CheckResult, RunHeader } from './result.ts';
import {
  framesOf,
  needsCar,
  type Direction,
  type DirectionExpectation,
  type ExpectedFrame,
  type TurnInFile,
} from './suite.ts';

/** A sound file as the shell found it. */
export interface Sound {
  readonly path: string;
  readonly digest: string;
}

/** What happens in the car for one turn; plain data, so that it can be sent to another thread. */
export interface SceneTurn {
  readonly text?: string;
  /** Absolute path of a WAV file; it is played instead of the text. */
  readonly audio?: string | undefined;
  readonly seat: Seat;
  readonly advance: number;
  readonly set: Readonly<Record<string, SignalValue>>;
  readonly settle: number;
  /** Paths of signals to be read afterwards. */
  readonly watch: readonly string[];
}

export interface Scene {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly turns: readonly SceneTurn[];
}

/** What is asked: utterances that are only understood, or a scene in a car. */
export type Question =
  | {
      readonly form: 'text';
      readonly now: number;
      /** Whether the answer is wanted in the model's own labels, or in the car's. */
      readonly own: boolean;
      readonly utterances: readonly Utterance[];
    }
  | { readonly form: 'scene'; readonly scene: Scene; readonly missing: readonly string[] };

/** How answers are judged. */
export type Judgement =
  | { readonly kind: 'MFT'; readonly turns: readonly TurnInFile[] }
  /** The first utterance is the original; the others must be answered alike. */
  | { readonly kind: 'INV' }
  | {
      readonly kind: 'DIR';
      readonly expected: readonly ExpectedFrame[];
      readonly expect: DirectionExpectation;
    };

/** One thing that a run asks and judges: a case, its invariance under one kind of change, or one direction. */
export interface Check {
  readonly id: string;
  readonly case: SuiteCase;
  readonly question: Question;
  readonly judgement: Judgement;
  /** Digest of everything that goes in. */
  readonly input: string;
}

export interface Expansion {
  /** Of the noise in INV variants. */
  readonly seed: number;
  readonly synonyms: Synonyms;
  /** Finds a sound file, relative to the suite that names it; undefined when there is none. */
  readonly sound: (path: string, suiteFile: string) => Sound | undefined;
}

/**
 * All checks of the suites, in the order of their ids.
 * @throws SuiteError when a direction cannot be made from its case's words
 */
export function expand(suites: readonly Suite[], by: Expansion): readonly Check[] {
  const problems: SuiteProblem[] = [];
  const checks = suites.flatMap((suite) =>
    suite.cases.flatMap((case_) => {
      try {
        return checksOf(suite, case_, by);
      } catch (error) {
        if (!(error instanceof SuiteError)) throw error;
        problems.push(...error.problems);
        return [];
      }
    }),
  );
  if (problems.length > 0) throw new SuiteError(problems);
  return checks.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function checksOf(suite: Suite, case_: SuiteCase, by: Expansion): readonly Check[] {
  const expected = case_.expect === undefined ? [] : framesOf(case_.expect);
  const utterance = (text: string): Utterance => ({ text, ...(case_.context && { context: case_.context }) });
  const texts = (...all: readonly string[]): Question => ({
    form: 'text',
    now: suite.now,
    own: suite.ontology !== 'drivetalk',
    utterances: all.map(utterance),
  });
  const text = case_.text ?? '';
  const check = (
    id: string,
    question: Question,
    judgement: Judgement,
    sounds: readonly string[] = [],
  ): Check => {
    const input = createHash('sha256').update(JSON.stringify([withoutPaths(question), sounds]));
    return { id, case: case_, question, judgement, input: input.digest('hex').slice(0, 16) };
  };
  const checks: Check[] = [];
  if (needsCar(case_)) {
    const { scene, sounds, missing } = sceneOf(suite, case_, by);
    const turns = case_.turns ?? [case_];
    checks.push(check(case_.id, { form: 'scene', scene, missing }, { kind: 'MFT', turns }, sounds));
  } else if (case_.expect !== undefined) {
    checks.push(check(case_.id, texts(text), { kind: 'MFT', turns: [case_] }));
  }
  for (const { kind, texts: variants } of variantsOf(case_, expected, by))
    checks.push(check(`${case_.id}~${kind}`, texts(text, ...variants), { kind: 'INV' }));
  for (const [index, direction] of (case_.direction ?? []).entries()) {
    checks.push(
      check(
        `${case_.id}~${direction.id ?? `direction-${index + 1}`}`,
        texts(text, changedText(case_, direction)),
        { kind: 'DIR', expected, expect: direction.expect },
      ),
    );
  }
  return checks;
}

/** A sound is its bytes, wherever it lies. */
const withoutPaths = (question: Question) =>
  question.form === 'text'
    ? question
    : { ...question.scene, turns: question.scene.turns.map((turn) => ({ ...turn, audio: undefined })) };

function sceneOf(suite: Suite, case_: SuiteCase, { sound }: Expansion) {
  const sounds: string[] = [];
  const missing: string[] = [];
  const turns = (case_.turns ?? [case_]).map((turn, index): SceneTurn => {
    const found = turn.audio === undefined ? undefined : sound(turn.audio, suite.file);
    if (found) sounds.push(found.digest);
    else if (turn.audio !== undefined) missing.push(turn.audio);
    return {
      ...(turn.text !== undefined && { text: turn.text }),
      ...(found && { audio: found.path }),
      seat: turn.seat ?? case_.seat ?? 'driver',
      advance: turn.advance ?? 0,
      // What a dialogue sets for itself is set before its first turn.
      set: { ...(index === 0 && case_.set), ...turn.set },
      settle: turn.settle ?? 0,
      watch: Object.keys(turn.expectState ?? {}),
    };
  });
  const scene: Scene = { now: suite.now, turns };
  return { scene, sounds, missing };
}

function changedText({ text = '', where }: SuiteCase, { text: own, replace, negate }: Direction): string {
  if (own !== undefined) return own;
  if (negate) {
    const not = negated(text);
    if (not !== undefined) return not;
    const message = `negate: "${text}" is no order that begins with a verb; write the changed text yourself`;
    throw new SuiteError([{ ...where, message }]);
  }
  return Object.entries(replace ?? {}).reduce((changed, [words, others]) => {
    const at = changed.toLowerCase().indexOf(words.toLowerCase());
    if (at >= 0) return changed.slice(0, at) + others + changed.slice(at + words.length);
    throw new SuiteError([{ ...where, message: `replace: "${words}" does not stand in "${text}"` }]);
  }, text);
}

export const kindOf = ({ judgement }: Check): CheckKind => judgement.kind;

export const formOf = ({ case: { turns, audio } }: Check): CheckResult['form'] =>
  turns ? 'dialogue' : audio === undefined ? 'text' : 'audio';

/** Digest of all that is asked and expected: what a baseline was made for. */
export function suiteDigest(checks: readonly Check[]): string {
  const hash = createHash('sha256');
  for (const {
    id,
    input,
    judgement,
    case: { severity, tags },
  } of checks)
    hash.update(JSON.stringify([id, input, judgement, severity, tags]));
  return hash.digest('hex').slice(0, 16);
}

/** Whether a check belongs to a shard: by its case's id alone, so that new cases move no others. @param shard `i/n`, from 1 */
export function inShard({ case: { id } }: Check, shard: string): boolean {
  const [index = 1, count = 1] = shard.split('/').map(Number);
  return createHash('sha256').update(id).digest().readUInt32BE() % count === index - 1;
}

/** The part of a run that was asked for. */
export function selected(
  checks: readonly Check[],
  { shard, only }: Pick<RunHeader, 'shard' | 'only'>,
): readonly Check[] {
  return checks.filter(
    (check) =>
      (shard === undefined || inShard(check, shard)) &&
      (only === undefined || only.some((tag) => check.case.tags.includes(tag))),
  );
}
