/** One measured figure; `ratio` sets it against a second thing measured beside it in the same run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly ratio?: { readonly to: string; readonly value: number };
}

/** Monotonic milliseconds. */
export const clock = (): number => performance.now();
export const MiB = 1024 * 1024;

/** @param share 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const describeFigure = ({ name, value, unit, ratio }: Figure): string =>
  `${name.padEnd(56)} ${precise(value).padStart(8)} ${unit}${ratio ? `  (${precise(ratio.value)} × ${ratio.to})` : ''}`;
const precise = (value: number) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
