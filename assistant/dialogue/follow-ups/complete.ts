/**
 * What the model reads of a follow-up, made whole from the conversation's own memory. The model knows the words of at
 * most three turns; what was really done, to what and with which values, only the conversation knows.
 */
import { parse } from 'yaml';
import { z } from 'zod';
import type { Command, Seat, Slots, SlotValue } from '../../../vehicle/command.ts';
import { INTENTS, type Intent, type SlotName } from '../../../vehicle/ontology.generated.ts';
import type { InterpretedCommand } from '../../understanding/interpreter.ts';
import type { Memory } from '../machine/memory.ts';
import { isOwnThing } from '../questions/ownership.ts';
import { fitted, operationOf, targetOf, withSlots, type Ontology } from './fit.ts';

const words = z.array(z.string()).transform((list) => new Set(list));
const wordsSchema = z.strictObject({
  filler: words,
  pronoun: words,
  verb: words,
  there: words,
  person: words,
  player: words,
  means: z.record(z.string(), z.record(z.string(), z.string())),
});
export type FollowUpWords = z.infer<typeof wordsSchema>;
export const readFollowUpWords = (yaml: string): FollowUpWords => wordsSchema.parse(parse(yaml));

/** A command as it is meant, or several of which the speaker has to say which. */
export type Completed = { readonly command: Command } | { readonly which: readonly Command[] };

interface Parts {
  readonly ontology: Ontology;
  readonly words: FollowUpWords;
  /** Who speaks. */
  readonly seat: Seat;
  /** What was carried out in the same breath, before this. */
  readonly breath: readonly Command[];
}

const OPERATIONS_ON_IT = new Set([
  'on', 'off', 'open', 'close', 'lock', 'unlock', 'increase', 'decrease', 'stop', 'start', 'set',
]); // prettier-ignore
/** Slots that say what a command is about, beside the value that it sets. */
const ABOUT: ReadonlySet<SlotName> = new Set(['zone', 'side', 'channel', 'direction']);

/**
 * Completes one command of an utterance.
 * @param heard the whole utterance
 */
export function complete(read: InterpretedCommand, heard: string, memory: Memory, parts: Parts): Completed {
  const span = heard.slice(...read.span);
  const own = withPronouns(asSetting(read, span), wordsOf(span), memory, parts);
  if (memory.last.length === 0 && parts.breath.length === 0) return { command: own };
  const left = leftover(span, own.slots);
  if (
    left.length > 0 &&
    left.every((word) => isPartOf(word, parts.words)) &&
    left.some((word) => parts.words.verb.has(word))
  )
    return ofIt(own, left, spokenOf(memory, parts), parts);
  if (left.every((word) => parts.words.filler.has(word)) && Object.keys(own.slots).length > 0)
    return { command: elliptical(own, left, memory, parts) };
  return { command: own };
}

/** What "it" can be: something of the same breath, else of the turn before; there "my" and "here" were the seat's that spoke. */
function spokenOf({ last, lastSeat }: Memory, { breath, seat }: Parts): readonly Command[] {
  if (breath.length > 0) return breath;
  return lastSeat === seat ? last : last.map((command) => from(lastSeat, command));
}

/** A command in words that mean the same from any seat. */
function from(seat: Seat, command: Command): Command {
  const { zone } = command.slots;
  const isSpeakers = zone ? zone.value === 'speaker' : isOwnThing(command.intent);
  return isSpeakers ? withSlots(command, { zone: { text: zone?.text ?? seat, value: seat } }) : command;
}

/** "Set the temperature" names no value and asks no question: the car asks which. */
function asSetting({ intent, slots }: Command, span: string): Command {
  const setting = intentOf(`${targetOf(intent)}.set`);
  const isSetting = /^\W*(please |can you |could you )?(set|change|adjust)\b/i.test(span);
  const isOpen = /\.(query|on)$/.test(intent) && Object.keys(slots).length === 0;
  return setting && isSetting && isOpen ? { intent: setting, slots } : { intent, slots };
}

/** The words of a command that stand in none of its slots. */
function leftover(span: string, slots: Slots): readonly string[] {
  let rest = ` ${wordsOf(span).join(' ')} `;
  for (const slot of Object.values(slots)) {
    const said = wordsOf(slot.text).join(' ');
    if (said !== '') rest = rest.replace(` ${said} `, ' ');
  }
  return wordsOf(rest);
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replaceAll('’', "'")
    .match(/[\p{L}\p{N}']+/gu) ?? [];

const isPartOf = (word: string, { filler, verb, pronoun }: FollowUpWords) =>
  filler.has(word) || verb.has(word) || pronoun.has(word);

/** "Turn it off", "higher": the thing is the one spoken of last, if that can be done to it; of several, ask. */
function ofIt(
  own: Command,
  left: readonly string[],
  spoken: readonly Command[],
  { ontology, words }: Parts,
): Completed {
  const operation = operationOf(own.intent);
  if (!OPERATIONS_ON_IT.has(operation) || own.intent.startsWith('dialogue.')) return { command: own };
  const last = spoken.at(-1);
  if (last && isMoreOf(own, last, left)) return { command: withSlots(last, own.slots) };
  // "Turn on", without any pronoun, may be anything; what was turned is what is turned further.
  const points = left.some((word) => words.pronoun.has(word));
  const relative = operation === 'increase' || operation === 'decrease';
  if (!points && !relative) return { command: own };
  const meant = new Map<string, Command>();
  for (const last of spoken) {
    const intent = onTarget(targetOf(last.intent), operation, words);
    if (intent !== undefined && !meant.has(intent) && !isOfDegrees(own, intent, ontology))
      meant.set(intent, {
        intent,
        slots: {
          ...aboutOf(last, intent, ontology),
          ...((relative || ONE_OF.has(targetOf(intent))) && kindOf(last, intent)),
          ...fitted(own.slots, { intent, slots: {} }, ontology),
        },
      });
  }
  const commands = [...meant.values()];
  const [only] = commands;
  if (!only) return { command: own };
  if (commands.length === 1) return { command: only };
  // The model may know better than a pronoun does: "turn the music off" and "close it".
  const read = meant.get(own.intent);
  const exact = relative || left.includes('them') || left.includes('everything') ? read : undefined;
  return exact ? { command: exact } : { which: commands };
}

/** Things of which the mode says which one: the reading light, the bass. */
const ONE_OF: ReadonlySet<string> = new Set(['light.interior', 'media.equalizer']);

/** "Set it to 21 degrees" is nothing that can be done to a window. */
const isOfDegrees = ({ slots: { temperature } }: Command, intent: Intent, { labels }: Ontology): boolean =>
  temperature !== undefined &&
  (temperature.unit !== undefined || /°|degree/i.test(temperature.text)) &&
  !labels.get(intent)?.slots.includes('temperature');

/** "A bit more" goes on in the direction of what was done; the model now and then turns it round. */
function isMoreOf(own: Command, last: Command, left: readonly string[]): boolean {
  return (
    CONTRARY[operationOf(last.intent)] === operationOf(own.intent) &&
    targetOf(last.intent) === targetOf(own.intent) &&
    left.some((word) => /^(more|further|again)$/.test(word)) &&
    !left.some((word) => /^(on|off|up|down|back|open|close|shut|lock|unlock|less|lower|higher)$/.test(word))
  );
}
const CONTRARY: Readonly<Record<string, string>> = {
  open: 'close',
  close: 'open',
  increase: 'decrease',
  decrease: 'increase',
};

/** The intent that does this to a thing, where there is one. */
function onTarget(target: string, operation: string, { means }: FollowUpWords): Intent | undefined {
  const direct = intentOf(`${target}.${operation}`);
  if (direct) return direct;
  const other = means[target]?.[operation];
  return other === undefined ? undefined : (intentOf(other) ?? intentOf(`${other}.${operation}`));
}

const KNOWN = new Map<string, Intent>(INTENTS.map((intent) => [intent, intent]));
const intentOf = (label: string) => KNOWN.get(label);

/** Whose and which one it was: a follow-up about it is about the same one. */
function aboutOf(last: Command, intent: string, ontology: Ontology): Slots {
  const allowed = ontology.labels.get(intent)?.slots ?? [];
  return Object.fromEntries(
    Object.entries(last.slots).filter(([name]) => ABOUT.has(name as SlotName) && allowed.includes(name)),
  );
}

/** More of the same kind: bass stays bass. */
const kindOf = ({ intent, slots: { mode } }: Command, next: string): Slots =>
  mode && targetOf(intent) === targetOf(next) ? { mode } : {};

/** "And in the back", "22 for the passenger": the rest of the sentence is that of the one before. */
function elliptical(own: Command, left: readonly string[], memory: Memory, { ontology }: Parts): Command {
  const last = memory.last.at(-1);
  if (!last || own.intent.startsWith('dialogue.')) return own;
  const same = memory.last.findLast(({ intent }) => targetOf(intent) === targetOf(own.intent));
  if (same) {
    // "And in the back" sets nothing by itself: what was done there is done here.
    const alike =
      same.intent === own.intent || Object.keys(own.slots).every((name) => ABOUT.has(name as SlotName));
    return alike && isContinued(left)
      ? withSlots(same, own.slots)
      : { ...own, slots: { ...aboutOf(same, own.intent, ontology), ...own.slots } };
  }
  const slots = fitted(own.slots, last, ontology);
  const fits = Object.keys(slots).length === Object.keys(own.slots).length;
  return isContinued(left) && fits ? withSlots(last, slots) : own;
}

/** "And", "the same", "too" continue; without any of them a sentence may be new. */
const isContinued = (left: readonly string[]) =>
  left.length === 0 || left.some((word) => /^(and|same|too|also|as|what|how|about|for|in|to)$/.test(word));

/** "There", "her", "them" are what was spoken of last. */
function withPronouns(
  command: Command,
  said: readonly string[],
  memory: Memory,
  { words, ontology }: Parts,
): Command {
  const slots: Record<string, SlotValue> = { ...command.slots };
  const place = memory.place && { text: memory.place.label, value: memory.place.value };
  for (const name of ['destination', 'poi_name'] as const) {
    const said = command.slots[name];
    if (said && place && words.there.has(said.text.toLowerCase())) slots[name] = place;
  }
  const contact = command.slots.contact;
  if (contact && memory.person !== null && words.person.has(contact.text.toLowerCase()))
    slots.contact = { text: contact.text, value: memory.person };
  // "Text her I'm late": the model now and then leaves the person out.
  const takesPerson = /^(phone\.call|message)\.start$/.test(command.intent) && !contact;
  const named = ontology.labels
    .get(command.intent)
    ?.slots.some((name) => name === 'phone_number' && slots[name]);
  if (takesPerson && !named && memory.person !== null && said.some((word) => /^(her|him|them)$/.test(word)))
    slots.contact = { text: memory.person, value: memory.person };
  const going = /^navigation\.(route\.start|stop\.add)$/.test(command.intent);
  if (going && place && Object.keys(command.slots).length === 0) slots.destination = place;
  return { ...command, slots };
}
