import type { LanguageModel, LanguageState } from './language-model.ts';
import {
  END_TOKEN,
  START_TOKEN,
  TOKENS,
  type DecoderState,
  type Encoding,
  type SpeechModel,
} from './speech-model.ts';
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
}

/** A text that the sound may say. */
export interface Hypothesis {
  readonly tokens: readonly number[];
  /** By token: the logarithm of how likely the model finds it after those before. */
  readonly scores: readonly number[];
  /** Spoken form. */
  readonly text: string;
  /** The logarithm of how likely the sound's model finds the tokens, the end included. */
  readonly acoustic: number;
  /** With the language model. */
  readonly total: number;
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
  /** What is written of the word that is being written. */
  readonly piece: string;
  readonly rank: number;
}

/** Tokens that are looked at after each text, beside the likeliest. */
const CANDIDATES = 48;
/** Less likely than this against the likeliest, a token is not looked at. */
const FLOOR = 11;
/** A text ends where its end is not much less likely than that it goes on: short texts are likely, being short. */
const END_MARGIN = 3;
/** How far behind the best finished text the unfinished ones may be and still be followed. */
const HOPE = 1;

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
 */
export async function search(
  model: SpeechModel,
  encoding: Encoding,
  language: LanguageModel | undefined,
  { beams: width, weight, wordBonus, longest, opening }: SearchOptions,
): Promise<readonly Hypothesis[]> {
  const done: Hypothesis[] = [];
  let beams: Beam[] = [
    {
      row: 0,
      tokens: [],
      scores: [],
      acoustic: 0,
      words: [],
      state: language?.begin(opening),
      language: 0,
      piece: '',
      rank: 0,
    },
  ];
  let step = await model.begin(encoding, [START_TOKEN]);
  let memory: DecoderState = step.state;

  const complete = (beam: Beam): Beam => {
    const words = wordsOf(beam.piece);
    if (words.length === 0) return { ...beam, piece: '' };
    let { state, language: score } = beam;
    for (const word of words) {
      if (!language || !state) break;
      const next = language.next(state, word);
      state = next.state;
      score += next.score;
    }
    return { ...beam, words: [...beam.words, ...words], state, language: score, piece: '' };
  };
  const rank = (beam: Beam): number => {
    const inside = wordsOf(beam.piece);
    let { state, language: score } = beam;
    if (language && state && inside.length > 0) {
      for (const word of inside.slice(0, -1)) {
        const next = language.next(state, word);
        state = next.state;
        score += next.score;
      }
      score += language.ahead(state, inside.at(-1) ?? '');
    }
    return beam.acoustic + weight * score + wordBonus * (beam.words.length + inside.length);
  };

  for (let length = 0; length < longest && beams.length > 0; length++) {
    const grown: Beam[] = [];
    for (const beam of beams) {
      const logits = step.logits[beam.row];
      if (!logits) continue;
      const whole = complete(beam);
      const candidates = likeliest(logits);
      for (const [token, score] of candidates) {
        const acoustic = beam.acoustic + score;
        if (token === END_TOKEN) {
          if (candidates[0] && score < candidates[0][1] - (beam.tokens.length === 0 ? 0 : END_MARGIN))
            continue;
          const closing = language && whole.state ? language.end(whole.state) : 0;
          done.push({
            tokens: beam.tokens,
            scores: [...beam.scores, score],
            text: whole.words.join(' '),
            acoustic,
            total: acoustic + weight * (whole.language + closing) + wordBonus * whole.words.length,
          });
          continue;
        }
        const piece = tokenPieces[token] ?? '';
        const opens = piece.startsWith(' ') || /^\s*$/.test(piece);
        const base = opens ? whole : beam;
        const next = {
          ...base,
          row: beam.row,
          tokens: [...beam.tokens, token],
          scores: [...beam.scores, score],
          acoustic,
          piece: (opens ? '' : beam.piece) + piece.trim(),
        };
        grown.push({ ...next, rank: rank(next) });
      }
    }
    grown.sort((a, b) => b.rank - a.rank);
    beams = distinct(grown, width);
    const best = Math.max(...done.map(({ total }) => total));
    // Every further token costs: what is behind a finished text by now stays behind, as far as scores fall.
    if (done.length > 0 && (beams[0]?.rank ?? -Infinity) < best - HOPE) break;
    step = await model.go(
      encoding,
      memory,
      beams.map(({ row, tokens }) => ({ from: row, token: tokens.at(-1) ?? START_TOKEN })),
    );
    memory = step.state;
    beams = beams.map((beam, row) => ({ ...beam, row }));
  }
  return bestTexts(done);
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

/** The likeliest tokens with the logarithms of their probabilities. */
function likeliest(logits: Float32Array): readonly (readonly [number, number])[] {
  let most = -Infinity;
  for (let token = 0; token < TOKENS; token++) most = Math.max(most, logits[token] ?? -Infinity);
  const found: [number, number][] = [];
  let sum = 0;
  for (let token = 0; token < TOKENS; token++) {
    const logit = logits[token] ?? -Infinity;
    if (logit < most - 16) continue;
    sum += Math.exp(logit - most);
    if (logit > most - FLOOR) found.push([token, logit]);
  }
  const norm = most + Math.log(sum);
  return found
    .sort((a, b) => b[1] - a[1])
    .slice(0, CANDIDATES)
    .map(([token, logit]) => [token, logit - norm]);
}
