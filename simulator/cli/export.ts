import { writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { loadCatalogue } from '../../vehicle/load.ts';
import type { Catalogue, SignalDefinition } from '../../vehicle/signals/catalogue.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import { STEP } from '../physics/physics.ts';
import { sampled, type Mark } from '../scenario/feed.ts';
import { svgOf, type Panel } from '../scenario/plot.ts';
import { readLines } from '../scenario/record-file.ts';
import { EXIT, UsageError } from './exit.ts';
import { filterOf } from './signals.ts';

export interface ExportOptions {
  readonly signals: string;
  /** Milliseconds. */
  readonly every: number;
  readonly csv?: boolean;
  readonly jsonl?: boolean;
  readonly plot?: string;
  readonly overlay?: readonly string[];
}

/**
 * `drivetalk export`: signals of a recorded drive over time, on standard output or as a picture.
 * @returns the exit status
 */
export async function exportFile(file: string, options: ExportOptions): Promise<number> {
  const { signals: globs, every, csv = false, jsonl = false, plot, overlay = [] } = options;
  if ([csv, jsonl, plot !== undefined].filter(Boolean).length !== 1)
    throw new UsageError('Say as what: --csv, --jsonl or --plot FILE.');
  if (every < STEP) throw new UsageError('A car measures ten times a second: --every takes 100 ms or more.');
  const catalogue = loadCatalogue(overlay);
  if (plot !== undefined) return plotFile(file, plot, every, catalogue);
  const signals = chosen(catalogue, globs);
  let start = 0;
  const samples = sampled(readLines(file), {
    signals,
    catalogue,
    every,
    onHeader: (header) => {
      start = Date.parse(header.start);
    },
  });
  const write = async (line: string) => {
    if (!process.stdout.write(`${line}\n`))
      await new Promise((resolve) => process.stdout.once('drain', resolve));
  };
  if (csv) await write(['time', 't', ...signals.map(headOf)].map(cell).join(','));
  for await (const { t, values } of samples) {
    const time = new Date(start + t).toISOString();
    if (csv) await write([time, t / 1000, ...values.map(textOf)].map(cell).join(','));
    else {
      const named = Object.fromEntries(signals.map(({ path }, index) => [path, values[index]]));
      await write(JSON.stringify({ time, t: t / 1000, signals: named }));
    }
  }
  return EXIT.done;
}

/** Signals that fit one of the patterns, in the order of the catalogue. @throws UsageError for a pattern that fits none */
function chosen(catalogue: Catalogue, globs: string): readonly SignalDefinition[] {
  const all = [...catalogue.all()];
  const filters = globs.split(',').map((glob) => {
    const fits = filterOf(glob.trim());
    if (!all.some(({ path }) => fits(path)))
      throw new UsageError(`No signal fits "${glob.trim()}". \`drivetalk signals\` lists them all.`);
    return fits;
  });
  return all.filter(({ path }) => filters.some((fits) => fits(path)));
}

const headOf = ({ path, unit }: SignalDefinition) => (unit === undefined ? path : `${path} [${unit}]`);
const textOf = (value: SignalValue) => (typeof value === 'object' ? value.join(' ') : String(value));

/** RFC 4180; a cell that a spreadsheet would take for a formula is made text. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+@]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const HVAC = 'Vehicle.Cabin.HVAC.Station.Row1';
const PANELS: readonly (Omit<Panel, 'series'> & {
  readonly lines: readonly { readonly name: string; readonly color: string; readonly path: string }[];
})[] = [
  { title: 'Speed', unit: 'km/h', lines: [{ name: 'speed', color: '#2463b8', path: 'Vehicle.Speed' }] },
  {
    title: 'Battery',
    unit: '%',
    lines: [
      { name: 'charge', color: '#1e8449', path: 'Vehicle.Powertrain.TractionBattery.StateOfCharge.Current' },
    ],
  },
  {
    title: 'Temperature',
    unit: '°C',
    lines: [
      { name: 'driver', color: '#c0392b', path: `${HVAC}.Driver.Temperature` },
      { name: 'passenger', color: '#d68910', path: `${HVAC}.Passenger.Temperature` },
      { name: 'outside', color: '#5a6675', path: 'Vehicle.Exterior.AirTemperature' },
    ],
  },
];

async function plotFile(file: string, plot: string, every: number, catalogue: Catalogue): Promise<number> {
  const kind = extname(plot).toLowerCase();
  if (kind !== '.svg' && kind !== '.png') throw new UsageError('A plot is an .svg or a .png file.');
  const signals = PANELS.flatMap(({ lines }) => lines.map(({ path }) => catalogue.get(path)));
  const marks: Mark[] = [];
  let start = '';
  const times: number[] = [];
  const values: SignalValue[][] = signals.map(() => []);
  const onHeader = (header: { readonly start: string }) => {
    start = header.start;
  };
  const onMark = (mark: Mark) => {
    marks.push(mark);
  };
  for await (const sample of sampled(readLines(file), { signals, catalogue, every, onHeader, onMark })) {
    times.push(sample.t);
    sample.values.forEach((value, index) => values[index]?.push(value));
  }
  const series = new Map(signals.map(({ path }, index) => [path, (values[index] ?? []).map(Number)]));
  const svg = svgOf({
    title: `Drive of ${start.slice(0, 16).replace('T', ' ')} UTC`,
    times,
    panels: PANELS.map(({ lines, ...panel }) => ({
      ...panel,
      series: lines.map(({ path, ...line }) => ({ ...line, values: series.get(path) ?? [] })),
    })),
    marks: marks
      .filter(({ turn }) => turn.heard !== '' || turn.reply !== '')
      .map(({ t, turn }) => ({
        t,
        text: turn.heard === '' ? `the car: ${turn.reply}` : turn.heard,
        isRefused: turn.outcomes.some(({ status }) => status === 'refused'),
      })),
  });
  writeFileSync(plot, kind === '.svg' ? svg : await pngOf(svg));
  return EXIT.done;
}

async function pngOf(svg: string): Promise<Buffer> {
  const { Resvg } = await import('@resvg/resvg-js');
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: 2 } }).render().asPng();
}
