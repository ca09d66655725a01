import { CONFUSIONS } from '../training/spoken-words.ts';
import { editDistance } from '../understanding/nearest.ts';
import type { Random } from '../understanding/sample-phrases.ts';
import type { MeasuredRow } from './measured-row.ts';

/** Of a recogniser's errors, how many replace a word and how many lose one; the rest puts one in. */
const REPLACED = 0.6;
const LOST = 0.25;
const PUT_IN = ['uh', 'the', 'a', 'um', 'to', 'in', 'and', 'it'];
const NEAREST = 3;

/**
 * What a recogniser with a given word error rate makes of an utterance: words replaced by such as sound or are spelled
 * alike, lost, or put in, also those that decide what is meant. The words of slots stay, so that it is known what
 * would be right; the other words bear their share of the errors.
 * @param rate errors per word of the whole utterance, 0 to 1
 * @param vocabulary words to mistake others for
 */
export function withWordErrors(
  row: MeasuredRow,
  rate: number,
  vocabulary: readonly string[],
  random: Random,
): MeasuredRow {
  const words = [...row.text.matchAll(/\S+/g)].map(({ 0: text, index: start }) => ({
    text,
    start,
    end: start + text.length,
  }));
  const slots = row.commands.flatMap((command) => command.slots);
  const free = [...words.keys()].filter((at) => {
    const word = words[at];
    return word && !slots.some(({ start, end }) => start < word.end && word.start < end);
  });
  const expected = words.length * rate;
  let left = Math.floor(expected) + (random() < expected % 1 ? 1 : 0);
  const said = new Map<number, string>();
  for (; left > 0 && free.length > 0; left--) {
    const [at = 0] = free.splice(Math.floor(random() * free.length), 1);
    const word = words[at]?.text ?? '';
    const kind = random();
    if (kind < REPLACED) said.set(at, mistaken(word, vocabulary, random));
    else if (kind < REPLACED + LOST && words.length > 1) said.set(at, '');
    else said.set(at, `${PUT_IN[Math.floor(random() * PUT_IN.length)] ?? ''} ${word}`);
  }

  let text = '';
  const moved = words.map((word, at) => {
    const now = said.get(at) ?? word.text;
    if (text !== '' && now !== '') text += ' ';
    const start = text.length;
    text += now;
    return { ...word, to: start };
  });
  const from = (place: number) => {
    const word = moved.find(({ end }) => place < end);
    return word ? word.to + Math.max(0, place - word.start) : text.length;
  };
  const stretch = <T extends { start: number; end: number }>(of: T): T => {
    const start = Math.min(from(of.start), text.length);
    return { ...of, start, end: Math.min(text.length, start + of.end - of.start) };
  };
  return {
    ...row,
    text,
    commands: row.commands.map((command) => ({ ...stretch(command), slots: command.slots.map(stretch) })),
  };
}

function mistaken(word: string, vocabulary: readonly string[], random: Random): string {
  const lower = word.toLowerCase();
  const alike =
    CONFUSIONS.get(lower) ??
    vocabulary
      .filter(
        (other) => other !== lower && other[0] === lower[0] && Math.abs(other.length - lower.length) < 3,
      )
      .map((other) => ({ other, distance: editDistance(lower, other) }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, NEAREST)
      .map(({ other }) => other);
  return alike[Math.floor(random() * alike.length)] ?? 'uh';
}
