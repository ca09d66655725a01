import type { CaseInFile, TurnInFile } from '../suite.ts';
import { canonicalCase, contentIds, expectOf, uniqueIds, type Slots } from './canonical.ts';

/** An utterance as a reader found it. */
export interface ReadUtterance {
  readonly text: string;
  /** None: nothing for the car. */
  readonly intents: readonly string[];
  /** Of a single command. Left out: the file says nothing about slots. */
  readonly slots?: Slots;
}

export interface ReadCase {
  readonly id?: string;
  readonly turns: readonly ReadUtterance[];
  readonly tags?: readonly string[];
  readonly more?: Partial<CaseInFile>;
}

/**
 * Makes cases of what was read: the counterpart of `fit`.
 * @param compares `all-or-none`: without any slot in all the files, slots are not compared
 */
export function assemble(
  read: readonly ReadCase[],
  compares: 'each' | 'all-or-none' | 'never',
): readonly CaseInFile[] {
  const compared =
    compares === 'each' ||
    (compares === 'all-or-none' &&
      read.some(({ turns }) => turns.some(({ slots = {} }) => Object.keys(slots).length > 0)));
  const turnOf = ({ text, intents, slots }: ReadUtterance): TurnInFile & { text: string } => {
    const [intent] = intents;
    const single = intents.length === 1 && intent !== undefined;
    return {
      text,
      expect: expectOf(
        single
          ? [{ intent, ...(compared && slots && { slots }) }]
          : intents.map((name) => ({ intent: name })),
      ),
    };
  };
  const [made, unique] = [contentIds(), uniqueIds()];
  return read.flatMap(({ id, turns, tags, more }): CaseInFile[] => {
    const [first, ...others] = turns.map(turnOf);
    if (!first) return [];
    const said = others.length === 0 ? first : { turns: [first, ...others] as [TurnInFile, ...TurnInFile[]] };
    const case_ = { ...said, ...more, ...(tags && { tags: [...tags] }) };
    return [canonicalCase({ ...case_, id: id === undefined ? made(case_) : unique(id) })];
  });
}
