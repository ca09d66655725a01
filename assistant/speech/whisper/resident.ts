import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { SAMPLE_RATE, SpeechError, type Word } from '../transcriber.ts';
import { InTurn, type WhisperEngine } from './engine.ts';
import { endGroup } from './process-group.ts';

export interface ResidentOptions {
  /** The built program (`whisper-programs.ts`). */
  readonly program: string;
  readonly model: string;
  /** For loading the model, and for hearing one piece of sound, in milliseconds. */
  readonly deadline?: number;
}

/** A minute of sound on a slow machine. */
const DEADLINE = 30_000;
/** More of them wait for each other, and the rest of the car needs a core, too. */
const THREADS = Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)));
/**
 * Of Whisper's 1500 positions for 30 s. Half of them for up to 15 s take half the time: what whisper.cpp's own
 * examples advise on small machines (`-ac 768`); less than that is known to cost words.
 */
const SHORT_CONTEXT = 768;
const SHORT = 15 * SAMPLE_RATE;
/** What the program says in the end, for the error. */
const TOLD = 500;

type Program = ChildProcessByStdio<Writable, Readable, Readable>;

interface Running {
  readonly child: Program;
  readonly lines: Interface;
  readonly next: AsyncIterator<string, undefined>;
  /** It has ended, and all that it said has arrived. */
  readonly ended: Promise<unknown>;
}

/** Our program with the model in its memory; started at the first sound, and again after it has failed. */
export class ResidentWhisper implements WhisperEngine {
  readonly #options: Required<ResidentOptions>;
  readonly #turn = new InTurn();
  #running: Running | undefined;
  #told = '';
  #closed = false;

  constructor({ deadline = DEADLINE, ...options }: ResidentOptions) {
    this.#options = { ...options, deadline };
  }

  /** Loads the model now. @throws SpeechError `engine-failed` */
  async start(): Promise<void> {
    await this.#turn.do(() => this.#inTime(() => this.#started()));
  }

  hear(samples: Float32Array): Promise<readonly Word[]> {
    return this.#turn.do(() =>
      this.#inTime(async () => {
        const running = await this.#started();
        const { child } = running;
        const context = samples.length <= SHORT ? SHORT_CONTEXT : 0;
        child.stdin.write(new Uint8Array(new Uint32Array([samples.length, context]).buffer));
        child.stdin.write(new Uint8Array(samples.slice().buffer));
        return this.#words(running);
      }),
    );
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#end();
    await this.#turn.idle();
  }

  async #words(running: Running): Promise<readonly Word[]> {
    const words: Word[] = [];
    for (;;) {
      const line = await this.#line(running);
      if (line.startsWith('done ')) return words;
      const word = /^word (\d+) (\d+) ([\d.]+) ([0-9a-f]+)$/.exec(line);
      if (!word) throw failed(`it says "${line.slice(0, 80)}"`);
      const [, start, end, confidence, hex = ''] = word;
      const text = Buffer.from(hex, 'hex').toString('utf8');
      words.push({ text, start: Number(start), end: Number(end), confidence: Number(confidence) });
    }
  }

  async #started(): Promise<Running> {
    if (this.#closed) throw failed('it is closed', false);
    if (this.#running) return this.#running;
    const { program, model } = this.#options;
    const child = spawn(program, [model, String(THREADS)], { detached: true, stdio: 'pipe' });
    const lines = createInterface({ input: child.stdout });
    const ended = once(child, 'close').catch(() => undefined);
    const running = { child, lines, next: lines[Symbol.asyncIterator](), ended };
    this.#running = running;
    this.#told = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#told = (this.#told + text).slice(-TOLD);
    });
    // A program that has gone is told by the end of its lines.
    child.stdin.on('error', () => undefined);
    // Also what goes wrong later is told by the end of its lines.
    child.on('error', () => undefined);
    await once(child, 'spawn');
    const ready = await this.#line(running);
    if (ready !== 'ready') throw failed(`it says "${ready.slice(0, 80)}"`);
    return running;
  }

  async #line({ next, ended }: Running): Promise<string> {
    const line: IteratorResult<string, undefined> = await next.next();
    if (line.done !== true) return line.value;
    await ended;
    throw failed(this.#told.trim() === '' ? 'it ended' : `it ended: ${this.#told.trim()}`);
  }

  /** What fails, or takes too long, ends the program: the next sound begins with a fresh one. */
  async #inTime<Result>(task: () => Promise<Result>): Promise<Result> {
    const { deadline } = this.#options;
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort();
      this.#end();
    }, deadline);
    try {
      return await task();
    } catch (error) {
      this.#end();
      if (late.signal.aborted) throw failed(`it took longer than ${deadline / 1000} s`);
      throw error instanceof SpeechError
        ? error
        : failed(error instanceof Error ? error.message : String(error));
    } finally {
      clearTimeout(timer);
    }
  }

  #end(): void {
    const running = this.#running;
    this.#running = undefined;
    if (!running) return;
    endGroup(running.child);
    running.lines.close();
  }
}

const failed = (why: string, recoverable = true) =>
  new SpeechError('engine-failed', `Whisper has failed: ${why}. The next words are heard with a fresh one.`, {
    recoverable,
  });
