import { svg } from '../dom.ts';

export interface Sample {
  /** Milliseconds, any origin. */
  readonly at: number;
  readonly value: number;
}

/** Samples of one signal that are kept. */
export const MOST_SAMPLES = 240;
const WIDTH = 300;
const HEIGHT = 56;
const MARGIN = 3;

/**
 * The path of a curve that steps from sample to sample, up to `now`.
 * @returns SVG path data in a field of 300 by 56; empty without samples
 */
export function stepPath(samples: readonly Sample[], now: number): string {
  const [first] = samples;
  if (!first) return '';
  const values = samples.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(1, now - first.at);
  const x = (at: number) => (((at - first.at) / span) * WIDTH).toFixed(1);
  const y = (value: number) =>
    (high === low
      ? HEIGHT / 2
      : HEIGHT - MARGIN - ((value - low) / (high - low)) * (HEIGHT - 2 * MARGIN)
    ).toFixed(1);
  const steps = samples.slice(1).map(({ at, value }) => `H${x(at)}V${y(value)}`);
  return `M0 ${y(first.value)}${steps.join('')}H${WIDTH}`;
}

/** A small curve of a number over time. */
export function createSparkline(): {
  readonly element: SVGSVGElement;
  show(samples: readonly Sample[], now: number): void;
} {
  const line = svg('path', { class: 'sparkline-line', d: '' });
  const element = svg(
    'svg',
    {
      class: 'sparkline',
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    },
    line,
  );
  return {
    element,
    show: (samples, now) => {
      line.setAttribute('d', stepPath(samples, now));
    },
  };
}
