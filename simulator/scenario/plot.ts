/** A recorded drive as a picture: panels of lines over time, and what was said as marks. SVG 1.1, text only. */
import { clockTime } from './time.ts';

export interface Series {
  readonly name: string;
  readonly color: string;
  /** By the times of the plot. */
  readonly values: readonly number[];
}

export interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly series: readonly Series[];
}

export interface PlotMark {
  /** Milliseconds. */
  readonly t: number;
  readonly text: string;
  /** The car did not do it. */
  readonly isRefused: boolean;
}

export interface Plot {
  readonly title: string;
  /** Milliseconds since the start, ascending. */
  readonly times: readonly number[];
  readonly panels: readonly Panel[];
  readonly marks: readonly PlotMark[];
}

const WIDTH = 1200;
const LEFT = 64;
const RIGHT = 24;
const TOP = 72;
const PANEL = 170;
const GAP = 34;
/** Below the panels: the axis of time. */
const AXIS = 36;
/** Each mark is told in a line below, up to so many. */
const MOST_TOLD = 40;
const LINE = 17;
const INK = '#1d2530';
const FAINT = '#d5dbe3';
const MUTED = '#5a6675';
const REFUSED = '#c0392b';
const SAID = '#2463b8';

/** @throws RangeError for a plot without times */
export function svgOf({ title, times, panels, marks }: Plot): string {
  const [first] = times;
  const last = times.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('There is nothing to plot.');
  const x = (t: number) => LEFT + ((t - first) / Math.max(1, last - first)) * (WIDTH - LEFT - RIGHT);
  const bottom = TOP + panels.length * (PANEL + GAP) - GAP;
  const told = marks.slice(0, MOST_TOLD);
  const height = bottom + AXIS + (told.length > 0 ? told.length * LINE + 24 : 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="12" fill="${INK}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="26" font-size="17" font-weight="bold">${escaped(title)}</text>`,
    ...marks.map((mark, index) => markAt(mark, index, x(mark.t), bottom)),
    ...panels.map((panel, index) => panelAt(panel, times, x, TOP + index * (PANEL + GAP))),
    ...timeAxis(first, last, x, bottom),
    ...told.map(
      ({ t, text, isRefused }, index) =>
        `<text x="${LEFT}" y="${bottom + AXIS + 18 + index * LINE}" fill="${isRefused ? REFUSED : INK}">${index + 1}  ${clockTime(t)}  ${escaped(text)}</text>`,
    ),
    '</svg>',
    '',
  ].join('\n');
}

function markAt({ text, isRefused }: PlotMark, index: number, at: number, bottom: number): string {
  const color = isRefused ? REFUSED : SAID;
  return [
    `<g><title>${escaped(text)}</title>`,
    `<line x1="${n(at)}" x2="${n(at)}" y1="${TOP - 21}" y2="${bottom}" stroke="${color}" stroke-opacity="0.45" stroke-dasharray="3 3"/>`,
    `<text x="${n(at)}" y="${TOP - 24}" text-anchor="middle" font-size="10" fill="${color}">${index + 1}</text></g>`,
  ].join('');
}

function panelAt(
  { title, unit, series }: Panel,
  times: readonly number[],
  x: (t: number) => number,
  top: number,
) {
  const ticks = niceTicks(series.flatMap(({ values }) => [...values]));
  const [low = 0] = ticks;
  const high = ticks.at(-1) ?? 1;
  const y = (value: number) => top + PANEL - ((value - low) / (high - low)) * PANEL;
  const grid = ticks.map(
    (tick) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${n(y(tick))}" y2="${n(y(tick))}" stroke="${FAINT}"/><text x="${LEFT - 8}" y="${n(y(tick) + 4)}" text-anchor="end" fill="${MUTED}">${tick}</text>`,
  );
  let legend = LEFT;
  const names = [
    `<text x="${legend}" y="${top - 6}" font-weight="bold">${escaped(title)} (${escaped(unit)})</text>`,
  ];
  if (series.length > 1) {
    legend = WIDTH - RIGHT;
    for (const { name, color } of [...series].reverse()) {
      names.push(
        `<text x="${legend}" y="${top - 6}" text-anchor="end" fill="${color}">${escaped(name)}</text>`,
      );
      legend -= 14 + 7 * name.length;
    }
  }
  const lines = series.map(
    ({ name, color, values }) =>
      `<polyline fill="none" stroke="${color}" stroke-width="1.6" stroke-linejoin="round" points="${pointsOf(values, times, x, y)}"><title>${escaped(name)}</title></polyline>`,
  );
  return [...names, ...grid, ...lines].join('\n');
}

/** Of each run of equal values the two ends are enough. */
function pointsOf(
  values: readonly number[],
  times: readonly number[],
  x: (t: number) => number,
  y: (value: number) => number,
): string {
  return values
    .flatMap((value, index) =>
      value === values[index - 1] && value === values[index + 1]
        ? []
        : [`${n(x(times[index] ?? 0))},${n(y(value))}`],
    )
    .join(' ');
}

function timeAxis(first: number, last: number, x: (t: number) => number, bottom: number): string[] {
  const step =
    [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200, 21_600].find(
      (seconds) => (last - first) / 1000 / seconds <= 12,
    ) ?? 86_400;
  const ticks: string[] = [];
  for (let t = Math.ceil(first / (step * 1000)) * step * 1000; t <= last; t += step * 1000) {
    ticks.push(
      `<line x1="${n(x(t))}" x2="${n(x(t))}" y1="${bottom}" y2="${bottom + 5}" stroke="${MUTED}"/><text x="${n(x(t))}" y="${bottom + 19}" text-anchor="middle" fill="${MUTED}">${clockTime(t)}</text>`,
    );
  }
  return ticks;
}

/** Three to seven round numbers around the values (steps of 1, 2 or 5 times a power of ten). */
function niceTicks(values: readonly number[]): readonly number[] {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const range = Math.max(high - low, 1);
  const power = 10 ** Math.floor(Math.log10(range / 4));
  const step = power * ([1, 2, 5, 10].find((factor) => range / (factor * power) <= 5) ?? 10);
  const ticks: number[] = [];
  for (let tick = Math.floor(low / step); tick * step < high + step; tick++)
    ticks.push(Number((tick * step).toPrecision(12)));
  return ticks.length > 1 ? ticks : [...ticks, (ticks[0] ?? 0) + step];
}

/** A coordinate; a tenth of a pixel is enough. */
const n = (value: number) => Number(value.toFixed(1));

const escaped = (text: string) => text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
