/** Changes one sample after another; remembers what it needs of those before. */
export type Filter = (sample: number) => number;

/** First-order low pass. @param cutoff Hz, where the power is half @param rate samples per second */
export function lowPass(cutoff: number, rate: number): Filter {
  const share = 1 - Math.exp((-2 * Math.PI * cutoff) / rate);
  let level = 0;
  return (sample) => (level += share * (sample - level));
}

/** First-order high pass. @param cutoff Hz @param rate samples per second */
export function highPass(cutoff: number, rate: number): Filter {
  const low = lowPass(cutoff, rate);
  return (sample) => sample - low(sample);
}

/** One filter after the other. */
export const inSeries =
  (...filters: readonly Filter[]): Filter =>
  (sample) =>
    filters.reduce((level, filter) => filter(level), sample);
