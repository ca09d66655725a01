import type { SlotAtom } from '../../vehicle/command.ts';
import type { CommandSpan } from '../understanding/corpus.ts';
import type { InterpretedCommand, Interpretation, RawFrame } from '../understanding/interpreter.ts';
import { contraryOf } from '../understanding/slm/labels.ts';
import type { Normaliser } from '../understanding/values/normalise.ts';
import type { Moment } from '../understanding/values/time.ts';
import type { MeasuredRow } from './measured-row.ts';

/** What became of one utterance. */
export interface Outcome {
  readonly row: MeasuredRow;
  /** All intents, in their order. */
  readonly intents: boolean;
  /** All intents and all slots with exactly their words. */
  readonly words: boolean;
  /** All intents and all slots with the same values: what the car would do. */
  readonly values: boolean;
  /** By command, as far as both sides have one: whether the intent is right, and how sure the model was. */
  readonly commands: readonly {
    readonly right: boolean;
    readonly confidence: number;
    readonly contrary: boolean;
  }[];
  readonly slots: { readonly wanted: number; readonly said: number; readonly right: number };
  /** The first command, or that there is none. */
  readonly wantedNone: boolean;
  readonly wantedOutOfScope: boolean;
  readonly saidNone: boolean;
  readonly saidOutOfScope: boolean;
}

/** A command as far as it is compared. */
export interface Frame {
  readonly intent: string;
  readonly slots: ReadonlyMap<string, { readonly text: string; readonly value: string }>;
}

const OUT_OF_SCOPE = 'none.out_of_scope.select';

/**
 * Holds what a model said against what was meant.
 * @param moment relative to which dates were read
 */
export function judge(
  row: MeasuredRow,
  { commands: said }: Pick<Interpretation, 'commands'>,
  normaliser: Normaliser,
  moment: Moment,
): Outcome {
  const wanted = row.commands.map((command) => wantedFrame(command, row.text, normaliser, moment));
  const got = said.map(frameOf);
  const paired = wanted.flatMap((frame, index) => {
    const other = got[index];
    return other ? [{ frame, other, confidence: said[index]?.confidence ?? 0 }] : [];
  });
  const same = (equal: (frame: Frame, other: Frame) => boolean) =>
    wanted.length === got.length && paired.every(({ frame, other }) => equal(frame, other));
  const intents = same((a, b) => a.intent === b.intent);
  const slotsAgree = (by: 'text' | 'value') => (a: Frame, b: Frame) =>
    a.slots.size === b.slots.size &&
    [...a.slots].every(([name, slot]) => slot[by] === b.slots.get(name)?.[by]);
  const marks = (frames: readonly Frame[]) =>
    frames.flatMap(({ slots }) => [...slots].map(([name, { text }]) => `${name} ${text}`));
  const left = marks(got);
  const hits = marks(wanted).filter((mark) => {
    const at = left.indexOf(mark);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  const [first, firstSaid] = [wanted[0]?.intent ?? '', got[0]?.intent ?? ''];
  return {
    row,
    intents,
    words: intents && same(slotsAgree('text')),
    values: intents && same(slotsAgree('value')),
    commands: paired.map(({ frame, other, confidence }) => ({
      right: frame.intent === other.intent,
      confidence,
      contrary: contraryOf(frame.intent) === other.intent,
    })),
    slots: { wanted: marks(wanted).length, said: marks(got).length, right: hits.length },
    wantedNone: first.startsWith('none.'),
    wantedOutOfScope: first === OUT_OF_SCOPE,
    saidNone: firstSaid.startsWith('none.'),
    saidOutOfScope: firstSaid === OUT_OF_SCOPE,
  };
}

/** What the words of a command mean, read as the run-time reads them; where its author wrote a value down, that counts. */
export function wantedFrame(
  { intent, slots }: CommandSpan,
  text: string,
  normaliser: Normaliser,
  moment: Moment,
): Frame {
  const spoken = slots.map((slot) => ({ ...slot, text: text.slice(slot.start, slot.end) }));
  const read = slotsOf(normaliser.normalise(intent, spoken, text, moment).slots);
  const meant = spoken.map(({ value, ...slot }) => ({ ...slot, text: value ?? slot.text }));
  const values = slotsOf(normaliser.normalise(intent, meant, text, moment).slots);
  const written = new Set(spoken.flatMap(({ name, value }) => (value === undefined ? [] : [name as string])));
  return {
    intent,
    slots: new Map(
      [...read].map(([name, slot]) => [
        name,
        written.has(name) ? { ...slot, value: values.get(name)?.value ?? '' } : slot,
      ]),
    ),
  };
}

export const frameOf = ({ intent, slots }: Pick<RawFrame, 'intent' | 'slots'>): Frame => ({
  intent,
  slots: slotsOf(slots),
});

function slotsOf(slots: RawFrame['slots']): Frame['slots'] {
  return new Map(
    Object.entries(slots).map(([name, { text, value, unit }]) => [
      name,
      { text: text.toLowerCase(), value: [listed(value), unit ?? ''].join(' ').trim().toLowerCase() },
    ]),
  );
}

/** The order in which several values were said does not matter. */
const listed = (value: SlotAtom | readonly SlotAtom[]) => [value].flat().map(String).sort().join(', ');

/** For reports: `seat.heating.set [three](level) + window.close`. */
export function shown(frames: readonly Pick<InterpretedCommand, 'intent' | 'slots'>[]): string {
  return frames
    .map(({ intent, slots }) =>
      [
        intent,
        ...Object.entries(slots).map(([name, { text, value }]) => `[${text}](${name}=${listed(value)})`),
      ].join(' '),
    )
    .join(' + ');
}
