import { SIGNAL_INTENTS, type SignalIntent, type Slots } from '../../vehicle/command.ts';
import type { Domain, SlotName } from '../../vehicle/ontology.generated.ts';
import { speakable } from './speakable.ts';
import type { InterpretedCommand, Interpretation, Interpreter, RawFrame, Utterance } from './interpreter.ts';
import { matches, saidWords, type Match, type SaidWord } from './match-pattern.ts';
import type { PhraseBook } from './phrase-book.ts';
import type { Normaliser } from './values/normalise.ts';

const DOMAIN: Domain = 'vehicle';

export interface NamedSignalParts {
  /** With the phrases of `addNamedSignals`. */
  readonly book: PhraseBook;
  readonly normaliser: Normaliser;
  /** Minutes by which the car's clock is ahead of UTC. */
  readonly utcOffset: number;
}

/**
 * An interpreter that also understands the names that an overlay gives to signals. No model has learnt them: a wish
 * about one is read by the patterns of `named-signals.yaml`, and the rest of the utterance by `inner`.
 */
export function withNamedSignals(inner: Interpreter, parts: NamedSignalParts): Interpreter {
  const names = [...(parts.book.lexicons.get('named')?.values.values() ?? [])].flat().map(speakable);
  if (names.length === 0) return inner;
  const mentions = (text: string) => {
    const said = ` ${speakable(text)} `;
    return names.some((name) => said.includes(` ${name} `));
  };
  return {
    name: inner.name,
    capabilities: inner.capabilities,
    close: () => inner.close(),
    async interpret(utterances, options) {
      const split = utterances.map((utterance) =>
        mentions(utterance.text) ? partsOf(utterance.text, parts, options.now) : [plainPart(utterance.text)],
      );
      const rest = split.flatMap((own, index) =>
        own.flatMap((part) =>
          'text' in part ? [{ ...part, context: utterances[index]?.context ?? [] }] : [],
        ),
      );
      const read = rest.length > 0 ? [...(await inner.interpret(rest, options))] : [];
      return split.map((own, index) => joined(utterances[index], own, () => read.shift()));
    },
  };
}

/** A stretch of the utterance for the model, or a command that is understood already. */
type Part = { readonly text: string; readonly start: number } | { readonly command: InterpretedCommand };
const plainPart = (text: string): Part => ({ text, start: 0 });

/** Said around a wish without changing it. */
export const AROUND: ReadonlySet<string> = new Set(
  `a actually also and car could drive for hey hi i just like maybe me my now oh ok okay please right so thank thanks the
  then there to uh um want we well will would yeah yes you can`.split(/\s+/),
);
export const JOINERS: ReadonlySet<string> = new Set(['and', 'then', 'also', 'but', 'plus']);

function partsOf(text: string, parts: NamedSignalParts, now: number): readonly Part[] {
  const words = saidWords(text);
  const found = longest(words, parts.book);
  if (!found) return [plainPart(text)];
  const { at, match, intent } = found;
  const [before, after] = [words.slice(0, at), words.slice(match.end)];
  const stands =
    (isAround(before) || JOINERS.has(before.at(-1)?.said ?? '')) &&
    (isAround(after) ||
      JOINERS.has(after[0]?.said ?? '') ||
      text.slice(words[match.end - 1]?.end).startsWith(','));
  if (!stands) return [plainPart(text)];
  const [start, end] = [words[at]?.start ?? 0, words[match.end - 1]?.end ?? text.length];
  const slots = slotsOf(match, intent, words, text, parts, now);
  return [
    ...stretch(text, before, true, parts, now),
    { command: { intent, slots, confidence: 1, span: [start, end] } },
    ...stretch(text, after, false, parts, now),
  ];
}

const isAround = (words: readonly SaidWord[]) => words.every(({ said }) => AROUND.has(said));

/** What is left on one side of a wish, without the words that join it. */
function stretch(
  text: string,
  words: readonly SaidWord[],
  isBefore: boolean,
  parts: NamedSignalParts,
  now: number,
): readonly Part[] {
  if (isAround(words)) return [];
  const kept = words.filter(
    (_, index) =>
      !words
        .slice(...(isBefore ? ([index] as const) : ([0, index + 1] as const)))
        .every(({ said }) => JOINERS.has(said)),
  );
  const [first, last] = [kept[0], kept.at(-1)];
  if (!first || !last) return [];
  return partsOf(text.slice(first.start, last.end), parts, now).map((part) =>
    'text' in part
      ? { ...part, start: part.start + first.start }
      : {
          command: {
            ...part.command,
            span: [part.command.span[0] + first.start, part.command.span[1] + first.start],
          },
        },
  );
}

/** The longest wish about a named signal, wherever it stands. */
function longest(
  words: readonly SaidWord[],
  book: PhraseBook,
): { readonly at: number; readonly match: Match; readonly intent: SignalIntent } | undefined {
  let best: { at: number; match: Match; intent: SignalIntent } | undefined;
  for (const intent of SIGNAL_INTENTS) {
    for (const pattern of book.intents.get(intent) ?? []) {
      for (let at = 0; at < words.length; at += 1) {
        for (const match of matches(book, pattern, words, at))
          if (!best || match.end - at > best.match.end - best.at) best = { at, match, intent };
      }
    }
  }
  return best;
}

function slotsOf(
  { slots }: Match,
  intent: SignalIntent,
  words: readonly SaidWord[],
  text: string,
  { normaliser, utcOffset }: NamedSignalParts,
  now: number,
): Slots {
  const place = ({ from, to }: Match['slots'][number]) => ({
    start: words[from]?.start ?? 0,
    end: words[to - 1]?.end ?? text.length,
  });
  const known = slots.filter(({ value }) => value !== undefined);
  const spoken = slots
    .filter(({ value }) => value === undefined)
    .map((slot) => {
      const { start, end } = place(slot);
      // The patterns' slots are checked against the ontology by their types' generator.
      return { name: slot.slot as SlotName, text: text.slice(start, end), start, end };
    });
  return {
    ...normaliser.normalise(intent, spoken, text, { now, utcOffset }).slots,
    ...Object.fromEntries(
      known.map((slot) => {
        const { start, end } = place(slot);
        return [slot.slot, { text: text.slice(start, end), value: slot.value ?? '' }];
      }),
    ),
  };
}

/** One interpretation out of those of the stretches and the commands between them. */
function joined(
  utterance: Utterance | undefined,
  parts: readonly Part[],
  next: () => Interpretation | undefined,
): Interpretation {
  const commands: InterpretedCommand[] = [];
  const rejected: InterpretedCommand[] = [];
  let raw: RawFrame[] | undefined;
  let ms = 0;
  let domain: Domain | undefined;
  for (const part of parts) {
    if ('command' in part) {
      commands.push(part.command);
      domain ??= DOMAIN;
      continue;
    }
    const own = next();
    if (!own) continue;
    const moved = <T extends RawFrame>(frame: T): T => ({
      ...frame,
      span: [frame.span[0] + part.start, frame.span[1] + part.start],
    });
    commands.push(...own.commands.map(moved));
    rejected.push(...own.rejected.map(moved));
    if (own.raw) raw = [...(raw ?? []), ...own.raw.map(moved)];
    ms += own.ms;
    domain ??= own.domain;
  }
  return {
    text: utterance?.text ?? '',
    commands,
    rejected,
    ...(raw && { raw }),
    domain: domain ?? DOMAIN,
    ms,
  };
}
