import type { LanguageModel, LanguageState } from './language-model.ts';
import { END_TOKEN, START_TOKEN, type Candidate, type DecoderStep } from './speech-model.ts';
import type { Encoding, SpeechModel } from './speech-model.ts';
import { spokenText } from './spoken-text.ts';
import { tokenPieces } from './token-pieces.ts';

export interface SearchOptions {
  /** Texts that are followed side by side. */
  readonly beams: number;
  /** How much the language model counts against the sound. */
  readonly weight: number;
  /** Added for each word, which the language model takes away too much for. */
  readonly wordBonus: number;
  /** Tokens at most. */
  readonly longest: number;
  /** Words with which the text may begin, whatever the language says. */
  readonly opening?: string | undefined;
  /** Asked before each token. */
  readonly wanted: () => boolean;
}

/** What a text begins with. */
export interface Beginning {
  /** Tokens that are known, and how likely each is by the sound: told of its words, and counted nowhere. */
  readonly given: readonly Candidate[];
  /** After them. */
  readonly step: DecoderStep;
}

/** A text that the sound may say. */
export interface Hypothesis {
  readonly tokens: readonly number[];
  /** By token, the end included: the logarithm of how likely it is heard after those before. */
  readonly scores: readonly number[];
  /** Spoken form. */
  readonly text: string;
  /** Sum of the scores. */
  readonly acoustic: number;
  /** With the language model. */
  readonly total: number;
}

/** What was found: by both models together, best first, and by the sound alone, one likeliest token after another. */
export interface Found {
  readonly expected: readonly Hypothesis[];
  readonly free: Hypothesis | undefined;
}

interface Beam {
  readonly row: number;
  readonly tokens: readonly number[];
  readonly scores: readonly number[];
  readonly acoustic: number;
  /** Whole words so far. */
  readonly words: readonly string[];
  readonly state: LanguageState | undefined;
  readonly language: number;
  /** Before the last of the words, which may turn out to be half of one. */
  readonly before: { readonly state: LanguageState; readonly language: number } | undefined;
  /** What is written of the word that is being written. */
  readonly piece: string;
  readonly rank: number;
  /** Follows the sound alone. */
  readonly free: boolean;
}

/** Words said again right after themselves: what the model makes of noise. */
const REPEATED = { fewest: 3, most: 8 };

/** Less likely than this against the likeliest, a token is not looked at. */
const FLOOR = 11;
/** A text ends where its end is not much less likely than that it goes on: short texts are likely, being short. */
const END_MARGIN = 3;
/**
 * How far behind the best text, finished or not, an unfinished one may be and still be followed. Of 60 tuning sounds none
 * is read otherwise, and a sixth fewer texts are followed.
 */
const HOPE = 6;

const spoken = new Map<string, readonly string[]>();
/** The words of a piece of text without spaces. */
function wordsOf(piece: string): readonly string[] {
  let words = spoken.get(piece);
  if (!words) {
    words = spokenText(piece)
      .split(' ')
      .filter((word) => word !== '');
    if (spoken.size > 50_000) spoken.clear();
    spoken.set(piece, words);
  }
  return words;
}

/**
 * The likeliest texts of a sound by the model of speech and the model of the domain's language together (shallow
 * fusion, Gülçehre et al. 2015), best first. A word counts as the likeliest that begins so until it is complete.
 * @returns undefined when it is not wanted any more
 */
export async function search(
  model: SpeechModel,
  encoding: Encoding,
  language: LanguageModel | undefined,
  { beams: width, weight, wordBonus, longest, opening, wanted }: SearchOptions,
  { given, step }: Beginning,
): Promise<Found | undefined> {
  const done: Hypothesis[] = [];
  let free: Hypothesis | undefined;
  let beams: Beam[] = [
    {
      row: 0,
      tokens: [],
      scores: [],
      acoustic: 0,
      words: [],
      state: language?.begin(opening),
      language: 0,
      before: undefined,
      piece: '',
      rank: 0,
      free: true,
    },
  ];
  let { following, memory } = step;

  const complete = (beam: Beam): Beam =>
    wordsOf(beam.piece).reduce((sum, word) => withWord(sum, word, language), { ...beam, piece: '' });
  const rank = (beam: Beam): number => {
    const inside = wordsOf(beam.piece);
    const {
      state,
      language: score,
      words,
    } = inside.slice(0, -1).reduce((sum, word) => withWord(sum, word, language), beam);
    const [last] = inside.slice(-1);
    const ahead = language && state && last !== undefined ? language.ahead(state, last) : 0;
    return (
      beam.acoustic + weight * (score + ahead) + wordBonus * (words.length + (last === undefined ? 0 : 1))
    );
  };

  // That it was said is known: it counts neither for the text nor against it.
  for (const [token, score] of given) {
    beams = beams.map((beam) => ({
      ...grow(beam, complete(beam), [token, 0]),
      scores: [...beam.scores, score],
    }));
  }

  for (let length = 0; length < longest && beams.length > 0; length++) {
    const grown: Beam[] = [];
    let alone: Beam | undefined;
    for (const beam of beams) {
      const candidates = likeliestOf(following[beam.row] ?? []);
      const whole = complete(beam);
      for (const [index, candidate] of candidates.entries()) {
        const [token, score] = candidate;
        const likeliestAlone = beam.free && index === 0;
        if (token === END_TOKEN) {
          const ended = finished(beam, whole, score, language);
          if (likeliestAlone) free = ended;
          // That nothing was said is for the voice activity to say: short words are taken for nothing too often.
          const isWorth = score > (candidates[0]?.[1] ?? 0) - END_MARGIN;
          if (whole.words.length > 0 && isWorth && !isRepeating(whole.words)) done.push(ended);
          continue;
        }
        if (opensWord(token) && isRepeating(whole.words)) continue;
        const next = { ...grow(beam, whole, candidate), free: likeliestAlone };
        const ranked = { ...next, rank: rank(next) };
        grown.push(ranked);
        if (likeliestAlone) alone = ranked;
      }
    }
    grown.sort((a, b) => b.rank - a.rank);
    beams = distinct(grown, width).filter((beam) => beam.rank > (grown[0]?.rank ?? 0) - HOPE);
    const best = Math.max(...done.map(({ total }) => total));
    // Every further token costs: what is far behind a finished text by now stays behind.
    if ((beams[0]?.rank ?? -Infinity) < best - HOPE) beams = [];
    if (alone && !beams.includes(alone)) beams.push(alone);
    if (beams.length === 0) break;
    if (!wanted()) return undefined;
    const rows = beams.map(({ row, tokens }) => ({ from: row, token: tokens.at(-1) ?? START_TOKEN }));
    ({ following, memory } = await model.go(encoding, memory, rows));
    beams = beams.map((beam, row) => ({ ...beam, row }));
  }
  return { expected: bestTexts(done), free };

  function finished(beam: Beam, whole: Beam, score: number, expected: LanguageModel | undefined): Hypothesis {
    const acoustic = beam.acoustic + score;
    const closing = expected && whole.state ? expected.end(whole.state) : 0;
    return {
      tokens: beam.tokens,
      scores: [...beam.scores, score],
      text: whole.words.join(' '),
      acoustic,
      total: acoustic + weight * (whole.language + closing) + wordBonus * whole.words.length,
    };
  }
}

/** With one more word, which may be the other half of the last one. */
function withWord(beam: Beam, word: string, language: LanguageModel | undefined): Beam {
  const { state, words } = beam;
  if (!language || !state) return { ...beam, words: [...words, word] };
  const last = words.at(-1);
  const half = last !== undefined && language.isOneWord(last, word) ? beam.before : undefined;
  const before = half ?? { state, language: beam.language };
  const said = half ? `${last}${word}` : word;
  const next = language.next(before.state, said);
  return {
    ...beam,
    words: [...(half ? words.slice(0, -1) : words), said],
    state: next.state,
    language: before.language + next.score,
    before,
  };
}

const pieceOf = (token: number): string => tokenPieces[token] ?? '';
const opensWord = (token: number): boolean => /^(?: |\s*$)/.test(pieceOf(token));

/** @param whole the same text with its last word complete */
const grow = (beam: Beam, whole: Beam, [token, score]: Candidate): Beam => ({
  ...(opensWord(token) ? whole : beam),
  tokens: [...beam.tokens, token],
  scores: [...beam.scores, score],
  acoustic: beam.acoustic + score,
  piece: (opensWord(token) ? '' : beam.piece) + pieceOf(token).trim(),
});

/** Whether the words end in the same words twice. */
function isRepeating(words: readonly string[]): boolean {
  for (let length = REPEATED.fewest; length <= Math.min(REPEATED.most, words.length / 2); length++) {
    const last = words.slice(-length).join(' ');
    if (words.slice(-2 * length, -length).join(' ') === last) return true;
  }
  return false;
}

/** Of texts that say the same so far, the best. */
function distinct(sorted: readonly Beam[], width: number): Beam[] {
  const seen = new Set<string>();
  const kept: Beam[] = [];
  for (const beam of sorted) {
    const key = `${beam.words.join(' ')}|${beam.piece.toLowerCase()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(beam);
    if (kept.length === width) break;
  }
  return kept;
}

function bestTexts(done: readonly Hypothesis[]): readonly Hypothesis[] {
  const byText = new Map<string, Hypothesis>();
  for (const hypothesis of done) {
    const known = byText.get(hypothesis.text);
    if (!known || hypothesis.total > known.total) byText.set(hypothesis.text, hypothesis);
  }
  return [...byText.values()].sort((a, b) => b.total - a.total);
}

/** Those that are worth to be looked at. @param sorted best first */
function likeliestOf(sorted: readonly Candidate[]): readonly Candidate[] {
  const most = sorted[0]?.[1] ?? -Infinity;
  return sorted.filter(([, score]) => score > most - FLOOR);
}
