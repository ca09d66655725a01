import { editDistance } from '../../understanding/nearest.ts';

/** People say these while they listen: they want to hear on. */
const BACKCHANNELS = new Set(
  'uh huh mhm mm hmm hm mmm uhhuh ok okay yeah yep aha ah oh right sure alright i see um'.split(' '),
);
/** No longer, or it is something to say. */
const LONGEST_BACKCHANNEL = 3;

/** "uh-huh", "mhm", "okay": said while the car speaks, it does not interrupt. */
export const isBackchannel = (words: readonly string[]): boolean =>
  words.length <= LONGEST_BACKCHANNEL &&
  words.flatMap((word) => word.toLowerCase().split(/[^a-z]+/)).every((w) => w === '' || BACKCHANNELS.has(w));

/** From this share of its letters on, what is heard is the car's own voice that has come back through the microphone. */
const ECHO = 0.5;
/** Share of a word's letters that may be heard otherwise. */
const SLIPS = 0.34;

/**
 * Whether these words are those that the car itself is saying: most of them stand in the reply, in its order. Mistakes
 * of the recogniser are allowed for.
 * @param reply what the car says
 */
export function isEcho(words: readonly string[], reply: string): boolean {
  const said = wordsOf(reply);
  const heard = wordsOf(words.join(' '));
  return heard.length > 0 && inCommon(heard, said) / heard.join('').length >= ECHO;
}

/** The letters of those words of one that stand in the other, in the same order. Short words stand everywhere. */
function inCommon(some: readonly string[], others: readonly string[]): number {
  let row = others.map(() => 0);
  for (const word of some) {
    const next: number[] = [];
    for (const [at, other] of others.entries()) {
      const longer = isLike(word, other) ? (row[at - 1] ?? 0) + word.length : 0;
      next.push(Math.max(longer, row[at] ?? 0, next[at - 1] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

const isLike = (one: string, other: string): boolean =>
  one === other || editDistance(one, other) <= SLIPS * Math.max(one.length, other.length);

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
