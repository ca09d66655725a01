import type { SlotAtom, Slots, SlotValue } from './command.ts';
import type { SlotName } from './ontology.generated.ts';

/** A slot's values as a list; empty when it was not spoken. */
export function atoms(slot: SlotValue | undefined): readonly SlotAtom[] {
  if (!slot) return [];
  return typeof slot.value === 'object' ? slot.value : [slot.value];
}

/** The first value as words; undefined when the slot was not spoken. */
export function word(slots: Slots, name: SlotName): string | undefined {
  const [first] = atoms(slots[name]);
  return first === undefined || first === '' ? undefined : String(first);
}

/** The first of these slots that was spoken, as words. */
export function firstWord(slots: Slots, names: readonly SlotName[]): string | undefined {
  for (const name of names) {
    const found = word(slots, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A number, also when it came as digits. */
export function count(slot: SlotValue | undefined): number | undefined {
  const [first] = atoms(slot);
  if (first === undefined || first === '') return undefined;
  const number = Number(first);
  return Number.isFinite(number) ? number : undefined;
}

/** How an actuator of 0 to 100 percent is spoken about. */
export interface Scale {
  /** Number of its levels above off. */
  readonly levels: number;
  /** Percent of "a bit", of no amount at all, and of "a lot". */
  readonly small: number;
  readonly normal: number;
  readonly large: number;
}

/** Seat heating and the like: off and three levels. */
export const THREE_LEVELS: Scale = { levels: 3, small: 100 / 3, normal: 100 / 3, large: 200 / 3 };
/** Volume, brightness: any percentage, spoken of in tenths. */
export const TENTHS: Scale = { levels: 10, small: 5, normal: 10, large: 25 };

/** A `level` slot in percent; undefined when the number is off the scale. */
export function levelPercent(slot: SlotValue, scale: Scale): number | undefined {
  const number = count(slot);
  if (number === undefined) return levelOfWord(String(atoms(slot)[0]), scale);
  const percent =
    slot.unit === 'percent' || (slot.unit === undefined && number > scale.levels)
      ? number
      : (number / scale.levels) * 100;
  return percent < 0 || percent > 100 ? undefined : Math.round(percent);
}

function levelOfWord(word: string, { levels }: Scale): number | undefined {
  const third = levels === 3;
  const percents: Readonly<Record<string, number>> = {
    off: 0,
    min: Math.round(100 / levels),
    low: third ? 33 : 25,
    medium: third ? 67 : 50,
    high: third ? 100 : 75,
    max: 100,
  };
  return percents[word];
}

/** A relative `amount` slot in percent, without sign. */
export function amountPercent(slot: SlotValue | undefined, scale: Scale): number {
  const number = count(slot);
  if (number === undefined) return amountOfWord(slot, scale);
  const inLevels =
    slot?.unit === undefined ? scale.levels <= 5 && number <= scale.levels : slot.unit !== 'percent';
  return inLevels ? (number / scale.levels) * 100 : number;
}

/** "a bit", "a lot", or nothing said. */
export function amountOfWord(
  slot: SlotValue | undefined,
  sizes: { small: number; normal: number; large: number },
): number {
  const [first] = atoms(slot);
  return first === 'small' ? sizes.small : first === 'large' ? sizes.large : sizes.normal;
}

const OPEN_WORDS: Readonly<Record<string, number>> = { closed: 0, slightly: 15, half: 50, open: 100 };

/** A `position` slot in percent open; undefined when it is none from 0 to 100. */
export function positionPercent(slot: SlotValue): number | undefined {
  const percent = count(slot) ?? OPEN_WORDS[String(atoms(slot)[0])];
  return percent === undefined || percent < 0 || percent > 100 ? undefined : Math.round(percent);
}

/** Letters and digits of a name in lower case, for comparing what was said with what is written. */
export function plain(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
