import type { SlotAtom } from '../../../vehicle/command.ts';

/** What words mean: a number with its unit where one was said, a word of a closed list, or ISO 8601. */
export interface Value {
  readonly value: SlotAtom;
  readonly unit?: string;
}

/** Rounds away what binary fractions and thirds leave: at most `digits` after the point. */
export function rounded(value: number, digits = 2): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
