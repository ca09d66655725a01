import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Dialogue } from '../../assistant/dialogue/dialogue.ts';
import { openDialogueData } from '../../assistant/dialogue/dialogue-data.ts';
import { keptInMemory, type ProfileStore } from '../../assistant/dialogue/profile/profile.ts';
import { createReplies, type Replies } from '../../assistant/dialogue/replies.ts';
import type { InterpretedCommand, Interpretation } from '../../assistant/understanding/interpreter.ts';
import { openOntology } from '../../assistant/understanding/open-phrase-book.ts';
import type { Seat } from '../../vehicle/command.ts';
import type { Intent } from '../../vehicle/ontology.generated.ts';
import { DEFAULT_CONTACTS } from '../../vehicle/controllers/contacts.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import { command, goal, newCar, type ShortSlots } from './small-car.ts';

export const ENGLISH = readFileSync(
  fileURLToPath(import.meta.resolve('#package/assistant/dialogue/replies/en.yaml')),
  'utf8',
);
export const ONTOLOGY = openOntology();
export const DATA = openDialogueData(ONTOLOGY);

/** What somebody means by the words: intents with slots, and how surely the first was read. */
export type Meant = readonly (readonly [intent: Intent, slots?: ShortSlots])[];

/** What the model reads when it understands everything. Each command's span is all of the text unless `parts` say otherwise. */
export function reading(text: string, meant: Meant, parts: readonly string[] = []): Interpretation {
  const commands = meant.map(([intent, slots], index): InterpretedCommand => {
    const start = parts[index] === undefined ? 0 : text.indexOf(parts[index]);
    const end = parts[index] === undefined ? text.length : start + parts[index].length;
    return { ...command(intent, slots), confidence: 1, span: [start, end] };
  });
  return { text, commands, rejected: [], domain: 'vehicle', ms: 0 };
}

/** Compiling the catalogue takes longer than a conversation. */
const compiled = new Map<number, Replies>();
function repliesOf(variant: number): Replies {
  const replies = compiled.get(variant) ?? createReplies(ENGLISH, 'en', (count) => variant % count);
  compiled.set(variant, replies);
  return replies;
}

/** People in a real vehicle, who are understood perfectly. */
export function talk(
  options: { readonly store?: ProfileStore; readonly handsOver?: boolean; readonly variant?: number } = {},
) {
  const car = newCar();
  const { store = keptInMemory(), handsOver = false, variant = 0 } = options;
  const dialogue = new Dialogue({
    car,
    replies: repliesOf(variant),
    data: DATA,
    store,
    contacts: DEFAULT_CONTACTS.map(({ name }) => name),
    handsOver,
  });
  const from =
    (seat: Seat) =>
    (text: string, ...meant: Meant) =>
      hear(seat, reading(text, meant));
  const hear = (seat: Seat, read: Interpretation) =>
    dialogue.turn(dialogue.hear(read.text), read, { seat, now: car.now });
  return {
    car,
    dialogue,
    say: from('driver'),
    from,
    hear,
    target: (path: string): SignalValue => goal(car, path),
    memory: () => dialogue.snapshot().context,
    /** Lets time pass for the car and the conversation alike, second by second. */
    wait: (ms: number): string[] => {
      const said: string[] = [];
      for (let passed = 0; passed < ms; passed += 1000) {
        car.advance(Math.min(1000, ms - passed));
        const reply = dialogue.step(car.now, false);
        if (reply !== '') said.push(reply);
      }
      return said;
    },
  };
}
