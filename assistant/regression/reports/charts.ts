import type { Bin, RiskPoint } from './curves.ts';
import { escaped, grouped, percent } from './words.ts';

/** Charts as SVG, in units of a 320 × 220 picture; colours come from the page. */
const WIDTH = 320;
const HEIGHT = 220;
const LEFT = 44;
const BOTTOM = 34;
const TOP = 10;
const RIGHT = 18;
const x = (share: number) => round(LEFT + share * (WIDTH - LEFT - RIGHT));
const y = (share: number) => round(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP));
const round = (value: number) => Math.round(value * 10) / 10;
const TICKS = [0, 0.25, 0.5, 0.75, 1];
/** More points than these cannot be told apart in the picture. */
const MOST_POINTS = 300;

/** How many answers have which confidence; wrong ones on top. */
export function histogram(bins: readonly Bin[]): string {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const bars = bins.map(({ from, to, count, right }) => {
    const [left, width] = [x(from) + 1, round(x(to) - x(from) - 2)];
    const title = `<title>${from.toFixed(1)} to ${to.toFixed(1)}: ${grouped(count)} answers, ${grouped(count - right)} wrong</title>`;
    const rightTop = y(right / most);
    const top = y(count / most);
    return `<g>${title}<rect class="right" x="${left}" y="${rightTop}" width="${width}" height="${round(y(0) - rightTop)}"/><rect class="wrong" x="${left}" y="${top}" width="${width}" height="${round(rightTop - top)}"/></g>`;
  });
  return chart('Confidence histogram', 'confidence', 'answers', bars.join(''), (share) =>
    grouped(Math.round(share * most)),
  );
}

/** Accuracy against confidence, by bins; on the diagonal a confidence means what it says. */
export function reliability(bins: readonly Bin[]): string {
  const filled = bins.filter(({ count }) => count > 0);
  const dots = filled.map(({ count, right, meanConfidence }) => {
    const accuracy = right / count;
    const title = `<title>confidence ${percent(meanConfidence)}, right ${percent(accuracy)}, ${grouped(count)} answers</title>`;
    return `<circle class="dot" cx="${x(meanConfidence)}" cy="${y(accuracy)}" r="${round(2 + 4 * Math.sqrt(count / Math.max(1, ...filled.map((bin) => bin.count))))}">${title}</circle>`;
  });
  const line = filled
    .map(({ count, right, meanConfidence }) => `${x(meanConfidence)},${y(right / count)}`)
    .join(' ');
  const inside = `<line class="ideal" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/><polyline class="curve" points="${line}"/>${dots.join('')}`;
  return chart('Reliability diagram', 'confidence', 'right', inside, shareTick);
}

/** The share of wrong answers among those that are sure enough, against how many those are. */
export function riskCoverageChart(points: readonly RiskPoint[]): string {
  const most = Math.max(0.01, ...points.map(({ risk }) => risk));
  const line = thinned(points)
    .map(({ coverage, risk }) => `${x(coverage)},${y(risk / most)}`)
    .join(' ');
  const inside = `<polyline class="curve" points="${line}"/>`;
  return chart('Risk–coverage curve', 'answered', 'wrong of those', inside, (share) => percent(share * most));
}

function thinned<Point>(points: readonly Point[]): readonly Point[] {
  const step = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, index) => index % step === 0 || index === points.length - 1);
}

const shareTick = (share: number) => `${Math.round(share * 100)} %`;

function chart(
  title: string,
  across: string,
  up: string,
  inside: string,
  tick: (share: number) => string,
): string {
  const grid = TICKS.map(
    (share) =>
      `<line class="grid" x1="${x(0)}" y1="${y(share)}" x2="${x(1)}" y2="${y(share)}"/><text class="tick" x="${x(0) - 4}" y="${y(share) + 3}" text-anchor="end">${escaped(tick(share))}</text><text class="tick" x="${x(share)}" y="${y(0) + 13}" text-anchor="middle">${escaped(shareTick(share))}</text>`,
  ).join('');
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">${grid}${inside}<text class="axis" x="${x(0.5)}" y="${HEIGHT - 4}" text-anchor="middle">${escaped(across)}</text><text class="axis" transform="translate(9 ${y(0.5)}) rotate(-90)" text-anchor="middle">${escaped(up)}</text></svg>`;
}
