import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { PhraseBook } from '../understanding/phrase-book.ts';
import { EventQueue } from './event-queue.ts';
import type { ExtraVocabulary } from './moonshine/domain.ts';
import { DEFAULT_MODEL, type ModelName } from './moonshine/model-sizes.ts';
import type { FromRecognizer, ToRecognizer } from './recognizer-worker.ts';
import { startWorker } from '../start-worker.ts';
import {
  SAMPLE_RATE,
  SpeechError,
  type Transcriber,
  type TranscriberEvent,
  type TranscriptionStream,
} from './transcriber.ts';
import { MAX_AUDIO_SECONDS } from './wav.ts';

/** More would only wait for each other: there are four seats. */
const MAX_STREAMS = 16;
/** Megabytes for what the recogniser's thread needs for a moment only. Node.js would take four times as many before it looks. */
const YOUNG = 12;

export interface EmbeddedOptions {
  /** What is likely to be said. */
  readonly book: PhraseBook;
  /** Whether the sentences of the project's own corpus are likely, too; they are about the car that ships. */
  readonly corpus?: boolean;
  /** Size of the speech model. */
  readonly model?: ModelName;
  /** Names known at run time, by lexicon: `{ contact: ['Zoë'], playlist: [...] }`. */
  readonly vocabulary?: ExtraVocabulary;
  /** Starts the thread that recognises. */
  readonly startWorker?: () => Worker;
}

/** The embedded transcriber: Moonshine in a thread of its own, with a language model made from the phrase book. */
export interface EmbeddedTranscriber extends Transcriber {
  /**
   * Other names from now on, known in the background.
   * @throws SpeechError `engine-failed`
   */
  setVocabulary(extra: ExtraVocabulary): Promise<void>;
}

/**
 * Starts the embedded transcriber; ready to hear when the promise resolves.
 * @throws SpeechError `engine-missing` when its model cannot be loaded
 */
export async function openEmbeddedTranscriber(options: EmbeddedOptions): Promise<EmbeddedTranscriber> {
  const transcriber = new WorkerTranscriber(options);
  try {
    await transcriber.setVocabulary(options.vocabulary ?? {});
  } catch (error) {
    await transcriber.close();
    throw error;
  }
  return transcriber;
}

interface Listener {
  readonly events: EventQueue<TranscriberEvent>;
  heard: number;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: SpeechError) => void;
}

class WorkerTranscriber implements EmbeddedTranscriber {
  readonly name = 'embedded';
  readonly capabilities = {
    streaming: true,
    partials: true,
    alternatives: true,
    openVocabulary: true,
    hearsOpening: true,
  };
  readonly #first: ToRecognizer;
  readonly #startWorker: () => Worker;
  readonly #listeners = new Map<number, Listener>();
  readonly #naming = new Map<number, Waiting>();
  #extra: ExtraVocabulary = {};
  #worker: Worker;
  /** The thread has recognised or built something: when it dies, a new one is worth a try. */
  #proven = false;
  #ids = 0;
  #closed = false;
  #exited = false;

  constructor({
    book,
    corpus = false,
    model = DEFAULT_MODEL,
    startWorker = startRecognizer,
  }: EmbeddedOptions) {
    this.#first = { type: 'start', book, corpus, model };
    this.#startWorker = startWorker;
    this.#worker = this.#start();
  }

  setVocabulary(extra: ExtraVocabulary): Promise<void> {
    if (this.#closed) return Promise.reject(closedError());
    const id = this.#ids++;
    return new Promise<void>((resolve, reject) => {
      const done = (): void => {
        this.#extra = extra;
        resolve();
      };
      this.#naming.set(id, { resolve: done, reject });
      this.#send({ type: 'names', id, extra });
    });
  }

  open({ opening }: { readonly opening?: string | undefined } = {}): TranscriptionStream {
    const events = new EventQueue<TranscriberEvent>();
    const stream = this.#ids++;
    if (this.#closed) return refused(closedError());
    if (this.#listeners.size >= MAX_STREAMS) {
      return refused(
        new SpeechError(
          'busy',
          `${MAX_STREAMS} utterances are being heard already. Wait until one of them ends.`,
        ),
      );
    }
    const listener: Listener = { events, heard: 0 };
    this.#listeners.set(stream, listener);
    this.#send({ type: 'open', stream, opening });
    let open = true;
    return {
      events,
      push: (frame) => {
        if (!open || !this.#listeners.has(stream)) return;
        listener.heard += frame.length;
        if (listener.heard > MAX_AUDIO_SECONDS * SAMPLE_RATE) {
          open = false;
          this.#send({ type: 'cancel', stream });
          const message = `The utterance is longer than ${MAX_AUDIO_SECONDS} s. Say it in shorter pieces.`;
          this.#fail(stream, new SpeechError('audio-too-long', message));
          return;
        }
        this.#send({ type: 'audio', stream, frame });
      },
      end: () => {
        if (!open) return;
        open = false;
        this.#send({ type: 'end', stream });
      },
      cancel: () => {
        open = false;
        if (!this.#listeners.delete(stream)) return;
        this.#send({ type: 'cancel', stream });
        events.drop();
      },
    };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#failAll(closedError());
    if (this.#exited) return;
    const exit = once(this.#worker, 'exit');
    this.#send({ type: 'close' });
    await exit;
  }

  #start(): Worker {
    const worker = this.#startWorker();
    this.#exited = false;
    worker.on('message', (message: FromRecognizer) => {
      this.#receive(message);
    });
    worker.postMessage(this.#first);
    let cause: unknown;
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => {
      this.#exited = true;
      if (!this.#closed) this.#restart(cause);
    });
    return worker;
  }

  #restart(cause: unknown): void {
    const why = cause instanceof Error ? `: ${cause.message}` : '';
    if (!this.#proven) {
      this.#closed = true;
      const message = `The embedded recogniser cannot start${why}. Run "npm ci" again, or choose another transcriber.`;
      this.#failAll(new SpeechError('engine-missing', message, { cause, recoverable: false }));
      return;
    }
    this.#proven = false;
    this.#failAll(
      new SpeechError(
        'engine-failed',
        `The recogniser stopped while it listened${why}. It starts again: say it once more.`,
        { cause },
      ),
    );
    this.#worker = this.#start();
    // Its failure is told to the streams that are opened meanwhile.
    this.setVocabulary(this.#extra).catch(() => undefined);
  }

  #receive(message: FromRecognizer): void {
    switch (message.type) {
      case 'names-known':
        this.#proven = true;
        this.#naming.get(message.id)?.resolve();
        this.#naming.delete(message.id);
        break;
      case 'names-refused':
        this.#naming.get(message.id)?.reject(this.#refusal(message.message));
        this.#naming.delete(message.id);
        break;
      case 'event': {
        const events = this.#listeners.get(message.stream)?.events;
        events?.push(message.event);
        if (message.event.type !== 'final') break;
        this.#listeners.delete(message.stream);
        events?.close();
        break;
      }
      case 'failed':
        this.#fail(
          message.stream,
          new SpeechError('engine-failed', `The recogniser failed: ${message.message}. Say it once more.`),
        );
        break;
    }
  }

  /** Before it has ever worked, it is something that is missing. */
  #refusal(why: string): SpeechError {
    if (this.#proven)
      return new SpeechError('engine-failed', `The names cannot be learned: ${why}. Try again.`);
    const message = `The speech model cannot be loaded: ${why}. Run "npm ci" again, or choose another transcriber.`;
    return new SpeechError('engine-missing', message, { recoverable: false });
  }

  #fail(stream: number, error: SpeechError): void {
    const events = this.#listeners.get(stream)?.events;
    this.#listeners.delete(stream);
    events?.push({ type: 'error', error });
    events?.close();
  }

  #failAll(error: SpeechError): void {
    for (const stream of [...this.#listeners.keys()]) this.#fail(stream, error);
    for (const { reject } of this.#naming.values()) reject(error);
    this.#naming.clear();
  }

  #send(message: ToRecognizer): void {
    this.#worker.postMessage(message);
  }
}

/** The thread in which the recogniser runs. */
export const startRecognizer = (): Worker =>
  startWorker(new URL('./recognizer-worker.ts', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
  });

function refused(error: SpeechError): TranscriptionStream {
  const events = new EventQueue<TranscriberEvent>();
  events.push({ type: 'error', error });
  events.close();
  const nothing = (): void => undefined;
  return { events, push: nothing, end: nothing, cancel: nothing };
}

function closedError(): SpeechError {
  return new SpeechError('engine-failed', 'The transcriber is closed. Open a new one.', {
    recoverable: false,
  });
}
