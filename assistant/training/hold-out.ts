import type { Allowed } from '../understanding/sample-phrases.ts';
import type { PhraseBook } from '../understanding/phrase-book.ts';
import { stableHash } from './random.ts';

export const SPLITS = ['train', 'dev', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** Of the hand-written lines. */
const LINES = 0.12;
/** Of an intent's phrases. A phrase is mostly the only one of its kind: what is held out, the model can only guess. */
const PHRASES = 0.06;
/** Of an open list. */
const ITEMS = 0.1;

/** What may be drawn for a split. */
export interface SplitOf extends Allowed {
  /** Whether a phrase was never trained. */
  readonly unseen: (intent: string, index: number) => boolean;
}

/**
 * Which phrases and which items of open lists belong to a split. Contraries are phrased in parallel, line by line, and
 * are held out together: of "take over the speed" and "stop taking over the speed" a model that knew only one would
 * have learnt the wrong thing. The two commonest phrases of an intent are always trained, and phrases that are trained
 * are measured too, with words and names that were not.
 */
export function holdOut(book: PhraseBook, split: Split): SplitOf {
  const owner = (key: string, share: number): Split => {
    const hash = stableHash(key);
    return hash < share ? 'test' : hash < 2 * share ? 'dev' : 'train';
  };
  const phraseOwner = (intent: string, index: number) =>
    index < 2 ? 'train' : owner(`${intent.slice(0, intent.lastIndexOf('.'))} ${index}`, PHRASES);
  const items = new Map<string, ReadonlySet<string>>();
  for (const [list, { items: all }] of book.lexicons) {
    const own = all.filter((item) => owner(`${list} ${item}`, ITEMS) === split);
    // A list too short to be divided is everybody's.
    items.set(list, new Set(own.length > 0 ? own : all));
  }
  return {
    pattern: (intent, index) => ['train', split].includes(phraseOwner(intent, index)),
    unseen: (intent, index) => split !== 'train' && phraseOwner(intent, index) === split,
    item: (list, item) => items.get(list)?.has(item) ?? false,
  };
}

/** The split of a corpus line. */
export function splitOf(text: string): Split {
  const hash = stableHash(text.toLowerCase());
  return hash < LINES ? 'test' : hash < 2 * LINES ? 'dev' : 'train';
}
