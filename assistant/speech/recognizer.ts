import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import createModule, { type Decoder, type SoundSwallowerModule } from 'soundswallower';
import type { Acceptor } from './grammar/acceptor.ts';
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

/** How far below the best path the search still looks, as probabilities: wider finds more and costs more. */
export interface Beams {
  readonly beam: number;
  readonly wbeam: number;
  readonly pbeam: number;
}

export const STREAMING_BEAMS: Beams = { beam: 1e-64, wbeam: 1e-64, pbeam: 1e-64 };
export const WIDE_BEAMS: Beams = { beam: 1e-100, wbeam: 1e-80, pbeam: 1e-100 };

const LANGUAGE_WEIGHT = 6.5;
/** That another wish follows the one just said. */
const CHAIN_PROBABILITY = 0.01;
const JOINERS = ['and', 'then'];

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

  static async open(beams: Beams): Promise<Recognizer> {
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
      ...beams,
    });
    await decoder.initialize();
    return new Recognizer(module, decoder, (decoder as Decoder & { readonly cdecoder: number }).cdecoder);
  }

  /**
   * What can be said from now on.
   * @param pronunciations of each word of the grammar, as phones of the model parted by spaces
   * @throws Error when the graph is refused
   */
  setGrammar(grammar: Acceptor, pronunciations: ReadonlyMap<string, readonly string[]>): void {
    this.#addWords(grammar, pronunciations);
    const module = this.#module;
    const logmath = module._decoder_logmath(this.#address);
    // All ends lead to one state, from which another wish can follow.
    const end = grammar.states.length;
    const graph = this.#withText('commands', (name) =>
      module._fsg_model_init(name, logmath, LANGUAGE_WEIGHT, end + 1),
    );
    module._fsg_set_states(graph, grammar.start, end);
    const ids = new Map<string, number>();
    const idOf = (word: string): number => {
      const id = ids.get(word) ?? this.#withText(word, (text) => module._fsg_model_word_add(graph, text));
      ids.set(word, id);
      return id;
    };
    for (const [from, { final, arcs }] of grammar.states.entries()) {
      if (final) module._fsg_model_null_trans_add(graph, from, end, 0);
      for (const [word, to] of arcs) module._fsg_model_trans_add(graph, from, to, 0, idOf(word));
    }
    const chain = Math.round(module._logmath_log(logmath, CHAIN_PROBABILITY) * LANGUAGE_WEIGHT);
    for (const word of JOINERS) {
      if (this.#known.has(word)) module._fsg_model_trans_add(graph, end, grammar.start, chain, idOf(word));
    }
    if (module._decoder_set_fsg(this.#address, graph) < 0)
      throw new Error('the recogniser refused the grammar');
  }

  start(): void {
    this.#decoder.start();
  }

  /** @param whole the utterance is complete in these samples: its mean spectrum is taken out first */
  hear(samples: Float32Array, whole = false): void {
    // A view into a larger buffer may start at an odd byte.
    if (samples.length > 0) this.#decoder.process_audio(samples, false, whole);
  }

  /** The best words so far. */
  get text(): string {
    return this.#decoder.get_text();
  }

  stop(): void {
    this.#decoder.stop();
  }

  /** The words with their times in milliseconds from the start of what was heard. */
  words(): readonly Word[] {
    return (this.#decoder.get_alignment().w ?? [])
      .filter(({ t }) => !/^[<[(]/.test(t))
      .map(({ t, b, d, p }) => ({
        text: t.replace(/\(\d+\)$/, ''),
        start: b * 1000,
        end: (b + d) * 1000,
        confidence: p,
      }));
  }

  close(): void {
    this.#decoder.delete();
  }

  #addWords(grammar: Acceptor, pronunciations: ReadonlyMap<string, readonly string[]>): void {
    const entries: [string, string][] = [];
    for (const { arcs } of grammar.states) {
      for (const word of arcs.keys()) {
        if (this.#known.has(word)) continue;
        // A word twice would be an error of the decoder.
        this.#known.add(word);
        for (const [index, phones] of (pronunciations.get(word) ?? []).entries()) {
          entries.push([index === 0 ? word : `${word}(${index + 1})`, phones]);
        }
      }
    }
    if (entries.length > 0) this.#decoder.add_words(...entries);
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
