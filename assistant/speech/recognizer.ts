import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import createModule, { type Decoder, type FeatureBuffer, type SoundSwallowerModule } from 'soundswallower';
import type { WordGraph } from './grammar/word-graph.ts';
import type { Pronunciation } from './grammar/pronunciation.ts';
import { SAMPLE_RATE, type Word } from './transcriber.ts';

/**
 * What soundswallower's WebAssembly offers below its documented interface. Its documented way to a grammar is JSGF,
 * which copies a rule at each use; a finite-state graph made directly keeps what the grammar compiler has shared.
 */
interface Internals extends SoundSwallowerModule {
  _decoder_logmath(decoder: number): number;
  _logmath_log(logmath: number, probability: number): number;
  _fsg_model_init(name: number, logmath: number, languageWeight: number, states: number): number;
  _fsg_model_word_add(graph: number, word: number): number;
  _fsg_model_trans_add(graph: number, from: number, to: number, logProbability: number, word: number): void;
  _fsg_model_null_trans_add(graph: number, from: number, to: number, logProbability: number): number;
  _fsg_set_states(graph: number, start: number, final: number): void;
  _decoder_set_fsg(decoder: number, graph: number): number;
}

/**
 * How far below the best path the search still looks, as probabilities. Wider beams find no more in clean speech and
 * cost twice the time; narrower ones lose commands in noise.
 */
const BEAMS = { beam: 1e-64, wbeam: 1e-48, pbeam: 1e-64 };
/** What each word costs: less than the default 0.65, which hears short words into long ones. */
const WORD_PENALTY = 0.2;
const LANGUAGE_WEIGHT = 6.5;
/** Of the acoustic model's features: how many there are, and their weighting (its `feat_params.json`). */
const CEPSTRA = 13;
const LIFTER = 22;
/** Pronunciations of one entry. */
const MAX_VARIANTS = 3;
/** Stands for the spaces of a name that is one entry of the decoder's dictionary. */
const SPACE = '_';

/** The folder of the acoustic model and the dictionary inside of the soundswallower package. */
export const MODEL_FOLDER = fileURLToPath(new URL('./model/en-us', import.meta.resolve('soundswallower')));

/** One utterance at a time through one decoder. */
export class Recognizer {
  readonly #module: Internals;
  readonly #decoder: Decoder;
  readonly #address: number;
  readonly #known = new Set<string>();

  private constructor(module: Internals, decoder: Decoder, address: number) {
    this.#module = module;
    this.#decoder = decoder;
    this.#address = address;
  }

  static async open(): Promise<Recognizer> {
    const module = (await createModule()) as Internals;
    const decoder = new module.Decoder({
      // Absolute, because the package resolves it against the working directory.
      hmm: MODEL_FOLDER,
      // No dictionary: its 135,000 words would take 20 MB; the grammar's own come by `setGrammar`.
      dict: join(MODEL_FOLDER, 'no-dictionary'),
      // The default is 44100.
      samprate: SAMPLE_RATE,
      loglevel: 'FATAL',
      lw: LANGUAGE_WEIGHT,
      wip: WORD_PENALTY,
      // The graph names the variants itself: the decoder's own way looks through all arcs for each of them.
      fsgusealtpron: false,
      ...BEAMS,
    });
    await decoder.initialize();
    // The model's own settings come with `initialize`. Its noise removal takes soft speech for noise.
    decoder.set_config('remove_noise', 0);
    await decoder.reinitialize_audio();
    return new Recognizer(module, decoder, (decoder as Decoder & { readonly cdecoder: number }).cdecoder);
  }

  /**
   * What can be said from now on.
   * @param pronunciations of each word of the graph, as phones of the model parted by spaces
   * @throws Error when the graph is refused
   */
  setGrammar(graph: WordGraph, pronunciations: ReadonlyMap<string, readonly Pronunciation[]>): void {
    const variants = this.#addWords(graph, pronunciations);
    const module = this.#module;
    const logmath = module._decoder_logmath(this.#address);
    const model = this.#withText('commands', (name) =>
      module._fsg_model_init(name, logmath, LANGUAGE_WEIGHT, graph.states),
    );
    module._fsg_set_states(model, graph.start, graph.end);
    const ids = new Map<string, number>();
    const idOf = (entry: string): number => {
      const id = ids.get(entry) ?? this.#withText(entry, (text) => module._fsg_model_word_add(model, text));
      ids.set(entry, id);
      return id;
    };
    for (const { from, to, words, probability } of graph.arcs) {
      const weight = Math.round(module._logmath_log(logmath, probability) * LANGUAGE_WEIGHT);
      if (words === undefined) module._fsg_model_null_trans_add(model, from, to, weight);
      else
        for (const entry of variants.get(words) ?? [])
          module._fsg_model_trans_add(model, from, to, weight, idOf(entry));
    }
    if (module._decoder_set_fsg(this.#address, model) < 0)
      throw new Error('the recogniser refused the grammar');
  }

  /**
   * Begins an utterance.
   * @param beginning of it, about a second: its mean spectrum, the mark of voice, microphone and room, is taken out of
   * all that is heard. Left to itself, the decoder would need dozens of utterances to find it.
   */
  async start(beginning: Float32Array): Promise<void> {
    const mean = meanCepstrum(this.#decoder.spectrogram(beginning));
    this.#decoder.set_config('cmninit', mean.map((x) => x.toFixed(3)).join(','));
    await this.#decoder.reinitialize_audio();
    this.#decoder.start();
  }

  hear(samples: Float32Array): void {
    if (samples.length > 0) this.#decoder.process_audio(samples);
  }

  /** The best words so far. */
  get text(): string {
    return this.#decoder.get_text().replaceAll(SPACE, ' ');
  }

  stop(): void {
    this.#decoder.stop();
  }

  /** The words with their times in milliseconds from the start of what was heard. */
  words(): readonly Word[] {
    return (this.#decoder.get_alignment().w ?? [])
      .filter(({ t }) => !/^[<[(]/.test(t))
      .flatMap(({ t, b, d, p }) => apart(t.replace(/\(\d+\)$/, '').split(SPACE), b * 1000, d * 1000, p));
  }

  close(): void {
    this.#decoder.delete();
  }

  /** Adds what is new to the decoder's dictionary; returns the entries (one a pronunciation) of each arc's words. */
  #addWords(
    graph: WordGraph,
    pronunciations: ReadonlyMap<string, readonly Pronunciation[]>,
  ): ReadonlyMap<string, readonly string[]> {
    const variants = new Map<string, readonly string[]>();
    const added: [string, string][] = [];
    for (const { words } of graph.arcs) {
      if (words === undefined || variants.has(words)) continue;
      const name = words.replaceAll(' ', SPACE);
      const entries = together(words.split(' ').map((word) => pronunciations.get(word) ?? [])).map(
        (phones, index) => [index === 0 ? name : `${name}(${index + 1})`, phones] as [string, string],
      );
      // A word twice would be an error of the decoder.
      if (!this.#known.has(words)) added.push(...entries);
      this.#known.add(words);
      variants.set(
        words,
        entries.map(([entry]) => entry),
      );
    }
    if (added.length > 0) this.#decoder.add_words(...added);
    return variants;
  }

  #withText<T>(text: string, use: (address: number) => T): T {
    const bytes = new TextEncoder().encode(`${text}\0`);
    const address = this.#module._malloc(bytes.length);
    this.#module.HEAPU8.set(bytes, address);
    try {
      return use(address);
    } finally {
      this.#module._free(address);
    }
  }
}

/** The ways to say words one after another: the likeliest variants of each with each, at most `MAX_VARIANTS`. */
function together(words: readonly (readonly Pronunciation[])[]): readonly Pronunciation[] {
  const [first, ...rest] = words;
  if (!first) return [];
  return rest.reduce<readonly Pronunciation[]>(
    (heads, variants) =>
      variants.flatMap((tail) => heads.map((head) => `${head} ${tail}`)).slice(0, MAX_VARIANTS),
    first,
  );
}

/** The words of a name, which share its time by their letters. */
function apart(
  words: readonly string[],
  start: number,
  duration: number,
  confidence: number,
): readonly Word[] {
  const letters = words.join('').length;
  let at = start;
  return words.map((text) => {
    const from = at;
    at += (duration * text.length) / letters;
    return { text, start: from, end: at, confidence };
  });
}

/** The mean of the model's cepstra (Davis and Mermelstein 1980; liftered as HTK does) over the frames of a spectrogram. */
function meanCepstrum({ data, nfr, nfeat }: FeatureBuffer): readonly number[] {
  const spectrum = Array.from({ length: nfeat }, (_, band) => {
    let sum = 0;
    for (let frame = 0; frame < nfr; frame++) sum += data[frame * nfeat + band] ?? 0;
    return sum / nfr;
  });
  return Array.from({ length: CEPSTRA }, (_, order) => {
    const angle = (Math.PI * order) / nfeat;
    const projection = spectrum.reduce((sum, level, band) => sum + level * Math.cos(angle * (band + 0.5)), 0);
    const lift = 1 + (LIFTER / 2) * Math.sin((Math.PI * order) / LIFTER);
    return projection * Math.sqrt((order === 0 ? 1 : 2) / nfeat) * lift;
  });
}
