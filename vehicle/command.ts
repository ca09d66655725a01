import type { Intent, SlotName } from './ontology.generated.ts';

/** A place to sit, and therefore to speak from. Driver and passenger follow the steering wheel's side. */
export const SEATS = ['driver', 'passenger', 'rear_left', 'rear_right'] as const;
export type Seat = (typeof SEATS)[number];

export type SlotAtom = string | number;

/**
 * A slot with its normalised value. `text` is the verbatim span of the utterance; when a slot occurs more than
 * once, `value` is a list and `text` spans from the first mention to the last.
 *
 * Value by slot type of the ontology: `enum` → one of its values; `number` → the number, `unit` beside it;
 * `quantity` | `level` → a number with `unit` (percent, level, degree, step, millimetre) or one of the type's words;
 * `position` → a number with `unit` (percent open, degree) or a word; `color` → `#rrggbb`; `duration`, `datetime` →
 * ISO 8601; `ordinal` → integer or `last`; `digits` → digits with an optional leading `+`; `text` → the words.
 */
export interface SlotValue {
  readonly text: string;
  readonly value: SlotAtom | readonly SlotAtom[];
  readonly unit?: string;
}

export type Slots = Readonly<Partial<Record<SlotName, SlotValue>>>;

/**
 * What can be said about a signal that has been given a name (`spokenNames` in an overlay). No model has learnt these,
 * so they are not in the ontology. The slot `item` holds the signal's path; `level`, `amount` or `mode` the value.
 */
export const SIGNAL_INTENTS = [
  'signal.on',
  'signal.off',
  'signal.set',
  'signal.increase',
  'signal.decrease',
  'signal.query',
] as const;
export type SignalIntent = (typeof SIGNAL_INTENTS)[number];

/** What somebody wants of the car: an intent of the ontology, or about a named signal, with its slots. */
export interface Command {
  readonly intent: Intent | SignalIntent;
  readonly slots: Slots;
}

/** Who asks. `confirmed` is set when the speaker has said yes to the gate's question about this very command. */
export interface Speaker {
  readonly seat: Seat;
  readonly confirmed?: boolean;
}
