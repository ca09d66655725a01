import vss from './vss-6.0.json' with { type: 'json' };
import type { SignalValue } from './signal.ts';

export const DATATYPES = [
  'boolean',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'uint32',
  'int32',
  'float',
  'double',
  'string',
  'string[]',
  'uint8[]',
] as const;
export type Datatype = (typeof DATATYPES)[number];

/** What the catalogue knows about one signal. */
export interface SignalDefinition {
  readonly path: string;
  /** A sensor is read; an actuator takes a target too; an attribute never changes. */
  readonly type: 'sensor' | 'actuator' | 'attribute';
  readonly datatype: Datatype;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly allowed?: readonly string[];
  readonly default?: SignalValue;
  readonly description: string;
  /** Milliseconds from `min` to `max`, for an actuator that moves. */
  readonly travelTime?: number;
  /** The value comes from physics alone; a command sets only the target. */
  readonly measured?: boolean;
  readonly spokenNames?: readonly string[];
}

export type SignalProblem = 'unknown-path' | 'wrong-type' | 'out-of-range' | 'not-allowed' | 'read-only';

/** A path or value that the catalogue does not allow; the message names what it does allow. */
export class SignalError extends Error {
  override readonly name = 'SignalError';
  readonly reason: SignalProblem;
  readonly path: string;
  readonly recoverable = true;
  constructor(reason: SignalProblem, path: string, message: string) {
    super(message);
    this.reason = reason;
    this.path = path;
  }
}

export function unknownPath(path: string): SignalError {
  return new SignalError(
    'unknown-path',
    path,
    `There is no signal ${path}. \`drivetalk signals\` lists them all.`,
  );
}

const INTEGER_LIMITS: Partial<Record<Datatype, readonly [number, number]>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65_535],
  int16: [-32_768, 32_767],
  uint32: [0, 4_294_967_295],
  int32: [-2_147_483_648, 2_147_483_647],
};

/** All signals of a car: an immutable dictionary with the checks that follow from it. */
export class Catalogue {
  readonly #definitions: ReadonlyMap<string, SignalDefinition>;

  constructor(definitions: Iterable<SignalDefinition>) {
    this.#definitions = new Map([...definitions].map((definition) => [definition.path, definition]));
  }

  /** @throws SignalError `unknown-path` */
  get(path: string): SignalDefinition {
    const definition = this.#definitions.get(path);
    if (!definition) throw unknownPath(path);
    return definition;
  }

  find(path: string): SignalDefinition | undefined {
    return this.#definitions.get(path);
  }

  /** In the order of the files. */
  all(): IterableIterator<SignalDefinition> {
    return this.#definitions.values();
  }

  /** The signal's value before anybody has measured or set it. */
  initial(definition: SignalDefinition): SignalValue {
    return (
      definition.default ??
      (definition.datatype === 'string' ? definition.allowed?.[0] : undefined) ??
      neutral(definition)
    );
  }

  /**
   * Checks a value for an actuator's target against type, limits and allowed values.
   * @throws SignalError
   */
  checkTarget(path: string, value: SignalValue): void {
    const definition = this.get(path);
    if (definition.type !== 'actuator') {
      throw new SignalError('read-only', path, `${path} is a ${definition.type}: it can be read, not set.`);
    }
    checkType(definition, value);
    checkLimits(definition, value);
  }

  /**
   * Checks a measured value. An actuator's limits bind what it may be told, not what is measured: a cabin whose
   * set point ends at 28 °C may well be 45 °C hot.
   * @throws SignalError
   */
  checkValue(path: string, value: SignalValue): void {
    const definition = this.get(path);
    checkType(definition, value);
    if (definition.type === 'sensor') checkLimits(definition, value);
  }
}

function neutral(definition: SignalDefinition): SignalValue {
  if (definition.datatype.endsWith('[]')) return [];
  if (definition.datatype === 'boolean') return false;
  if (definition.datatype === 'string') return '';
  return Math.min(Math.max(0, definition.min ?? 0), definition.max ?? Infinity);
}

function fitsType(datatype: Datatype, value: SignalValue): boolean {
  switch (datatype) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
      return typeof value === 'string';
    case 'string[]':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'uint8[]':
      return (
        Array.isArray(value) && value.every((item) => typeof item === 'number' && fitsType('uint8', item))
      );
    case 'float':
    case 'double':
      return typeof value === 'number' && Number.isFinite(value);
    default: {
      const [low, high] = INTEGER_LIMITS[datatype] ?? [0, 0];
      return typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high;
    }
  }
}

function checkType(definition: SignalDefinition, value: SignalValue): void {
  if (fitsType(definition.datatype, value)) return;
  const { path, datatype } = definition;
  throw new SignalError('wrong-type', path, `${path} takes ${datatype}, not ${JSON.stringify(value)}.`);
}

function checkLimits({ path, min, max, allowed, unit }: SignalDefinition, value: SignalValue): void {
  if (typeof value === 'number' && (value < (min ?? -Infinity) || value > (max ?? Infinity))) {
    const range = `${min ?? 'any'} to ${max ?? 'any'}${unit ? ` ${unit}` : ''}`;
    throw new SignalError('out-of-range', path, `${path} takes ${range}, not ${value}.`);
  }
  if (!allowed) return;
  for (const item of Array.isArray(value) ? (value as readonly SignalValue[]) : [value]) {
    if (typeof item === 'string' && !allowed.includes(item)) {
      throw new SignalError(
        'not-allowed',
        path,
        `${path} takes one of ${allowed.join(', ')}, not "${item}".`,
      );
    }
  }
}

type VssEntry = Omit<SignalDefinition, 'path'>;

/** The shipped subset of VSS 6.0, without any overlay. */
export function vssSignals(): readonly SignalDefinition[] {
  return Object.entries(vss.signals as unknown as Record<string, VssEntry>).map(([path, entry]) => ({
    path,
    ...entry,
  }));
}
