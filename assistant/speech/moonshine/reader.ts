import type { Transcript, Word } from '../transcriber.ts';
import { SAMPLE_RATE } from '../transcriber.ts';
import { search, type Beginning, type Hypothesis } from './beam-search.ts';
import type { LanguageModel } from './language-model.ts';
import { SpeechModel, type Candidate, type Encoding } from './speech-model.ts';
import { spokenText } from './spoken-text.ts';
import { tokenPieces, tokensOf } from './token-pieces.ts';
import type { ModelName } from './model-sizes.ts';

/** What was read of a sound. Times from its beginning. */
export type Reading = Pick<Transcript, 'text' | 'words' | 'confidence' | 'alternatives'>;

export const NOTHING: Reading = { text: '', words: [], confidence: 0, alternatives: [] };

/** How thoroughly a sound is read. */
export type Care = 'quick' | 'thorough';

export interface HowToRead {
  readonly care: Care;
  /** Words with which it may begin, whatever the language model says. */
  readonly opening?: string | undefined;
  /** Asked when its turn comes, and at every word of it. */
  readonly wanted?: () => boolean;
}

const BEAMS: Readonly<Record<Care, number>> = { quick: 2, thorough: 8 };
/** How much the language counts against the sound, and each word: tuned on synthetic speech of corpus sentences. */
const WEIGHT = 0.4;
const WORD_BONUS = 1;
/** Nobody says more tokens in a second (the fastest of the test voices: 6). */
const TOKENS_A_SECOND = 9;
const FEWEST_TOKENS = 8;
/** Below this mean logarithm of the tokens' likelihoods, the text is made up: noise and music are read so. */
const MADE_UP = -1.4;
const ALTERNATIVES = 4;
/**
 * What a word costs of which nothing is expected, and how much likelier a text of such words must be to be believed
 * rather than what is expected. Measured on tuning sentences: none that is right is lost.
 */
const UNEXPECTED = { word: 1, margin: 5 };
const LEVEL = 0.08;
/**
 * An opening is taken for said where it is at least so likely by the sound, whatever else is heard: the sum of its tokens'
 * logarithms. Measured with "hey drive" in cabin noise: 100 of 100 at 12 dB and 92 at 6 dB are above it, and of 240
 * sentences without it none is; the likeliest of those is at −17.6.
 */
const OPENED = -14.5;

/**
 * Reads sounds, one after another: what is asked for first is read first, but a quick reading gives way to a thorough
 * one, which somebody waits for, even when it has begun.
 */
export class Reader {
  readonly #model: SpeechModel;
  #language: LanguageModel | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #thorough = 0;
  #closed = false;

  private constructor(model: SpeechModel) {
    this.#model = model;
  }

  static async open(name: ModelName): Promise<Reader> {
    return new Reader(await SpeechModel.open(name));
  }

  /** Nothing is being read. */
  get idle(): boolean {
    return this.#waiting === 0;
  }

  /** From now on, this is what people are likely to say. */
  expect(language: LanguageModel): void {
    this.#language = language;
  }

  /**
   * @param sound mono at 16 kHz, from a little before the first word to a little after the last
   * @returns nothing when it is not `wanted` any more before it is read to its end, or had to give way
   */
  read(sound: Float32Array, how: HowToRead): Promise<Reading> {
    const isThorough = how.care === 'thorough';
    const wanted = (): boolean =>
      !this.#closed && (isThorough || this.#thorough === 0) && how.wanted?.() !== false;
    this.#waiting++;
    if (isThorough) this.#thorough++;
    const reading = this.#last.then(() => (wanted() ? this.#read(sound, how, wanted) : NOTHING));
    this.#last = reading
      .catch(() => undefined)
      .finally(() => {
        this.#waiting--;
        if (isThorough) this.#thorough--;
      });
    return reading;
  }

  /** The step of a reading that is going on is waited for: ONNX Runtime ends the process when its thread goes away meanwhile. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
    await this.#model.close();
  }

  async #read(sound: Float32Array, { care, opening }: HowToRead, wanted: () => boolean): Promise<Reading> {
    const encoding = await this.#model.encode(atLevel(sound));
    const options = {
      beams: BEAMS[care],
      weight: WEIGHT,
      wordBonus: WORD_BONUS,
      longest: Math.max(FEWEST_TOKENS, Math.ceil((sound.length / SAMPLE_RATE) * TOKENS_A_SECOND)),
      opening,
      wanted,
    };
    if (!wanted()) return NOTHING;
    const beginning = await this.#begin(encoding, opening === undefined ? [] : tokensOf(opening));
    const found = await search(this.#model, encoding, this.#language, options, beginning);
    return found ? readingOf(found.expected, found.free, sound.length) : NOTHING;
  }

  /** With the tokens of the opening where it was said; else with none. */
  async #begin(encoding: Encoding, opening: readonly number[]): Promise<Beginning> {
    const first = await this.#model.begin(encoding, opening[0]);
    const given: Candidate[] = [];
    let step = first;
    let sum = 0;
    for (const [index, token] of opening.entries()) {
      const [score = -Infinity] = step.asked;
      sum += score;
      if (sum <= OPENED) return { given: [], step: first };
      given.push([token, score]);
      step = await this.#model.go(encoding, step.memory, [{ from: 0, token, asked: opening[index + 1] }]);
    }
    return { given, step };
  }
}

/** @param free by the sound alone @param length samples */
function readingOf(expected: readonly Hypothesis[], free: Hypothesis | undefined, length: number): Reading {
  const [likeliest] = expected;
  const best = likeliest && !isMadeUp(likeliest) && !isBent(likeliest, free) ? likeliest : free;
  if (!best || isMadeUp(best)) return NOTHING;
  const others = expected.filter(({ text }) => text !== best.text).slice(0, ALTERNATIVES);
  const share = (one: Hypothesis): number => Math.exp(one.total - best.total);
  const sum = others.reduce((total, one) => total + Math.min(1, share(one)), 1);
  const words = wordsOf(best, (length / SAMPLE_RATE) * 1000);
  return {
    text: words.map(({ text }) => text).join(' '),
    words,
    confidence: Math.exp(meanScore(best)) / sum,
    alternatives: others.map((one) => ({
      text: one.text,
      confidence: (Math.exp(meanScore(one)) * Math.min(1, share(one))) / sum,
    })),
  };
}

/** By token. */
const meanScore = ({ acoustic, scores }: Hypothesis): number => acoustic / scores.length;

const isMadeUp = (found: Hypothesis): boolean => found.text === '' || meanScore(found) < MADE_UP;

/** What is expected, but not what was said: of the sound alone another text is much likelier. */
function isBent(expected: Hypothesis, free: Hypothesis | undefined): boolean {
  if (!free || free.text === '') return false;
  const words = free.text.split(' ').length;
  return free.acoustic - UNEXPECTED.word * words > expected.total + UNEXPECTED.margin;
}

/** As loud as the model hears best, by measurement: a tenth of full scale. */
function atLevel(sound: Float32Array): Float32Array {
  const loudest = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return loudest === 0 ? sound : sound.map((sample) => (sample * LEVEL) / loudest);
}

/**
 * The words with their times and confidences. The model tells no times: the words share the sound's by their letters,
 * a pause counting as part of the words around it.
 */
function wordsOf({ tokens, scores, text: said }: Hypothesis, duration: number): readonly Word[] {
  const written: { text: string; score: number; tokens: number }[] = [];
  for (const [index, token] of tokens.entries()) {
    const piece = tokenPieces[token] ?? '';
    const last = written.at(-1);
    const score = scores[index] ?? 0;
    if (last && !piece.startsWith(' ')) {
      last.text += piece;
      last.score += score;
      last.tokens++;
    } else written.push({ text: piece, score, tokens: 1 });
  }
  const words = said.split(' ');
  const spoken: { text: string; confidence: number }[] = [];
  for (const { text, score, tokens: count } of written) {
    for (const word of spokenText(text).split(' ')) {
      const last = spoken.at(-1);
      // Written as two, it may be one: the search has told.
      if (last && words[spoken.length - 1] === last.text + word) last.text += word;
      else if (word !== '') spoken.push({ text: word, confidence: Math.exp(score / count) });
    }
  }
  const letters = spoken.reduce((sum, { text }) => sum + text.length + 1, 0);
  let at = 0;
  return spoken.map((word) => {
    const start = at;
    at += (duration * (word.text.length + 1)) / letters;
    return { ...word, start, end: at };
  });
}
