import { compareFrames, isDeclined } from './match.ts';
import type { Frame, Shrunk } from './result.ts';
import type { ExpectedFrame } from './suite.ts';
import type { Observation } from './judge.ts';

/** Understands texts, in order. */
export type Ask = (texts: readonly string[]) => Promise<readonly Observation[]>;

export interface ShrinkRequest {
  readonly text: string;
  readonly expected: readonly ExpectedFrame[];
  readonly candidate: Ask;
  /** The model that had it right, where it can still be asked. */
  readonly baseline?: Ask | undefined;
}

/**
 * Shrinks a text that goes wrong to the shortest one that goes wrong in the same way (ddmin over words; Zeller and
 * Hildebrandt 2002, IEEE TSE 28:183), and names the words that make the difference.
 *
 * "In the same way": the candidate gives the same wrong reading; where the baseline model can be asked, it still
 * gives the right one. Without it a text that is declined wrongly is not shortened: less of it says less anyway.
 */
export async function shrink({
  text,
  expected,
  candidate,
  baseline,
}: ShrinkRequest): Promise<Shrunk | undefined> {
  const [whole] = await candidate([text]);
  if (!whole || compareFrames(expected, whole.got).length === 0) return undefined;
  const intents = (frames: readonly Frame[]) => frames.map(({ intent }) => intent).join('+');
  const expectedIntents = expected.map(({ intent }) => intent).join('+');
  const flipped = flipOf(whole, expected);
  const wrong = signatureOf(whole.got, flipped);

  const fails = async (texts: readonly string[]): Promise<readonly boolean[]> => {
    const now = await candidate(texts);
    const then = baseline && (await baseline(texts));
    return texts.map((_, at) => {
      const same = signatureOf(now[at]?.got ?? [], flipped) === wrong;
      const wasRight = !then || intents(then[at]?.got ?? []) === expectedIntents;
      return same && wasRight;
    });
  };
  const words = text.trim().split(/\s+/);
  const shortens = baseline !== undefined || !isDeclined(whole.got);
  const short = shortens ? await ddmin(words, fails) : words;
  const [reading] = await candidate([short.join(' ')]);
  return {
    text: short.join(' '),
    flipped,
    tokens: await decisiveWords(short, wrong, flipped, candidate),
    got: [...(reading?.got ?? [])],
  };
}

/** Of a reading what must stay the same while words go: all of it for slots, else the intents. */
const signatureOf = (frames: readonly Frame[], flipped: Shrunk['flipped']): string =>
  JSON.stringify(
    frames.map(({ intent, slots }) => [
      intent,
      flipped === 'slot' ? Object.entries(slots).map(([name, { value }]) => [name, value]) : [],
    ]),
  );

/** A reading that was only not sure enough is a matter of the threshold; the right intents are one of slots. */
function flipOf({ got, rejected }: Observation, expected: readonly ExpectedFrame[]): Shrunk['flipped'] {
  const wanted = new Set(expected.map(({ intent }) => intent));
  if (isDeclined(got) && rejected.some(({ intent }) => wanted.has(intent))) return 'threshold';
  return got.length === expected.length && got.every(({ intent }) => wanted.has(intent)) ? 'slot' : 'intent';
}

/** The fewest words, in their order, that still fail: no single one of them can be left out. */
async function ddmin(
  words: readonly string[],
  fails: (texts: readonly string[]) => Promise<readonly boolean[]>,
): Promise<readonly string[]> {
  let left = words;
  for (let parts = 2; left.length > 1;) {
    const size = Math.ceil(left.length / parts);
    const chunks = Array.from({ length: Math.ceil(left.length / size) }, (_, at) =>
      left.slice(at * size, (at + 1) * size),
    );
    const rests = chunks.map((_, at) => [...left.slice(0, at * size), ...left.slice((at + 1) * size)]);
    const tries = [...chunks, ...rests].filter((part) => part.length > 0 && part.length < left.length);
    const failing = await fails(tries.map((part) => part.join(' ')));
    const hit = tries.filter((_, at) => failing[at]).sort((a, b) => a.length - b.length)[0];
    if (hit) {
      left = hit;
      parts = 2;
    } else if (size === 1) break;
    else parts = Math.min(left.length, parts * 2);
  }
  return left;
}

/** Stands in for a word without saying anything. */
const NEUTRAL = 'it';

/** Words without which, or with another word in whose place, the reading is another one. */
async function decisiveWords(
  words: readonly string[],
  wrong: string,
  flipped: Shrunk['flipped'],
  ask: Ask,
): Promise<readonly string[]> {
  const changed = words.flatMap((word, at) =>
    [words.toSpliced(at, 1), words.toSpliced(at, 1, NEUTRAL)]
      .filter((others) => others.length > 0)
      .map((others) => ({ word, text: others.join(' ') })),
  );
  if (changed.length === 0) return words;
  const answers = await ask(changed.map(({ text }) => text));
  const decisive = changed.filter((_, at) => signatureOf(answers[at]?.got ?? [], flipped) !== wrong);
  return [...new Set(decisive.map(({ word }) => word))];
}
