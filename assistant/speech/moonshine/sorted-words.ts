/** Some that stand together: the first, and the one after the last. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** After all that begins with what it is put behind. */
const LAST = '\uffff';

/** Where a text stands among sorted ones from `from` to `to`, or would. */
export function lowerBound(sorted: readonly string[], text: string, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those of sorted texts that begin so. */
export function startingWith(
  sorted: readonly string[],
  beginning: string,
  from: number,
  to: number,
): Stretch {
  const first = lowerBound(sorted, beginning, from, to);
  return { from: first, to: lowerBound(sorted, beginning + LAST, first, to) };
}
