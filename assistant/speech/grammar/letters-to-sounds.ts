import type { Pronunciation } from './pronunciation.ts';

/** The phones that each letter usually makes; what is not here costs more when a word is aligned with its phones. */
const SOUNDS: Readonly<Record<string, string>> = {
  a: 'AE AH EY AA AO EH IH',
  b: 'B',
  c: 'K S CH SH',
  d: 'D JH T',
  e: 'EH IY AH IH EY ER',
  f: 'F V',
  g: 'G JH ZH F NG',
  h: 'HH',
  i: 'IH AY IY AH Y',
  j: 'JH Y HH ZH',
  k: 'K',
  l: 'L',
  m: 'M',
  n: 'N NG',
  o: 'OW AA AO AH UW UH AW OY W',
  p: 'P F',
  q: 'K',
  r: 'R ER',
  s: 'S Z SH ZH',
  t: 'T SH CH TH DH',
  u: 'AH UW UH ER IH W Y',
  v: 'V F',
  w: 'W V',
  x: 'K Z',
  y: 'IY AY IH Y',
  z: 'Z S T ZH',
};
/** By letter and phone: 0 for the usual sound, a little more for each rarer one. */
const RANKS = new Map(
  Object.entries(SOUNDS).flatMap(([letter, phones]) =>
    phones.split(' ').map((phone, rank) => [letter + phone, rank * 0.01] as const),
  ),
);
const VOWELS = 'AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW'.split(' ');
const PHONES = [...VOWELS, ...'B CH D DH F G HH JH K L M N NG P R S SH T TH V W Y Z ZH'.split(' ')];

/** Letters to the left and right that are looked at, from little to much context. */
const WINDOWS = [
  [0, 0],
  [0, 1],
  [1, 1],
  [1, 2],
  [2, 2],
  [2, 3],
  [3, 3],
  [4, 4],
] as const;
const MARGIN = 4;
/** Examples that tell how a letter sounds between its two neighbours. */
const CLOSE_EXAMPLES = 30;
const PADDING = '#'.repeat(MARGIN);

/** What a letter sounds like in a context: chunks of phones with how often each was seen. */
type Votes = Map<string, number>;

/**
 * Learns from the dictionary how the letters of `words` sound: for each letter of them, what the same letter makes in
 * the dictionary's words where most of the letters around it are the same (memory-based learning after Daelemans and
 * van den Bosch, 1996). Only contexts that occur in `words` are remembered.
 * @param entries the dictionary, word and phones
 * @returns the likeliest pronunciation of each word
 */
export function learnPronunciations(
  entries: Iterable<readonly [string, Pronunciation]>,
  words: Iterable<string>,
): Map<string, Pronunciation> {
  const wanted = [...words];
  const memory = new Map<string, Votes>();
  // To align all of the dictionary would take seconds: a word is used while one of its letters is new in its closest
  // context, or when it shares more than that.
  const close = new Map<string, number>();
  const wide = new Set<string>();
  for (const word of wanted) {
    const padded = PADDING + word + PADDING;
    for (let at = MARGIN; at < padded.length - MARGIN; at++) {
      close.set(padded.slice(at - 1, at + 2), CLOSE_EXAMPLES);
      wide.add(padded.slice(at - 2, at + 3));
      for (const [left, right] of WINDOWS) memory.set(key(padded, at, left, right), new Map());
    }
  }
  for (const [word, phones] of entries) {
    const padded = PADDING + word + PADDING;
    let chunks: readonly string[] | undefined;
    for (let at = MARGIN; at < padded.length - MARGIN; at++) {
      const around = padded.slice(at - 1, at + 2);
      const open = close.get(around);
      if (open === undefined) continue;
      if (open > 0) close.set(around, open - 1);
      else if (!wide.has(padded.slice(at - 2, at + 3))) continue;
      chunks ??= align(word, phones.split(' '));
      const chunk = chunks[at - MARGIN] ?? '';
      for (const [left, right] of WINDOWS) {
        const votes = memory.get(key(padded, at, left, right));
        if (votes) votes.set(chunk, (votes.get(chunk) ?? 0) + 1);
      }
    }
  }
  return new Map(wanted.map((word) => [word, pronounce(word, memory)]));
}

function pronounce(word: string, memory: ReadonlyMap<string, Votes>): Pronunciation {
  const padded = PADDING + word + PADDING;
  const chunks: string[] = [];
  for (let at = MARGIN; at < padded.length - MARGIN; at++) {
    const scores = new Map<string, number>();
    for (const [index, [left, right]] of WINDOWS.entries()) {
      const votes = memory.get(key(padded, at, left, right)) ?? new Map<string, number>();
      const total = [...votes.values()].reduce((sum, count) => sum + count, 0);
      // More context counts more, but one odd word should not outvote many.
      const weight = (4 ** index * total) / (total + 1);
      for (const [chunk, count] of votes)
        scores.set(chunk, (scores.get(chunk) ?? 0) + (weight * count) / total);
    }
    chunks.push([...scores].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '');
  }
  return chunks.filter((chunk) => chunk !== '').join(' ');
}

function key(padded: string, at: number, left: number, right: number): string {
  return `${left}${padded.slice(at - left, at + right + 1)}`;
}

/** Which phones each letter makes: none, one or two, by the cheapest way through the table of both. */
export function align(word: string, phones: readonly string[]): readonly string[] {
  const width = phones.length + 1;
  const costs = new Float64Array((word.length + 1) * width).fill(Infinity);
  const taken = new Uint8Array(costs.length);
  const ids = phones.map((phone) => PHONES.indexOf(phone));
  costs[0] = 0;
  for (let letter = 0; letter < word.length; letter++) {
    const row = (word.charCodeAt(letter) % LETTERS) * PHONES.length;
    const silent = silentCost(word, letter);
    for (let phone = 0; phone < width; phone++) {
      const at = letter * width + phone;
      const cost = costs[at] ?? Infinity;
      if (cost === Infinity) continue;
      const [first, second] = [ids[phone] ?? 0, ids[phone + 1] ?? 0];
      for (let count = 0; count <= 2 && phone + count < width; count++) {
        const more =
          count === 0
            ? silent
            : count === 1
              ? (ONE[row + first] ?? 0)
              : (TWO[(row + first) * PHONES.length + second] ?? 0);
        const to = at + width + count;
        if (cost + more >= (costs[to] ?? 0)) continue;
        costs[to] = cost + more;
        taken[to] = count;
      }
    }
  }
  const chunks: string[] = [];
  for (let letter = word.length, phone = phones.length; letter > 0; letter--) {
    const count = taken[letter * width + phone] ?? 0;
    chunks.push(phones.slice(phone - count, phone).join(' '));
    phone -= count;
  }
  return chunks.reverse();
}

function soundCost(letter: string, phone: string): number {
  const rank = RANKS.get(letter + phone);
  if (rank !== undefined) return rank;
  return VOWELS.includes(phone) && 'aeiouy'.includes(letter) ? 0.8 : 4;
}

/** One letter, two phones: `x`, the `yu` of `use`, the syllables of `-le`, `-m` and the like. */
function pairCost(letter: string, first: string, second: string): number {
  const pair = `${first} ${second}`;
  if (letter === 'x' && (pair === 'K S' || pair === 'G Z' || pair === 'K SH')) return 0.1;
  if (
    (letter === 'u' || letter === 'e') &&
    (pair === 'Y UW' || pair === 'Y UH' || pair === 'Y AH' || pair === 'Y ER')
  )
    return 0.3;
  if (first === 'AH' && soundCost(letter, second) < 0.1) return 1.2;
  return 3 + Math.min(soundCost(letter, first), soundCost(letter, second));
}

/** Letters after an equal one and final `e` are often silent. */
function silentCost(word: string, letter: number): number {
  if (word[letter] === word[letter - 1]) return 0.2;
  if (word[letter] === "'") return 0;
  return 'eghuwk'.includes(word[letter] ?? '') ? 0.7 : 1;
}

// The costs as tables, because a dictionary of words is aligned with them. Letters are told apart by their code modulo
// 32, in which the apostrophe (7) would be "g": it is silent, which is decided before.
const LETTERS = 32;
const letterAt = (code: number): string => String.fromCharCode(96 + code);
const ONE = Float32Array.from({ length: LETTERS * PHONES.length }, (_, at) =>
  soundCost(letterAt(Math.floor(at / PHONES.length)), PHONES[at % PHONES.length] ?? ''),
);
const TWO = Float32Array.from({ length: ONE.length * PHONES.length }, (_, at) => {
  const one = Math.floor(at / PHONES.length);
  return pairCost(
    letterAt(Math.floor(one / PHONES.length)),
    PHONES[one % PHONES.length] ?? '',
    PHONES[at % PHONES.length] ?? '',
  );
});
