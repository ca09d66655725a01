import type { Allowed } from '../understanding/sample-phrases.ts';
import type { PhraseBook } from '../understanding/phrase-book.ts';
import { stableHash } from './random.ts';

export const SPLITS = ['train', 'dev', 'test'] as const;
export type Split = (typeof SPLITS)[number];

const SHARE = 0.12;
/** Of fewer phrases or items nothing is held out: a model could not learn the rest. */
const FEWEST_PATTERNS = 8;
const FEWEST_ITEMS = 12;

/**
 * Which phrases and which items of open lists belong to a split. They follow from their own text alone, so that new
 * phrases move no old one from test to train. The two commonest phrases of an intent are always trained.
 */
export function holdOut(book: PhraseBook, split: Split): Allowed {
  const patterns = new Map<string, ReadonlySet<number>>();
  for (const [intent, all] of book.intents) {
    const hashes = all.map((pattern, index) => ({
      key: index,
      hash: index < 2 ? 0 : stableHash(`${intent} ${JSON.stringify(pattern)}`),
    }));
    patterns.set(intent, part(hashes, split, FEWEST_PATTERNS));
  }
  const items = new Map<string, ReadonlySet<string>>();
  for (const [list, { items: all }] of book.lexicons) {
    const hashes = all.map((item) => ({ key: item, hash: stableHash(`${list} ${item}`) }));
    items.set(list, part(hashes, split, FEWEST_ITEMS));
  }
  return {
    pattern: (intent, index) => patterns.get(intent)?.has(index) ?? false,
    item: (list, item) => items.get(list)?.has(item) ?? false,
  };
}

/** The split of a corpus line. */
export function splitOf(text: string): Split {
  const hash = stableHash(text.toLowerCase());
  return hash < SHARE ? 'test' : hash < 2 * SHARE ? 'dev' : 'train';
}

function part<K>(
  keys: readonly { readonly key: K; readonly hash: number }[],
  split: Split,
  fewest: number,
): ReadonlySet<K> {
  if (keys.length < fewest) return new Set(keys.map(({ key }) => key));
  const sorted = [...keys].sort((a, b) => a.hash - b.hash).map(({ key }) => key);
  const held = Math.max(1, Math.round(sorted.length * (SHARE - 0.02)));
  const [trained, dev, test] = [
    sorted.slice(0, -2 * held),
    sorted.slice(-2 * held, -held),
    sorted.slice(-held),
  ];
  return new Set({ train: trained, dev, test }[split]);
}
