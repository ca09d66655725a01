import { writeFileSync } from 'node:fs';
import { loadCatalogue } from '../../vehicle/load.ts';
import { openDrive } from '../open-drive.ts';
import { checkDigests, digestsOf } from '../scenario/identity.ts';
import { readLines } from '../scenario/record-file.ts';
import { replay, type Difference, type Replayed } from '../scenario/replay.ts';
import { EXIT, UsageError } from './exit.ts';
import { partsOf, type PartOptions } from './parts.ts';
import { sliceAsSuite } from '../scenario/slice.ts';
import { clockTime } from '../scenario/time.ts';

export interface ReplayOptions extends PartOptions {
  readonly json?: boolean;
  /** Milliseconds since the start. */
  readonly until?: number;
  readonly anyway?: boolean;
  /** Milliseconds since the start. */
  readonly from?: number;
  /** Suite file to write instead of replaying. */
  readonly export?: string;
}

/**
 * `drivetalk replay`: does a recorded drive again.
 * @returns 0 when all came out byte for byte, 1 when something differs or the recording breaks off
 */
export async function replayFile(file: string, options: ReplayOptions): Promise<number> {
  const parts = partsOf(options);
  const { export: suite, from = 0 } = options;
  if (suite !== undefined) {
    const slice = { from, until: options.until ?? Infinity, catalogue: loadCatalogue(parts.overlays) };
    writeFileSync(suite, await sliceAsSuite(readLines(file), slice));
    return EXIT.done;
  }
  if (options.from !== undefined)
    throw new UsageError('--from is for --export: a drive is always replayed from its beginning.');
  const { until, json = false, anyway = false } = options;
  const began = performance.now();
  const result = await replay(readLines(file), {
    until,
    open: ({ start, utcOffset, seed, speed, digests }, timing) => {
      if (!anyway) checkDigests(digests, digestsOf(parts));
      return openDrive({ ...parts, start: Date.parse(start), utcOffset, seed, speed, ...timing });
    },
  });
  await result.drive.close();
  if (json) console.log(JSON.stringify(reportOf(result)));
  else console.log(describe(result, performance.now() - began));
  return result.difference || result.brokenOff !== undefined ? EXIT.failure : EXIT.done;
}

function reportOf({ t, same, difference, brokenOff, drive }: Replayed) {
  const { vehicle } = drive;
  const signals = Object.fromEntries(
    [...vehicle.signals()].flatMap(([path, { value }]) =>
      JSON.stringify(value) === JSON.stringify(vehicle.catalogue.initial(vehicle.catalogue.get(path)))
        ? []
        : [[path, value]],
    ),
  );
  return {
    status: difference ? 'differs' : brokenOff === undefined ? 'same' : 'broken-off',
    t,
    same,
    ...(difference && { difference }),
    ...(brokenOff !== undefined && { brokenOff }),
    /** Where the replay ended: what is other than in a new car. */
    signals,
  };
}

function describe({ t, same, difference, brokenOff }: Replayed, ms: number): string {
  if (difference) return describeDifference(difference);
  const how = `${clockTime(t)} of driving, ${same} lines, in ${(ms / 1000).toFixed(1)} s`;
  if (brokenOff === undefined) return `The same, byte for byte: ${how}.`;
  return `The same as far as it goes: ${how}. The recording breaks off after line ${brokenOff}: whoever wrote it was stopped before its end.`;
}

function describeDifference({ line, t, expected, got }: Difference): string {
  const [at, one, other] = firstDifference(JSON.parse(expected), JSON.parse(got));
  return [
    `It differs first at ${clockTime(t)}, line ${line}${at ? `, in ${at}` : ''}:`,
    `  expected ${short(one)}`,
    `  got      ${short(other)}`,
  ].join('\n');
}

/** Where two values part: the way there, and both values. */
function firstDifference(a: unknown, b: unknown, at = ''): readonly [at: string, a: unknown, b: unknown] {
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return [at, a, b];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const parts = keys.find((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]));
  // Things of two kinds share no key worth descending into.
  if (parts === undefined || !(parts in a) || !(parts in b)) return [at, a, b];
  return firstDifference(a[parts], b[parts], at ? `${at}.${parts}` : parts);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const LONGEST = 300;
function short(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
}
