import type { Transcript, Word } from '../transcriber.ts';
import { SAMPLE_RATE } from '../transcriber.ts';
import { search, type Hypothesis } from './beam-search.ts';
import type { LanguageModel } from './language-model.ts';
import { SpeechModel } from './speech-model.ts';
import { spokenText } from './spoken-text.ts';
import { tokenPieces } from './token-pieces.ts';
import type { ModelName } from './model-sizes.ts';

/** What was read of a sound. Times from its beginning. */
export type Reading = Pick<Transcript, 'text' | 'words' | 'confidence' | 'alternatives'>;

export const NOTHING: Reading = { text: '', words: [], confidence: 0, alternatives: [] };

/** How thoroughly a sound is read. */
export type Care = 'quick' | 'thorough';

const BEAMS: Readonly<Record<Care, number>> = { quick: 2, thorough: 6 };
/** How much the language counts against the sound, and each word: tuned on synthetic speech of corpus sentences. */
const WEIGHT = 0.3;
const WORD_BONUS = 0.5;
/** Nobody says more tokens in a second (the fastest of the test voices: 6). */
const TOKENS_A_SECOND = 9;
const FEWEST_TOKENS = 8;
/** Below this mean logarithm of the tokens' likelihoods, the text is made up: noise and music are read so. */
const MADE_UP = -2.5;
const ALTERNATIVES = 4;

/** Reads sounds, one after another: what is asked for first is read first, but a quick reading gives way. */
export class Reader {
  readonly #model: SpeechModel;
  #language: LanguageModel | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

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
   * @param opening words with which it may begin, whatever the language model says
   */
  read(sound: Float32Array, care: Care, opening?: string): Promise<Reading> {
    this.#waiting++;
    const reading = this.#last.then(() => this.#read(sound, care, opening));
    this.#last = reading.catch(() => undefined).finally(() => this.#waiting--);
    return reading;
  }

  async #read(sound: Float32Array, care: Care, opening: string | undefined): Promise<Reading> {
    const longest = Math.max(FEWEST_TOKENS, Math.ceil((sound.length / SAMPLE_RATE) * TOKENS_A_SECOND));
    const found = await search(this.#model, await this.#model.encode(sound), this.#language, {
      beams: BEAMS[care],
      weight: WEIGHT,
      wordBonus: WORD_BONUS,
      longest,
      opening,
    });
    const [best] = found;
    if (!best || best.text === '' || best.acoustic / best.scores.length < MADE_UP || isRepeating(best.text))
      return NOTHING;
    const all = found.slice(0, ALTERNATIVES + 1);
    const sum = all.reduce((total, one) => total + Math.exp(one.total - best.total), 0);
    return {
      text: best.text,
      words: wordsOf(best, (sound.length / SAMPLE_RATE) * 1000),
      confidence: Math.exp(best.acoustic / best.scores.length) / sum,
      alternatives: all
        .slice(1)
        .map((one) => ({
          text: one.text,
          confidence: Math.exp(one.acoustic / one.scores.length + one.total - best.total) / sum,
        })),
    };
  }
}

/** The same words again and again: what the model makes of hums. */
function isRepeating(text: string): boolean {
  const words = text.split(' ');
  return words.length >= 9 && new Set(words).size <= words.length / 3;
}

/**
 * The words with their times and confidences. The model tells no times: the words share the sound's by their letters,
 * a pause counting as part of the words around it.
 */
function wordsOf({ tokens, scores }: Hypothesis, duration: number): readonly Word[] {
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
  const spoken = written.flatMap(({ text, score, tokens: count }) =>
    spokenText(text)
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => ({ text: word, confidence: Math.exp(score / count) })),
  );
  const letters = spoken.reduce((sum, { text }) => sum + text.length + 1, 0);
  let at = 0;
  return spoken.map((word) => {
    const start = at;
    at += (duration * (word.text.length + 1)) / letters;
    return { ...word, start, end: at };
  });
}
