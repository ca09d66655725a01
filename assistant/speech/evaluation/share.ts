/** How many of some, with what the share may be beyond those that were counted. */
export interface Share {
  readonly hits: number;
  readonly of: number;
  readonly percent: number;
  /** Limits of the 95 % confidence interval, percent. */
  readonly low: number;
  readonly high: number;
}

/** Of the normal distribution: 95 % lie within. */
const Z = 1.96;

/** @returns undefined where there is nothing to count */
export function shareOf<T>(all: readonly T[], isHit: (each: T) => boolean): Share | undefined {
  return all.length > 0 ? wilson(all.filter(isHit).length, all.length) : undefined;
}

/** The score interval, which holds for few cases and for shares near 0 and 1, too (Wilson 1927, J. Am. Stat. Assoc. 22:209). */
export function wilson(hits: number, of: number): Share {
  const share = hits / of;
  const spread = Z ** 2 / of;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (Z / (1 + spread)) * Math.sqrt((share * (1 - share)) / of + spread / (4 * of));
  const percent = (value: number) => 100 * Math.min(1, Math.max(0, value));
  return {
    hits,
    of,
    percent: 100 * share,
    // At the edges the formula leaves a rounding error.
    low: hits === 0 ? 0 : percent(centre - half),
    high: hits === of ? 100 : percent(centre + half),
  };
}
