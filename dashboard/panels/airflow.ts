import { svg } from '../dom.ts';

export type AirDirection = 'UP' | 'MIDDLE' | 'DOWN';
export const AIR_DIRECTIONS: readonly AirDirection[] = ['UP', 'MIDDLE', 'DOWN'];

/** From the dashboard up the windscreen, to the face, to the feet; three streams each, the middle one first. */
const STREAMS: Readonly<Record<AirDirection, readonly [string, string, string]>> = {
  UP: ['M13 17Q13 9 20 4', 'M9 17Q9 11 14 5', 'M17 17Q18 12 25 6'],
  MIDDLE: ['M15 18Q24 18 31 14', 'M15 15Q24 13 31 10', 'M15 21Q24 22 31 19'],
  DOWN: ['M13 23Q15 31 25 33', 'M9 23Q11 32 21 36', 'M16 23Q19 28 28 30'],
};

/** How many streams are drawn: one for a breath, three for a storm. */
export const streamsOf = (percent: number): number =>
  percent <= 0 ? 0 : percent < 35 ? 1 : percent < 70 ? 2 : 3;

/** A person in profile and the air that reaches them: where to, how much, warm or cool. */
export function createAirflow(): {
  readonly element: SVGSVGElement;
  show(direction: AirDirection, percent: number, tone: 'warm' | 'cool' | 'even'): void;
} {
  const streams = svg('g', { class: 'air-streams' });
  const element = svg(
    'svg',
    { class: 'airflow', viewBox: '0 0 56 40', 'aria-hidden': 'true' },
    svg('path', { class: 'air-glass', d: 'M3 20L18 1' }),
    svg('path', { class: 'air-seat', d: 'M50 10L46 31H32' }),
    svg('path', { class: 'air-person', d: 'M43 17L40 28H31L26 37' }),
    svg('circle', { class: 'air-head', cx: 42, cy: 10, r: 4.5 }),
    streams,
  );
  let shown = '';
  return {
    element,
    show(direction, percent, tone) {
      const count = streamsOf(percent);
      const key = `${direction} ${count} ${tone}`;
      if (key === shown) return;
      shown = key;
      element.dataset['tone'] = tone;
      streams.replaceChildren(
        ...STREAMS[direction].slice(0, count).map((d) => svg('path', { class: 'air-stream', d })),
      );
    },
  };
}
