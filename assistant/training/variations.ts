import type { Intent } from '../../vehicle/ontology.generated.ts';
import type { CommandSpan, Example, SlotSpan } from '../understanding/corpus.ts';
import type { ContextTurn } from '../understanding/interpreter.ts';
import type { Mention, Random, Sentence, Token } from '../understanding/sample-phrases.ts';
import {
  CONFUSIONS,
  CRITICAL,
  DROPPABLE,
  FILLERS,
  IMPERATIVES,
  OPENERS,
  REQUESTS,
  TAGS,
} from './spoken-words.ts';

/** Sentences said in one breath; punctuation stands in the tokens' text. */
export type Breath = readonly Sentence[];

const pick = <T>(random: Random, from: readonly [T, ...T[]] | readonly T[]): T => {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new RangeError('there is nothing to draw');
  return one;
};
const words = (text: string): readonly Token[] => text.split(' ').map((word) => ({ text: word }));

/** Politeness and fillers: "um can you turn on the radio please". A wish that is not an order takes fillers only. */
export function polite(sentence: Sentence, random: Random): Sentence {
  if (sentence.intent.startsWith('none.')) return sentence;
  const first = sentence.tokens[0]?.text ?? '';
  const order = IMPERATIVES.has(first) && !sentence.intent.startsWith('dialogue.');
  const before: Token[] = [];
  if (random() < 0.18) before.push(...words(pick(random, FILLERS)));
  if (random() < 0.1) before.push(...words(pick(random, OPENERS)));
  if (order && random() < 0.4) before.push(...words(pick(random, REQUESTS)));
  const after = order && random() < 0.25 ? words(pick(random, TAGS)) : [];
  return { ...sentence, tokens: [...before, ...sentence.tokens, ...after] };
}

const CONNECTORS = [
  'and',
  'and',
  'and',
  'and then',
  'then',
  'and also',
  'also',
  'and after that',
  'plus',
  'oh and',
  'and please',
  'but',
  '',
  '',
  '',
  '',
] as const;
/** Said with one verb for two things: "turn on the radio and the fan". */
const SHARED_VERBS =
  /^(turn on|turn off|switch on|switch off|put on|shut off|open|close|shut|lock|unlock|start|stop)$/;

/** Joins sentences the way people do; the connector belongs to the command that it introduces. */
export function joined(sentences: readonly Sentence[], random: Random): Breath {
  return sentences.map((sentence, index): Sentence => {
    const before = sentences[index - 1];
    if (!before) return sentence;
    const shorter = random() < 0.6 ? withoutSharedVerb(before, sentence) : undefined;
    if (shorter) return { ...sentence, tokens: [{ text: 'and' }, ...shorter] };
    const connector = pick(random, CONNECTORS);
    return connector === '' ? sentence : { ...sentence, tokens: [...words(connector), ...sentence.tokens] };
  });
}

function withoutSharedVerb(before: Sentence, sentence: Sentence): readonly Token[] | undefined {
  for (const length of [2, 1]) {
    const verb = (tokens: readonly Token[]) =>
      tokens
        .slice(0, length)
        .map(({ text }) => text)
        .join(' ');
    const rest = sentence.tokens.slice(length);
    const noun = rest[0]?.text === 'the' || rest[0]?.text === 'my';
    if (
      noun &&
      rest.length <= 5 &&
      verb(before.tokens) === verb(sentence.tokens) &&
      SHARED_VERBS.test(verb(sentence.tokens))
    )
      return rest;
  }
  return undefined;
}

/**
 * What a recogniser makes of it: words that sound alike, two words run together, short words lost or put in. Words that
 * decide between opposites, numbers and the words of open slots stay, so that the label can still be found.
 * @param alike words that sound like another
 */
export function misheard(
  sentence: Sentence,
  random: Random,
  alike: (word: string) => readonly string[],
): Sentence {
  let left = Math.max(1, Math.round(sentence.tokens.length * 0.18));
  const tokens: Token[] = [];
  for (const [index, token] of sentence.tokens.entries()) {
    const { text, mention } = token;
    const before = tokens.at(-1);
    const known = CONFUSIONS.get(text);
    const sounds = mention ? [] : alike(text).filter((word) => !CRITICAL.has(word));
    const isSpared = left === 0 || CRITICAL.has(text);
    if (isSpared) tokens.push(token);
    else if (known && random() < 0.4) {
      left--;
      tokens.push(...words(pick(random, known)).map((word) => ({ ...token, ...word })));
    } else if (mention) tokens.push(token);
    else if (sounds.length > 0 && random() < 0.12) {
      left--;
      tokens.push({ text: pick(random, sounds) });
    } else if (DROPPABLE.has(text) && random() < 0.3) left--;
    else if (before && !before.mention && !CRITICAL.has(before.text) && index > 0 && random() < 0.04) {
      left--;
      tokens[tokens.length - 1] = { text: before.text + text };
    } else if (random() < 0.04) {
      left--;
      tokens.push({ text: pick(random, ['uh', 'the', 'a', 'um', 'to', 'in', 'and', 'it']) }, token);
    } else tokens.push(token);
  }
  return tokens.length === 0 ? sentence : { ...sentence, tokens };
}

/** "35 percent" as it is written: "35%". */
export function withSigns(sentence: Sentence): Sentence {
  const tokens: Token[] = [];
  for (const token of sentence.tokens) {
    const last = tokens.at(-1);
    const sign = { percent: '%', degrees: '°' }[token.text];
    if (last && sign !== undefined && /\d$/.test(last.text) && last.mention === token.mention)
      tokens[tokens.length - 1] = { ...last, text: last.text + sign };
    else tokens.push(token);
  }
  return { ...sentence, tokens };
}

const TAKEN_BACK = [
  'no',
  'no wait',
  'uh no',
  'i mean',
  'sorry',
  'no sorry',
  'er',
  'actually',
  'make that',
  'no make it',
  'wait no',
  'or rather',
] as const;
/** Slots whose value people get wrong at first. */
const SLIPS: ReadonlySet<string> = new Set([
  'temperature', 'level', 'zone', 'speed', 'duration', 'datetime', 'contact', 'destination', 'frequency', 'position', 'color',
]); // prettier-ignore

/** "Set it to twenty no twenty two": only the last value counts. @param other draws another value of a slot */
export function takenBack(
  sentence: Sentence,
  other: (name: Mention['name']) => readonly Token[],
  random: Random,
): Sentence | undefined {
  const at = sentence.tokens.findIndex(({ mention }) => mention !== undefined && SLIPS.has(mention.name));
  const mention = sentence.tokens[at]?.mention;
  if (!mention) return undefined;
  const wrong = other(mention.name).map(({ text }) => ({ text }));
  const right = sentence.tokens.filter((token) => token.mention === mention);
  if (wrong.map(({ text }) => text).join(' ') === right.map(({ text }) => text).join(' ')) return undefined;
  const before = sentence.tokens.slice(0, at);
  return {
    ...sentence,
    tokens: [...before, ...wrong, ...words(pick(random, TAKEN_BACK)), ...sentence.tokens.slice(at)],
  };
}

/** "Open the open the window". */
export function stammered(sentence: Sentence, random: Random): Sentence {
  const length = 1 + Math.floor(random() * 3);
  const start = sentence.tokens.slice(0, length);
  if (start.length === sentence.tokens.length || start.some(({ mention }) => mention)) return sentence;
  return { ...sentence, tokens: [...start, ...(random() < 0.3 ? words('uh') : []), ...sentence.tokens] };
}

/** A slip of the fingers: two neighbouring letters of one long word change places. */
export function mistyped(sentence: Sentence, random: Random): Sentence {
  const long = sentence.tokens.flatMap(({ text, mention }, index) =>
    text.length >= 5 && !mention && !CRITICAL.has(text) ? [index] : [],
  );
  if (long.length === 0) return sentence;
  const slip = pick(random, long);
  const tokens = sentence.tokens.map((token, index) => {
    if (index !== slip) return token;
    const at = 1 + Math.floor(random() * (token.text.length - 2));
    const { text } = token;
    return { ...token, text: text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2) };
  });
  return { ...sentence, tokens };
}

/** Typed instead of spoken: a capital at the beginning, commas between commands, a mark at the end. */
export interface Style {
  readonly typed: boolean;
}

const QUESTION =
  /^(what|what's|where|when|which|who|how|is|are|am|do|does|will|can|could|would|should|why|did)$/;

/** The text with its spans. */
export function render(
  breath: Breath,
  context: readonly ContextTurn[],
  { typed }: Style,
  random: Random,
): Example {
  let text = '';
  const commands = breath.map(({ intent, tokens }, index): CommandSpan => {
    if (index > 0) text += typed && random() < 0.6 ? ', ' : ' ';
    const start = text.length;
    const slots: { -readonly [K in keyof SlotSpan]: SlotSpan[K] }[] = [];
    let open: Mention | undefined;
    for (const [at, { text: word, mention }] of tokens.entries()) {
      if (at > 0) text += ' ';
      const written =
        typed && word === 'i' ? 'I' : typed && word.startsWith("i'") ? `I${word.slice(1)}` : word;
      const from = text.length;
      text += typed && index === 0 && at === 0 ? written.charAt(0).toUpperCase() + written.slice(1) : written;
      const last = slots.at(-1);
      if (mention && mention === open && last) last.end = text.length;
      else if (mention) slots.push({ name: mention.name, start: from, end: text.length });
      open = mention;
    }
    return { intent, start, end: text.length, slots };
  });
  const first = breath[0]?.tokens[0]?.text ?? '';
  if (typed) text += QUESTION.test(first) ? '?' : pick(random, ['.', '.', '!', '']);
  return { text, context, commands };
}

/** Intents that nobody says in one breath with another. */
export const standsAlone = (intent: Intent): boolean =>
  intent.startsWith('none.') || intent.startsWith('dialogue.');
