import type { Allowed } from '../understanding/sample-phrases.ts';
import type { PhraseBook } from '../understanding/phrase-book.ts';
import { contraryOf } from '../understanding/slm/labels.ts';
import { stableHash } from './random.ts';

export const SPLITS = ['train', 'dev', 'test'] as const;
export type Split = (typeof SPLITS)[number];

interface Shares {
  readonly test: number;
  readonly dev: number;
}
/** Of the hand-written lines. */
const LINES: Shares = { test: 0.12, dev: 0.06 };
/** Of an intent's phrases. A phrase is mostly the only one of its kind: what is held out, the model can only guess. */
const PHRASES: Shares = { test: 0.06, dev: 0.03 };
/** Of an open list. */
const ITEMS: Shares = { test: 0.1, dev: 0.05 };

/** What may be drawn for a split. */
export interface SplitOf extends Allowed {
  /** Whether a phrase was never trained. */
  readonly unseen: (intent: string, index: number) => boolean;
}

/** By nothing but its own text, so that no edit elsewhere ever moves it from what is measured to what is trained. */
function owner(text: string, { test, dev }: Shares): Split {
  const hash = stableHash(text);
  return hash < test ? 'test' : hash < test + dev ? 'dev' : 'train';
}

/** Without case and marks: a sentence that differs in nothing else is no new one. */
export const sameWords = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9']+/g, ' ')
    .trim();

/** The split of a hand-written line, whatever is said before it and whatever it is taken to mean. */
export const splitOf = (text: string): Split => owner(sameWords(text), LINES);

/**
 * Which phrases and which items of open lists belong to a split. Contraries are phrased in parallel, line by line: of
 * "take over the speed" and "stop taking over the speed" a model that knew only one would have learnt the wrong thing,
 * so the neighbour of a phrase that is held out is not trained either. Phrases that are trained are measured too, with
 * words and names that were not.
 */
export function holdOut(book: PhraseBook, split: Split): SplitOf {
  const ownerOf = (intent: string, index: number) => {
    const phrase = book.intents.get(intent)?.[index];
    return phrase && owner(`${intent} ${JSON.stringify(phrase)}`, PHRASES);
  };
  const trained = (intent: string, index: number) => {
    const neighbour = ownerOf(contraryOf(intent) ?? intent, index) ?? 'train';
    return ownerOf(intent, index) === 'train' && neighbour === 'train';
  };
  const items = new Map<string, ReadonlySet<string>>();
  for (const [list, { items: all }] of book.lexicons) {
    const own = all.filter((item) => owner(`${list} ${item}`, ITEMS) === split);
    // A list too short to be divided is everybody's.
    items.set(list, new Set(own.length > 0 ? own : all));
  }
  const unseen = (intent: string, index: number) => split !== 'train' && ownerOf(intent, index) === split;
  return {
    pattern: (intent, index) => trained(intent, index) || unseen(intent, index),
    unseen,
    item: (list, item) => items.get(list)?.has(item) ?? false,
  };
}
