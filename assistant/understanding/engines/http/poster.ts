import pLimit from 'p-limit';
import { UnderstandingError } from '../../interpreter.ts';

/** Nothing that understands an utterance says more. */
const LONGEST_ANSWER = 1024 * 1024;
/** What may pass by itself: too many requests, and a server that is down for a moment. */
const WORTH_ANOTHER_TRY = new Set([408, 429, 500, 502, 503, 504]);
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 8_000;
const MOST_SHOWN = 200;

export interface PosterOptions {
  /** Milliseconds that one attempt may take. */
  readonly timeout: number;
  readonly attempts?: number;
  /** Requests at the same time. */
  readonly concurrency?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Never shown, not even when the server repeats it. */
  readonly secret?: string | undefined;
  /** Waits some milliseconds, or until the signal. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Sends JSON to one server. Written here because ky, which does this, no longer runs on Node 20. */
export class Poster {
  readonly #options: Required<Omit<PosterOptions, 'secret'>> & Pick<PosterOptions, 'secret'>;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #closed = new AbortController();

  constructor({ attempts = 4, concurrency = 4, headers = {}, sleep = wait, ...rest }: PosterOptions) {
    this.#options = { attempts, concurrency, headers, sleep, ...rest };
    this.#limit = pLimit(concurrency);
  }

  /**
   * Posts JSON and reads the JSON of the answer. Tries again, with growing pauses, where that may help.
   * @param name of the server, for messages: no key stands in it
   * @throws UnderstandingError `engine-failed` with what to do; recoverable when another utterance may fare better
   */
  post(url: URL, name: string, body: unknown): Promise<unknown> {
    return this.#limit(async () => {
      for (let attempt = 1; ; attempt++) {
        const result = await this.#attempt(url, name, body);
        if (!('failure' in result)) return result.json;
        const { failure, pause } = result;
        if (pause === undefined || attempt >= this.#options.attempts) throw failure;
        await this.#options.sleep(
          Math.min(LONGEST_PAUSE, Math.max(pause, FIRST_PAUSE * 2 ** (attempt - 1))),
          this.#closed.signal,
        );
      }
    });
  }

  /**
   * Finds out whether anybody is there, before the first word is spoken. Sends no words.
   * @throws UnderstandingError `engine-failed`
   */
  async reach(url: URL, name: string): Promise<void> {
    const { timeout, headers } = this.#options;
    try {
      const response = await fetch(url, {
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeout),
      });
      await response.body?.cancel();
    } catch (error) {
      throw unreachable(name, error);
    }
  }

  /** Ends what is under way. */
  close(): void {
    this.#closed.abort();
  }

  async #attempt(
    url: URL,
    name: string,
    body: unknown,
  ): Promise<{ json: unknown } | { failure: UnderstandingError; pause?: number }> {
    const { timeout, headers } = this.#options;
    const late = AbortSignal.timeout(timeout);
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
        body: JSON.stringify(body),
        // Words go to the server that was named, and to no other.
        redirect: 'error',
        signal: AbortSignal.any([late, this.#closed.signal]),
      });
      text = await bounded(response);
    } catch (error) {
      if (this.#closed.signal.aborted)
        return { failure: failed(name, 'the model was closed before it answered', error) };
      if (late.aborted)
        return { failure: failed(name, `no answer within ${timeout / 1000} s`, error), pause: 0 };
      return { failure: unreachable(name, error), pause: 0 };
    }
    if (!response.ok) return this.#refused(name, response, text);
    try {
      return { json: JSON.parse(text) };
    } catch (error) {
      return { failure: failed(name, `the answer is no JSON: ${this.#shown(text)}`, error) };
    }
  }

  #refused(
    name: string,
    { status, headers }: Response,
    text: string,
  ): { failure: UnderstandingError; pause?: number } {
    if (status === 401 || status === 403) {
      const why = `the server refuses the key (HTTP ${status}). Set ${KEY_VARIABLE} to a valid one`;
      return { failure: failed(name, why, undefined, false) };
    }
    const shown = this.#shown(text);
    const why = `HTTP ${status}${shown === '' ? '' : `: ${shown}`}`;
    if (!WORTH_ANOTHER_TRY.has(status)) return { failure: failed(name, why, undefined, status !== 404) };
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    return { failure: failed(name, why), pause: Number.isFinite(seconds) ? seconds * 1000 : 0 };
  }

  /** The beginning of what a server said, on one line, without the key. */
  #shown(text: string): string {
    const { secret } = this.#options;
    const line = (secret ? text.replaceAll(secret, '…') : text).replace(/\s+/g, ' ').trim();
    return line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line;
  }
}

/** The one place that a key is taken from. */
export const KEY_VARIABLE = 'DRIVETALK_MODEL_KEY';

/** @param recoverable whether another utterance, or the same one later, may be answered */
export function failed(name: string, why: string, cause?: unknown, recoverable = true): UnderstandingError {
  const end = /[.?!…]$/.test(why) ? '' : '.';
  return new UnderstandingError('engine-failed', `${name}: ${why}${end}`, { cause, recoverable });
}

function unreachable(name: string, error: unknown): UnderstandingError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const why =
    code === 'ECONNREFUSED' || code === 'ENOTFOUND'
      ? `nobody answers there (${code}). Start the server, or correct --model`
      : `it cannot be asked (${cause instanceof Error ? cause.message : String(cause)})`;
  return failed(name, why, error, false);
}

async function bounded(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    const bytes = piece as Uint8Array;
    length += bytes.length;
    if (length > LONGEST_ANSWER) throw new Error('the answer is longer than 1 MiB');
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
