import type { SignalDefinition } from '../../vehicle/signals/catalogue.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import { VissError } from './errors.ts';

/** A value in VISS: always a string, or an array of strings. Source: VISS 3.0 Core, "Data representation". */
export type WireValue = string | string[];

/** The number format of JSON (RFC 8259), the only one that VISS allows. */
export const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

export const encode = (value: SignalValue): WireValue =>
  typeof value === 'object' ? value.map(String) : String(value);

/** Epoch milliseconds as ISO 8601 in UTC with a trailing Z. */
export const timestamp = (ms: number): string => new Date(ms).toISOString();

/**
 * Reads what a client wants to set.
 * @throws VissError `bad_request` without a value, `invalid_data` for one that is not of the signal's datatype
 */
export function decode({ path, datatype }: SignalDefinition, value: unknown): SignalValue {
  if (value === undefined) throw new VissError('bad_request', 'Missing or invalid value');
  if (datatype === 'string[]') return list(value, path, datatype);
  if (datatype === 'uint8[]') return list(value, path, datatype).map((item) => number(item, path, datatype));
  if (typeof value !== 'string') throw wrongType(path, datatype, value);
  if (datatype === 'string') return value;
  if (datatype !== 'boolean') return number(value, path, datatype);
  if (value !== 'true' && value !== 'false') throw wrongType(path, datatype, value);
  return value === 'true';
}

function list(value: unknown, path: string, datatype: string): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw wrongType(path, datatype, value);
}

function number(value: string, path: string, datatype: string): number {
  if (NUMBER.test(value)) return Number(value);
  throw wrongType(path, datatype, value);
}

function wrongType(path: string, datatype: string, value: unknown): VissError {
  const wanted = datatype.endsWith('[]')
    ? `an array of strings, each a ${datatype.slice(0, -2)}`
    : `a string that holds a ${datatype}`;
  return new VissError(
    'invalid_data',
    `Incorrect data type: ${path} takes ${wanted}, not ${JSON.stringify(value).slice(0, 100)}.`,
  );
}
