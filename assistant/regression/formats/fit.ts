import { isDeepStrictEqual } from 'node:util';
import type { Policy } from '../policy.ts';
import {
  framesOf,
  type CaseInFile,
  type ExpectedFrame,
  type SlotExpectation,
  type SuiteFile,
  type TurnInFile,
} from '../suite.ts';
import { canonicalCase, contentIds, expectOf, without, type Slots } from './canonical.ts';
import type { Carried } from './format.ts';
import { collectLosses, type Losses } from './losses.ts';

/** What a format can say: `fit` follows from it what is lost, so that no writer decides that for itself. */
export interface Holds {
  /** Whether the suite itself is said: its name, description, ontology and moment. */
  readonly suite?: true;
  /** Whose ids survive; the others are made anew from what a case says. */
  readonly ids: 'all' | 'dialogues' | 'none';
  /** Keys of a case, beyond text and expect. */
  readonly keys: readonly (keyof CaseInFile)[];
  readonly dialogues: boolean;
  /** Cases that are nothing for the car. */
  readonly nothing: boolean;
  /** Several commands of one utterance: with their slots, or their labels alone. */
  readonly several: 'all' | 'labels' | 'no';
  /** The text as it would be read back; undefined: it cannot be written. */
  text(text: string): string | undefined;
  /** Whether a label can be written. */
  label(name: string): boolean;
  /** Slots as they would be read back; left out by formats without slots. */
  slots?(slots: Slots, text: string): Slots;
  /** Whether each case says if its slots are compared, or all do as soon as one has any. */
  readonly compares?: 'each' | 'all-or-none';
  /** Those tags that survive; left out by formats without tags. */
  tags?(tags: readonly string[]): readonly string[];
  /** What is left of a policy; left out by formats without one. */
  policy?(policy: Policy): Policy | undefined;
}

const NAMES: Partial<Record<keyof CaseInFile, string>> = {
  audio: 'sound files',
  seat: 'seats',
  advance: 'passing time (advance)',
  settle: 'passing time (settle)',
  set: 'signals set before (set)',
  expectStatus: 'expected statuses',
  expectState: 'expected signals (expectState)',
  expectRefusal: 'expected refusals',
  expectReply: 'expected replies',
  context: 'turns before the utterance (context)',
  invariance: 'invariance tests',
  direction: 'directional tests',
  severity: 'severities',
  note: 'notes',
};
const ALWAYS: readonly (keyof CaseInFile)[] = ['id', 'text', 'expect', 'turns', 'tags'];

/** Makes a suite fit a format. What is left can be written and read back as it is. */
export function fit(suite: SuiteFile, holds: Holds): Carried {
  const losses = collectLosses();
  const fitted = suite.cases.flatMap((case_) => fitCase(canonicalCase(case_), holds, losses) ?? []);
  const compared = holds.compares === 'all-or-none' ? alike(fitted, losses) : fitted;
  const policy = fitPolicy(suite.policy, holds, losses);
  const said = without(suite, 'policy', 'cases');
  if (!holds.suite)
    for (const key of Object.keys(said)) if (key !== 'ontology') losses.add(`of the suite: "${key}"`);
  const idOf = contentIds();
  return {
    suite: {
      ...(holds.suite ? said : { ontology: 'none' }),
      ...(policy && { policy }),
      cases: compared.map((case_): CaseInFile => {
        if (holds.ids === 'all' || (holds.ids === 'dialogues' && case_.turns)) return case_;
        const id = idOf(case_);
        if (id !== case_.id) losses.add('ids (made anew from what the cases say)', case_.id);
        return { ...case_, id };
      }),
    },
    losses: losses.list(),
  };
}

function fitCase(case_: CaseInFile, holds: Holds, losses: Losses): CaseInFile | undefined {
  const { id } = case_;
  if (case_.turns) {
    const [first, ...others] = case_.turns;
    if (others.length === 0 && first) {
      losses.add('dialogues of a single turn (they become utterances)', id);
      return fitCase({ ...without(case_, 'turns'), ...first }, holds, losses);
    }
    if (!holds.dialogues) {
      losses.add('dialogues', id);
      return undefined;
    }
    const turns = case_.turns.map((turn) => fitTurn({ ...turn, id }, holds, losses));
    if (turns.includes(undefined)) return undefined;
    const plain = turns.map((turn) => without(turn ?? { id }, 'id'));
    return { id, turns: plain, ...around(case_, holds, losses) };
  }
  const turn = fitTurn(case_, holds, losses);
  return turn && { ...turn, ...around(case_, holds, losses) };
}

/** Tags, and the keys that the format has. */
function around(case_: CaseInFile, holds: Holds, losses: Losses): Partial<CaseInFile> {
  const kept: Partial<CaseInFile> = {};
  if (case_.tags) {
    const tags = [...(holds.tags?.(case_.tags) ?? [])];
    if (!isDeepStrictEqual(tags, case_.tags)) losses.add('tags', case_.id);
    if (tags.length > 0) kept.tags = tags;
  }
  if (case_.turns) return { ...kept, ...keysOf(case_, holds, losses) };
  return kept;
}

function keysOf(case_: CaseInFile, holds: Holds, losses: Losses): Partial<CaseInFile> {
  const entries = Object.entries(case_).filter(([name, value]) => {
    const key = name as keyof CaseInFile;
    if (ALWAYS.includes(key) || value === undefined) return false;
    if (holds.keys.includes(key)) return true;
    losses.add(NAMES[key] ?? key, case_.id);
    return false;
  });
  return Object.fromEntries(entries);
}

/** @returns undefined when the case cannot be written at all */
function fitTurn(turn: CaseInFile, holds: Holds, losses: Losses): CaseInFile | undefined {
  const { id, expect } = turn;
  const drop = (what: string): undefined => {
    losses.add(`whole cases: ${what}`, id);
    return undefined;
  };
  if (turn.text === undefined) {
    drop('sound without its words');
    return;
  }
  if (expect === undefined) {
    drop('no commands are expected');
    return;
  }
  const text = holds.text(turn.text);
  if (text === undefined) {
    drop('the format cannot write their words');
    return;
  }
  if (text !== turn.text) losses.add('spaces and line breaks as they were', id);
  const frames = framesOf(expect);
  if (frames.length === 0 && !holds.nothing) {
    drop('nothing for the car');
    return;
  }
  if (frames.length > 1 && holds.several === 'no') {
    drop('several commands in one utterance');
    return;
  }
  if (frames.some(({ intent }) => !holds.label(intent))) {
    drop('the format cannot write their labels');
    return;
  }
  const kept = frames.map((frame) =>
    fitFrame(frame, text, frames.length, holds, (what) => losses.add(what, id)),
  );
  return { id, text, expect: expectOf(kept), ...keysOf(turn, holds, losses) };
}

function fitFrame(
  { intent, slots }: ExpectedFrame,
  text: string,
  count: number,
  holds: Holds,
  lose: (what: string) => unknown,
): ExpectedFrame {
  if (!slots) return { intent };
  if (!holds.slots) {
    lose('slots');
    return { intent };
  }
  if (count > 1 && holds.several === 'labels') {
    lose('slots of several commands');
    return { intent };
  }
  const kept = holds.slots(slots, text);
  for (const [name, slot] of Object.entries(slots)) {
    const left = kept[name];
    if (left === undefined) lose('slots that the format cannot write');
    else if (!isDeepStrictEqual(unordered(left), unordered(slot)))
      lose('of slots: values, units, tolerances or words (the rest of them is kept)');
  }
  return { intent, slots: kept };
}

/** Lists are compared in any order. */
const unordered = (slot: SlotExpectation): SlotExpectation => (Array.isArray(slot) ? [...slot].sort() : slot);

/** As soon as one case has slots, all are compared: the format has no other way to say it. */
function alike(cases: readonly CaseInFile[], losses: Losses): readonly CaseInFile[] {
  const some = cases.some((case_) => framesIn(case_).some(({ slots = {} }) => Object.keys(slots).length > 0));
  const change = (id: string, expect: TurnInFile['expect']): TurnInFile['expect'] => {
    const frames = framesOf(expect ?? []);
    const [only] = frames;
    if (!only || frames.length > 1 || (only.slots !== undefined) === some) return expect;
    losses.add(some ? 'that slots are not compared' : 'that there must be no slots', id);
    return expectOf([some ? { ...only, slots: {} } : { intent: only.intent }]);
  };
  return cases.map((case_) =>
    case_.turns
      ? {
          ...case_,
          turns: case_.turns.map((turn) => ({
            ...turn,
            expect: change(case_.id, turn.expect),
          })),
        }
      : { ...case_, expect: change(case_.id, case_.expect) },
  );
}

const framesIn = ({ expect, turns = [] }: CaseInFile): readonly ExpectedFrame[] =>
  [expect, ...turns.map((turn) => turn.expect)].flatMap((one) => framesOf(one ?? []));

function fitPolicy(policy: Policy | undefined, holds: Holds, losses: Losses): Policy | undefined {
  const kept = policy && holds.policy?.(policy);
  if (policy && !isDeepStrictEqual(kept, policy)) losses.add('of the suite: parts of its policy');
  return kept;
}
