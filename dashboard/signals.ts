import type { Signals } from './store.ts';

/** What the car measures there; undefined when the signal is unknown or no number. */
export function numberAt(signals: Signals, path: string): number | undefined {
  const value = signals[path]?.value;
  return typeof value === 'number' ? value : undefined;
}

/** What the actuator is told to reach, else what it measures. */
export function targetAt(signals: Signals, path: string): number | undefined {
  const target = signals[path]?.target;
  return typeof target === 'number' ? target : numberAt(signals, path);
}

/** True only for a signal that is known and true. */
export const isOn = (signals: Signals, path: string): boolean => signals[path]?.value === true;

/** Empty for a signal that is unknown or no text. */
export function textAt(signals: Signals, path: string): string {
  const value = signals[path]?.value;
  return typeof value === 'string' ? value : '';
}

/** Empty for a signal that is unknown or no list of texts. */
export function textsAt(signals: Signals, path: string): readonly string[] {
  const value = signals[path]?.value;
  return Array.isArray(value) ? value.map(String) : [];
}
