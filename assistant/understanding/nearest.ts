/** Levenshtein's distance of letters, or of words, one row at a time. */
export function editDistance(a: ArrayLike<string>, b: ArrayLike<string>): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/**
 * The name that somebody meant who wrote another one, for "did you mean": words in common (`openTrunk` →
 * `trunk.open`), then nearness in letters.
 * @returns undefined when none is near
 */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  const words = wordsOf(written);
  let best: { name: string; gap: number } | undefined;
  for (const name of names) {
    const own = wordsOf(name);
    const shared = words.filter((word) => own.includes(word)).length;
    const distance = editDistance(words.join(' '), own.join(' '));
    if (shared === 0 && distance > written.length * FARTHEST) continue;
    const gap = distance - WORD_IN_COMMON * shared;
    if (!best || gap < best.gap) best = { name, gap };
  }
  return best?.name;
}

/** `, did you mean "window.open"?`, or nothing. */
export function didYouMean(written: string, names: Iterable<string>): string {
  const near = nearestName(written, names);
  return near === undefined ? '' : `, did you mean "${near}"?`;
}

/** How many slips of letters a word in common outweighs. */
const WORD_IN_COMMON = 4;
/** Without a word in common: slips as a share of the letters. */
const FARTHEST = 0.4;

const wordsOf = (name: string) =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
