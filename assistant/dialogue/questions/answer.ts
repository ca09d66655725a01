/** What an utterance is to the question that is open. */
import type { Command, SlotAtom, Slots, SlotValue } from '../../../vehicle/command.ts';
import type { InterpretedCommand, Interpretation } from '../../understanding/interpreter.ts';
import type { Question } from '../machine/memory.ts';
import { fitted, withSlots, type Ontology } from '../follow-ups/fit.ts';
import { chooseOption, type Attributes } from './choose.ts';

export type Answer =
  /** Carry these out; `confirmed` for the gate's own question. */
  | { readonly is: 'do'; readonly commands: readonly Command[]; readonly confirmed: boolean }
  | { readonly is: 'no'; readonly code: 'dialogue.deny.question' | 'dialogue.cancel.question' }
  /** It was to be an answer, but fits nothing. */
  | { readonly is: 'unclear' };

export interface Answered {
  readonly answer: Answer;
  /** Commands of the same breath that are none of the answer. */
  readonly rest: readonly InterpretedCommand[];
}

export interface AnswerParts {
  readonly ontology: Ontology;
  readonly attributes: Attributes;
  /** A command as the question said it. */
  readonly inWords: (command: Command) => string;
  /** Whether somebody has a number of this type. */
  readonly hasNumber: (person: SlotAtom, type: SlotValue) => boolean;
}

/** What is written down word by word, whatever it says. */
const VERBATIM = new Set(['message_text']);
/** What answers with words that the model may not know: names. */
const NAMES = new Set([
  'contact',
  'destination',
  'poi_name',
  'song',
  'artist',
  'playlist',
  'station',
  'item',
]);
/** About the conversation itself: never an answer. */
const META = /^dialogue\.(why|help|repeat|undo|thanks|greet)\./;

/**
 * Reads an utterance as an answer; undefined when it is none (another command, a counter-question).
 * A bare "no" answers, "no, 22" corrects what was asked about.
 */
export function answerTo(
  question: Question,
  heard: Interpretation,
  parts: AnswerParts,
): Answered | undefined {
  const [first, ...rest] = heard.commands;
  if (!first || first.intent === 'none.silence.select') return undefined;
  if (first.intent === 'dialogue.cancel.select')
    return { answer: { is: 'no', code: 'dialogue.cancel.question' }, rest };
  if (first.intent === 'dialogue.deny.select' && !hasOptions(question))
    return { answer: { is: 'no', code: 'dialogue.deny.question' }, rest };
  if (META.test(first.intent)) return undefined;
  const answer = readAnswer(question, first, heard, parts);
  return answer && { answer, rest: takesAll(question) ? [] : rest };
}

const hasOptions = ({ kind }: Question) => kind === 'choice' || kind === 'which';
const takesAll = (question: Question) => question.kind === 'slot' && VERBATIM.has(question.slot);
const yes = (commands: readonly Command[], confirmed: boolean): Answer => ({ is: 'do', commands, confirmed });

function readAnswer(
  question: Question,
  first: InterpretedCommand,
  heard: Interpretation,
  parts: AnswerParts,
): Answer | undefined {
  const affirmed = first.intent === 'dialogue.affirm.select';
  switch (question.kind) {
    case 'confirm':
    case 'meant':
    case 'owner':
      if (affirmed) return yes([question.command], question.kind !== 'meant');
      return corrected(question.command, first, parts.ontology);
    case 'offer':
      if (affirmed || isOneOf(question.commands, first)) return yes(question.commands, false);
      return undefined;
    case 'which': {
      if (affirmed || first.intent === 'dialogue.deny.select') return { is: 'unclear' };
      const meant = whichCommand(question.commands, heard.text, first, parts);
      return meant ? yes([meant], false) : missing(first);
    }
    case 'choice':
    case 'list': {
      const option = chooseOption(question.options, heard.text, first.slots, parts.attributes);
      if (question.kind === 'list') return fromList(question, first, option);
      if (option && !standsAlone(first, question.command))
        return yes(
          [withSlots(question.command, { [question.slot]: { text: option.label, value: option.value } })],
          false,
        );
      if (first.intent === 'dialogue.deny.select') return { is: 'no', code: 'dialogue.deny.question' };
      return sameAgain(question.command, first) ?? narrowed(question, first, parts) ?? missing(first);
    }
    case 'slot':
      return filled(question.command, question.slot, first, heard, parts.ontology);
    case 'teach':
      return undefined;
  }
}

/** A command that says by itself what it wants, and is not about what was asked. */
const standsAlone = ({ intent, confidence }: InterpretedCommand, asked: Command) =>
  !intent.startsWith('dialogue.') &&
  !intent.startsWith('none.') &&
  intent !== asked.intent &&
  confidence > 0.6;

/** "The mobile one" of several people adds to what was asked; "no, Hannah" replaces it. */
function narrowed(
  question: Extract<Question, { kind: 'choice' }>,
  first: InterpretedCommand,
  { ontology, hasNumber }: AnswerParts,
): Answer | undefined {
  const type = first.slots.phone_type;
  const reached = type ? question.options.filter(({ value }) => hasNumber(value, type)) : [];
  const [only] = reached;
  if (only && type && reached.length === 1)
    return yes(
      [
        withSlots(question.command, {
          [question.slot]: { text: only.label, value: only.value },
          phone_type: type,
        }),
      ],
      false,
    );
  if (first.intent !== 'dialogue.choose.select' && first.intent !== 'dialogue.correct.select')
    return undefined;
  const slots = fitted(first.slots, question.command, ontology);
  return Object.keys(slots).length > 0 ? yes([withSlots(question.command, slots)], false) : undefined;
}

/** Taking one of the places found: "the second one", "take me there". */
function fromList(
  question: Extract<Question, { kind: 'list' }>,
  first: InterpretedCommand,
  option: { readonly label: string; readonly value: string | number } | undefined,
): Answer | undefined {
  const [top] = question.options;
  const going = first.intent === 'navigation.route.start' || first.intent === 'navigation.stop.add';
  const named =
    going &&
    Object.keys(first.slots).some((slot) => /destination|poi_name|poi_category/.test(slot)) &&
    !/\b(there|it|that|this)\b/i.test(first.slots.destination?.text ?? '');
  const taken =
    first.intent === 'dialogue.choose.select' || (going && !named)
      ? (option ?? (going ? top : undefined))
      : first.intent === 'dialogue.affirm.select'
        ? top
        : undefined;
  if (!taken) return first.intent === 'dialogue.choose.select' ? { is: 'unclear' } : undefined;
  const destination = { text: taken.label, value: taken.value };
  return yes([{ intent: going ? first.intent : 'navigation.route.start', slots: { destination } }], false);
}

/** The same wish again, with what was missing: "call Tom" after "whom?". */
function sameAgain(asked: Command, first: InterpretedCommand): Answer | undefined {
  return first.intent === asked.intent && Object.keys(first.slots).length > 0
    ? yes([withSlots(asked, first.slots)], false)
    : undefined;
}

function corrected(command: Command, first: InterpretedCommand, ontology: Ontology): Answer | undefined {
  if (first.intent !== 'dialogue.correct.select') return undefined;
  const slots = fitted(first.slots, command, ontology);
  return Object.keys(slots).length > 0 ? yes([withSlots(command, slots)], false) : undefined;
}

/** The missing value: a slot of this name, a number or word of its kind, or the words themselves. */
function filled(
  command: Command,
  slot: string,
  first: InterpretedCommand,
  heard: Interpretation,
  ontology: Ontology,
): Answer | undefined {
  const own = (first.slots as Readonly<Record<string, SlotValue | undefined>>)[slot];
  const answered = (value: SlotValue, more: Slots = {}) =>
    yes([withSlots(command, { ...more, [slot]: value })], false);
  if (own && (first.intent === command.intent || isVague(first)))
    return answered(own, fitted(first.slots, command, ontology));
  if (VERBATIM.has(slot) && isCorrection(first, heard.text)) {
    const meant = fitted(first.slots, command, ontology);
    if (Object.keys(meant).length > 0) return yes([withSlots(command, meant)], false);
  }
  if (VERBATIM.has(slot)) return answered({ text: heard.text, value: contentOf(heard.text) });
  if (first.intent === command.intent || isVague(first)) {
    const slots = fitted(first.slots, command, ontology, slot);
    if (Object.keys(slots).length > 0) return yes([withSlots(command, slots)], false);
    if (first.intent === 'dialogue.affirm.select') return { is: 'unclear' };
    const words = nameIn(heard.text);
    if (NAMES.has(slot) && words !== '' && words.split(' ').length <= 6)
      return answered({ text: words, value: words });
    return missing(first);
  }
  return undefined;
}

/** "No, to Tom" while a message is dictated: about whom it goes to, and no part of it. A name has two words at most. */
const isCorrection = ({ intent }: InterpretedCommand, text: string) =>
  intent === 'dialogue.correct.select' &&
  /^\W*((no|nope|not|wrong|sorry)\W+)+((to|for|i meant|i said|it's)\W+)*\w+(\W+\w+)?\W*$/i.test(text);

/** A reading that says little by itself: a choice, a correction, or nothing for the car. */
const isVague = ({ intent, confidence }: InterpretedCommand) =>
  /^(dialogue\.(choose|correct|affirm)|none\.out_of_scope|question|phone\.contact)\./.test(intent) ||
  confidence < 0.5;

/** What looks like an answer and is none is unclear; another command is no answer. */
const missing = (first: InterpretedCommand): Answer | undefined =>
  isVague(first) ? { is: 'unclear' } : undefined;

const isOneOf = (commands: readonly Command[], { intent }: Command) =>
  commands.some((one) => one.intent === intent);

/** Words around a message: "tell her I'm late", "say I'm late". */
const contentOf = (text: string) =>
  text
    .replace(/^\s*(uh|um|okay|ok|please)\s+/i, '')
    .replace(/^(just )?(tell|write|say|send)( (to )?(him|her|them))?( that)?:?\s+(?=\S)/i, '')
    .trim();

const nameIn = (text: string) =>
  text
    .replace(/[.,!?;:]+/g, ' ')
    .replace(/^\s*((uh|um|okay|ok|please|to|it's|it is|call|take me to|i want|let's go to|the one)\s+)+/i, '')
    .replace(/\s+(please|thanks|thank you)\s*$/i, '')
    .trim();

/** Of several commands, the one whose target or operation is named. */
function whichCommand(
  commands: readonly Command[],
  text: string,
  first: InterpretedCommand,
  parts: AnswerParts,
): Command | undefined {
  const exact = commands.find(({ intent }) => intent === first.intent);
  if (exact && !first.intent.startsWith('dialogue.')) return exact;
  const ordinal = first.slots.ordinal?.value;
  if (typeof ordinal === 'number') return commands[ordinal - 1];
  if (ordinal === 'last') return commands.at(-1);
  const words = new Set(text.toLowerCase().split(/[^\p{L}]+/u));
  const named = commands.map((command) => parts.inWords(command).split(' '));
  // Words that the descriptions share tell nothing apart.
  const telling = named.map((own, index) =>
    own.filter(
      (word) => words.has(word) && named.every((other, at) => at === index || !other.includes(word)),
    ),
  );
  const fits = commands.filter((_, index) => (telling[index]?.length ?? 0) > 0);
  const [only] = fits;
  if (only && fits.length === 1) return only;
  const target = (intent: string) => intent.slice(0, intent.lastIndexOf('.'));
  const alike = commands.filter(({ intent }) => target(intent) === target(first.intent));
  return alike.length === 1 ? alike[0] : undefined;
}
