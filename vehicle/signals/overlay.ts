import { z } from 'zod';
import { ConfigError, parseConfig } from '../config-file.ts';
import { Catalogue, DATATYPES, SignalError, type SignalDefinition } from './catalogue.ts';

/** One entry of an overlay: what it adds to, or says anew about, a signal. */
export interface OverlayEntry {
  readonly line: number;
  readonly signal: Pick<SignalDefinition, 'path'> & Partial<SignalDefinition>;
}

export interface Overlay {
  readonly file: string;
  readonly entries: readonly OverlayEntry[];
}

const value = z.union([
  z.boolean(),
  z.number(),
  z.string(),
  z.array(z.string()),
  z.array(z.number()),
  z.array(z.boolean()),
]);
const entrySchema = z.strictObject({
  type: z.enum(['sensor', 'actuator', 'attribute']).optional(),
  datatype: z.enum(DATATYPES).optional(),
  unit: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  allowed: z
    .array(z.union([z.string(), z.number()]).transform(String))
    .nonempty()
    .optional(),
  default: value.optional(),
  description: z.string().optional(),
  comment: z.string().optional(),
  travelTime: z.number().positive().optional(),
  measured: z.boolean().optional(),
  spokenNames: z.array(z.string().min(1)).nonempty().optional(),
});
const branchSchema = z.looseObject({ type: z.literal('branch') });
const PATH = /^Vehicle(\.[A-Z][A-Za-z0-9]*)+$/;

/**
 * Reads an overlay in vspec format: full dotted paths, each with a map of keys.
 * @param file name for error messages
 * @throws ConfigError with the line
 */
export function parseOverlay(text: string, file: string): Overlay {
  const { value, spotOf } = parseConfig(text, file);
  if (value === null) return { file, entries: [] };
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new ConfigError(
      'bad-entry',
      file,
      1,
      'an overlay is a map from signal paths to their keys, as in VSS',
    );
  }
  const entries: OverlayEntry[] = [];
  for (const [path, raw] of Object.entries(value)) {
    const { line } = spotOf([path]);
    if (!PATH.test(path)) {
      throw new ConfigError(
        'bad-entry',
        file,
        line,
        `"${path}" is not a signal path such as Vehicle.Cabin.Fragrance.Intensity`,
      );
    }
    // A branch only groups signals in VSS; paths here are complete without it.
    if (branchSchema.safeParse(raw).success) continue;
    const entry = entrySchema.safeParse(raw);
    if (!entry.success) {
      const [issue] = entry.error.issues;
      const at = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path[0];
      throw new ConfigError(
        'bad-entry',
        file,
        spotOf(at === undefined ? [path] : [path, at]).line,
        `${path}: ${at === undefined ? '' : `${String(at)}: `}${issue?.message ?? 'not a map'}`,
      );
    }
    entries.push({ line, signal: withoutUndefined({ path, ...entry.data }) });
  }
  return { file, entries };
}

function withoutUndefined(entry: Record<string, unknown> & { path: string }): OverlayEntry['signal'] {
  const told = Object.entries(entry).filter(([key, item]) => key !== 'comment' && item !== undefined);
  return Object.fromEntries(told) as unknown as OverlayEntry['signal'];
}

/**
 * Lays overlays over signals, in order. An overlay adds signals, narrows limits and allowed values, and may turn a
 * sensor into an actuator; it never widens what stands below it.
 * @throws ConfigError `contradiction`
 */
export function buildCatalogue(base: Iterable<SignalDefinition>, overlays: readonly Overlay[]): Catalogue {
  const signals = new Map([...base].map((signal) => [signal.path, signal]));
  for (const { file, entries } of overlays) {
    for (const { line, signal } of entries) {
      const below = signals.get(signal.path);
      const merged = below ? { ...below, ...signal } : signal;
      const fail = (why: string) => new ConfigError('contradiction', file, line, `${signal.path}: ${why}`);
      if (below) checkNarrows(below, signal, fail);
      if (!isComplete(merged)) throw fail('a new signal needs type, datatype and description');
      checkSense(merged, fail);
      signals.set(signal.path, merged);
    }
  }
  return new Catalogue(signals.values());
}

function isComplete(signal: OverlayEntry['signal']): signal is SignalDefinition {
  return signal.type !== undefined && signal.datatype !== undefined && signal.description !== undefined;
}

type Fail = (why: string) => ConfigError;

function checkNarrows(below: SignalDefinition, above: OverlayEntry['signal'], fail: Fail): void {
  if (above.datatype && above.datatype !== below.datatype)
    throw fail(`its datatype is ${below.datatype}, not ${above.datatype}`);
  if (above.unit && below.unit && above.unit !== below.unit)
    throw fail(`its unit is ${below.unit}, not ${above.unit}`);
  const promoted = below.type === 'sensor' && above.type === 'actuator';
  if (above.type && above.type !== below.type && !promoted)
    throw fail(`it is a ${below.type}; only a sensor may become an actuator`);
  if (above.min !== undefined && above.min < (below.min ?? -Infinity))
    throw fail(`min ${above.min} is below ${below.min ?? 0}`);
  if (above.max !== undefined && above.max > (below.max ?? Infinity))
    throw fail(`max ${above.max} is above ${below.max ?? 0}`);
  const stranger = above.allowed?.find((item) => below.allowed && !below.allowed.includes(item));
  if (stranger !== undefined) throw fail(`"${stranger}" is not among ${below.allowed?.join(', ') ?? ''}`);
}

function checkSense(signal: SignalDefinition, fail: Fail): void {
  if (signal.min !== undefined && signal.max !== undefined && signal.min > signal.max)
    throw fail('min is above max');
  if (
    signal.travelTime !== undefined &&
    (signal.type !== 'actuator' || signal.min === undefined || signal.max === undefined)
  ) {
    throw fail('travelTime needs an actuator with min and max');
  }
  if (signal.default === undefined) return;
  try {
    new Catalogue([{ ...signal, type: 'sensor' }]).checkValue(signal.path, signal.default);
  } catch (error) {
    if (error instanceof SignalError) throw fail(`default: ${error.message}`);
    throw error;
  }
}
