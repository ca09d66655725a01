import { createHash } from 'node:crypto';
import type { Suite, SuiteCase } from '../read-suite.ts';
import {
  DEFAULT_NOW,
  DEFAULT_SEVERITY,
  framesOf,
  type CaseInFile,
  type ExpectedFrame,
  type SlotExpectation,
  type SuiteFile,
  type TurnInFile,
} from '../suite.ts';

export type Slots = Readonly<Record<string, SlotExpectation>>;

/** A suite as it would be written, with one way to write each thing: so that two suites can be compared. */
export function suiteFileOf({ name, file, ontology, now, policy, cases }: Suite): SuiteFile {
  const start = new Date(now).toISOString().replace(/(\.000)?Z$/, '');
  return {
    ...(name !== file && { suite: name }),
    ...(ontology !== 'drivetalk' && { ontology }),
    ...(start !== DEFAULT_NOW && { now: start }),
    ...(policy && { policy }),
    cases: cases.map(withoutPlace),
  };
}

function withoutPlace(case_: SuiteCase): CaseInFile {
  return canonicalCase({ ...without(case_, 'where'), tags: [...case_.tags] });
}

/** The same without some keys. */
export function without<From extends object, Key extends keyof From>(
  from: From,
  ...keys: readonly Key[]
): Omit<From, Key> {
  const left = { ...from };
  for (const key of keys) Reflect.deleteProperty(left, key);
  return left;
}

export function canonicalCase({ severity, tags, turns, ...rest }: CaseInFile): CaseInFile {
  return {
    ...canonicalTurn(rest),
    ...(turns && { turns: turns.map(canonicalTurn) }),
    ...(tags && tags.length > 0 && { tags: [...new Set(tags)].sort() }),
    ...(severity !== undefined && severity !== DEFAULT_SEVERITY && { severity }),
  };
}

function canonicalTurn<Turn extends Pick<TurnInFile, 'expect' | 'note'>>({ expect, note, ...rest }: Turn) {
  return {
    ...rest,
    ...(expect !== undefined && { expect: expectOf(framesOf(expect)) }),
    ...(note && { note }),
  };
}

/** Expected commands the way they are written. */
export function expectOf(frames: readonly ExpectedFrame[]): NonNullable<TurnInFile['expect']> {
  const plain = frames.map(({ intent, slots }) => ({
    intent,
    ...(slots && {
      slots: Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, canonicalSlot(slot)])),
    }),
  }));
  const [only] = plain;
  return plain.length === 1 && only ? only : plain;
}

/** A value that says nothing but itself stands alone. */
export function canonicalSlot(slot: SlotExpectation): SlotExpectation {
  if (typeof slot !== 'object' || Array.isArray(slot)) return slot;
  const { value, ...rest } = slot;
  return value !== undefined && Object.keys(rest).length === 0 ? value : slot;
}

/**
 * Ids for cases that bring none: of what they say, so that an id stays when the file around it changes. The same
 * case twice gets a number.
 */
export function contentIds(): (case_: Pick<CaseInFile, 'text' | 'turns' | 'expect' | 'tags'>) => string {
  const taken = uniqueIds();
  return ({ text, turns, expect, tags = [] }) => {
    const content = JSON.stringify([text ?? turns?.map(({ text }) => text), sorted(expect), tags]);
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
    const [first] = expect === undefined ? [] : framesOf(expect);
    return taken(`${first?.intent ?? (turns ? 'dialogue' : 'none')}-${hash}`);
  };
}

/** Turns names into ids: with the signs that an id may have, and each only once. */
export function uniqueIds(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    const base = wanted.replace(/[^\w.:/+-]+/g, '-').replace(/^-+|-+$/g, '') || 'case';
    let id = base;
    for (let count = 2; taken.has(id); count++) id = `${base}-${count}`;
    taken.add(id);
    return id;
  };
}

/** The same whatever the order of keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
