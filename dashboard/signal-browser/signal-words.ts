import type { SignalList, SignalState } from '../../simulator/server/protocol.ts';
import { t } from '../language/language.ts';

export type Signal = SignalList[number];
export type SignalValue = SignalState['value'];

/** A value as a person reads it. */
export function valueWords(value: SignalValue | undefined, unit?: string): string {
  if (value === undefined) return '–';
  if (Array.isArray(value)) return value.length === 0 ? t('signals.none') : value.join(', ');
  if (typeof value === 'number') {
    const shown = Number.isInteger(value) ? String(value) : String(Number(value.toFixed(3)));
    return unit === undefined ? shown : `${shown} ${unit}`;
  }
  return value === '' ? '“”' : String(value);
}

/** What an actuator is told to reach, where it has not reached it yet. */
export function stateWords(state: SignalState | undefined, { unit }: Signal): string {
  const now = valueWords(state?.value, unit);
  const target = valueWords(state?.target, unit);
  return state?.target === undefined || target === now ? now : `${now} → ${target}`;
}

/** What may be written, in a few words. */
export function limitWords({ type, datatype, min, max, unit, allowed }: Signal): string {
  const range = [min, max].some((limit) => limit !== undefined)
    ? t('signals.range', { min: String(min ?? '−∞'), max: String(max ?? '∞') })
    : undefined;
  return [type, datatype, range, allowed?.join(' | '), unit].filter((word) => word !== undefined).join(' · ');
}

/**
 * The signals that fit what somebody types: each word must stand in the path, the description or a spoken name, in
 * any case and order.
 */
export function found(signals: SignalList, typed: string, kind: string): SignalList {
  const words = typed
    .toLowerCase()
    .split(/[\s.]+/)
    .filter(Boolean);
  return signals.filter((signal) => {
    if (kind !== 'all' && signal.type !== kind) return false;
    const text = [signal.path, signal.description, ...(signal.spokenNames ?? [])].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/**
 * What somebody typed, as a value of the signal's type.
 * @returns undefined when it is none; what the car allows is for the car to say
 */
export function typedValue({ datatype }: Signal, typed: string): SignalValue | undefined {
  const items = typed
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  switch (datatype) {
    case 'boolean':
      return typed === 'true';
    case 'string':
      return typed;
    case 'string[]':
      return items;
    case 'uint8[]': {
      const numbers = items.map(Number);
      return numbers.every(Number.isFinite) ? numbers : undefined;
    }
    default: {
      const number = Number(typed.trim().replace(',', '.'));
      return typed.trim() !== '' && Number.isFinite(number) ? number : undefined;
    }
  }
}
