import type { SlotName } from '../../../vehicle/ontology.generated.ts';
import type { InterpretedCommand } from '../../understanding/interpreter.ts';

/** What may still come after the words so far. */
export type Expectation =
  /** Nothing: they are a whole command. */
  | 'nothing'
  /** A number may go on: "twenty" … "one". */
  | 'number'
  /** A name, an address or a message may go on. */
  | 'text'
  /** Something is missing: "set the temperature to …". */
  | 'more'
  /** The words mean nothing yet. */
  | 'unclear';

/** What the words of somebody who is still speaking mean so far. */
export interface Reading {
  /** They are something for the car. */
  readonly isCommand: boolean;
  /** So surely that they are even when nobody has said that they speak to it. */
  readonly isCertain: boolean;
  readonly expects: Expectation;
}

/** Silence, in milliseconds, after which somebody has finished: short after a whole wish, long where people think. */
export const PAUSES: Readonly<Record<Expectation, number>> = {
  nothing: 300,
  number: 520,
  unclear: 700,
  text: 800,
  more: 1300,
};

/** Below this the model's reading is not taken for the meaning while somebody may still go on. */
const SURE = 0.6;
/**
 * Below this it is not taken for something that is for the car where nobody has said so. Of 207 sentences that are not
 * (in-car set), 4 % are taken for commands then instead of 10 %; of 326 plain commands 1 % are not taken any more, of
 * 3,494 freely worded ones of the development data 8 %.
 */
const CERTAIN = 0.8;
/** Slots whose text is as long as the speaker likes. */
const OPEN_ENDED: ReadonlySet<string> = new Set<SlotName>([
  'destination',
  'waypoint',
  'origin',
  'message_text',
]);
/** Nobody ends with one of these. */
const DANGLING = new Set(
  'to and the a an at for with of my your from by or but than then into that until till set could can you'.split(
    ' ',
  ),
);
/** Another word can make these a larger number. */
const GROWING =
  /^(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|point|[2-9]0|\d+00)$/;
/** Digits of a telephone number, after which it can be complete. */
const DIGITS_OF_A_NUMBER = 7;

/** Words so far, and what is known of them. */
export interface WordsSoFar {
  readonly text: string;
  /** What the language model makes of them. */
  readonly commands: readonly InterpretedCommand[];
  /** The dialogue understands them without the model. */
  readonly isKnown: boolean;
  /** The car has asked something: then anything is for it. */
  readonly isAnswer: boolean;
  /** Whether a command needs a slot that it does not have. */
  readonly lacks: (command: InterpretedCommand) => boolean;
}

/** Judges what somebody says who is still speaking. */
export function readingOf({ text, commands, isKnown, isAnswer, lacks }: WordsSoFar): Reading {
  if (isKnown) return { isCommand: true, isCertain: true, expects: endOf(text, 'nothing') };
  const isUnderstood = areAll(SURE, commands);
  return {
    isCommand: isUnderstood || isAnswer,
    isCertain: isCertain(commands),
    expects: isUnderstood ? expected(text, commands, lacks) : endOf(text, isAnswer ? 'number' : 'unclear'),
  };
}

/** Whether they are for the car even when nobody has said so. */
export const isCertain = (commands: readonly Pick<InterpretedCommand, 'intent' | 'confidence'>[]): boolean =>
  areAll(CERTAIN, commands);

const areAll = (
  least: number,
  commands: readonly Pick<InterpretedCommand, 'intent' | 'confidence'>[],
): boolean =>
  commands.length > 0 &&
  commands.every(({ intent, confidence }) => !intent.startsWith('none.') && confidence >= least);

function expected(text: string, commands: WordsSoFar['commands'], lacks: WordsSoFar['lacks']): Expectation {
  if (commands.some(lacks)) return 'more';
  const last = commands.at(-1);
  for (const [name, slot] of Object.entries(last?.slots ?? {})) {
    if (!text.toLowerCase().endsWith(slot.text.toLowerCase())) continue;
    if (OPEN_ENDED.has(name) && isOpenEnded(slot.text)) return endOf(text, 'text');
    if (name === 'phone_number')
      return slot.text.replace(/\W/g, '').length >= DIGITS_OF_A_NUMBER ? 'number' : 'text';
  }
  return endOf(text, 'nothing');
}

/** "home" is a whole destination; "fifteen", "the church", "tell her that I" may go on. */
const isOpenEnded = (text: string): boolean => text.includes(' ') || /\d/.test(text);

/** What the last word promises; `otherwise` when it promises nothing. */
function endOf(text: string, otherwise: Expectation): Expectation {
  const last = text.toLowerCase().split(' ').at(-1) ?? '';
  if (DANGLING.has(last)) return 'more';
  return GROWING.test(last) && PAUSES[otherwise] < PAUSES.number ? 'number' : otherwise;
}
