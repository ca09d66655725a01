import type { Worker } from 'node:worker_threads';
import { startWorker } from '../../start-worker.ts';
import type { Sound } from '../wav.ts';
import type { FromFlite, ToFlite } from './flite-worker.ts';
import { readAloud } from './read-aloud.ts';
import { SynthesisError, type Synthesizer } from './synthesizer.ts';

/** Of flite's six voices: a woman's, the clearest of them. */
const VOICE = 'slt';
const RATE = 16_000;
/** A long reply takes a second on a busy machine. */
const DEADLINE = 10_000;

interface Asked {
  readonly resolve: (sound: Sound) => void;
  readonly reject: (error: SynthesisError) => void;
  readonly timer: NodeJS.Timeout;
}

export interface FliteOptions {
  /** For one text, in milliseconds. */
  readonly deadline?: number;
  /** Starts the thread that speaks. */
  readonly startWorker?: () => Worker;
}

const startFlite = (): Worker =>
  startWorker(new URL('./flite-worker.ts', import.meta.url), { workerData: { voice: VOICE } });

/** Carnegie Mellon's flite as WebAssembly, in a thread of its own that starts with the first text. */
export class FliteVoice implements Synthesizer {
  readonly name = 'flite';
  readonly capabilities = { languages: ['en-US'] };
  readonly #options: Required<FliteOptions>;
  readonly #asked = new Map<number, Asked>();
  #worker: Worker | undefined;
  #ids = 0;
  #closed = false;

  constructor({ deadline = DEADLINE, startWorker: start = startFlite }: FliteOptions = {}) {
    this.#options = { deadline, startWorker: start };
  }

  say(text: string): Promise<Sound> {
    if (this.#closed) return Promise.reject(closed());
    const plain = readAloud(text);
    if (plain === '') return Promise.resolve({ samples: new Float32Array(), rate: RATE });
    const id = this.#ids++;
    return new Promise((resolve, reject) => {
      const { deadline } = this.#options;
      const timer = setTimeout(() => {
        void this.#end(
          new SynthesisError('engine-failed', `The voice took longer than ${deadline / 1000} s.`),
        );
      }, deadline);
      this.#asked.set(id, { resolve, reject, timer });
      const message: ToFlite = { id, text: plain };
      this.#worker ??= this.#start();
      this.#worker.postMessage(message);
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#end(closed());
  }

  #start(): Worker {
    const worker = this.#options.startWorker();
    worker.on('message', (message: FromFlite) => {
      if (message.type === 'missing') {
        const text = `The car's voice cannot be loaded: ${message.message}. Run "npm ci" again.`;
        return void this.#end(new SynthesisError('engine-missing', text));
      }
      const asked = this.#asked.get(message.id);
      if (!asked) return;
      this.#asked.delete(message.id);
      clearTimeout(asked.timer);
      if (message.type === 'said') asked.resolve({ samples: message.samples, rate: message.rate });
      else asked.reject(failed(message.message));
    });
    worker.on('error', (error) => void this.#end(failed(error.message)));
    worker.on('exit', () => {
      if (this.#worker === worker) void this.#end(failed('its thread ended'));
    });
    // A voice that is silent keeps no program running.
    worker.unref();
    return worker;
  }

  /** Ends the thread; what was asked for fails, and the next text gets a new thread. */
  async #end(error: SynthesisError): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    for (const { reject, timer } of this.#asked.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#asked.clear();
    await worker?.terminate();
  }
}

const failed = (why: string) =>
  new SynthesisError('engine-failed', `The car's voice has failed: ${why}. The reply stands in the caption.`);
const closed = () => new SynthesisError('closed', 'The voice is closed. Open a new one.');
