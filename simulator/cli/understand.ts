import { once } from 'node:events';
import { createReadStream, statSync, type ReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { parseRequest, resultLine, type Request } from '../../assistant/understanding/jsonl.ts';
import {
  UnderstandingError,
  type Interpretation,
  type Interpreter,
  type Utterance,
} from '../../assistant/understanding/interpreter.ts';
import { openShippedInterpreter, utcOffsetHere } from '../open-drive.ts';
import { EXIT, UsageError } from './exit.ts';
import type { UnderstandOptions } from './main.ts';
import { progressBar } from './progress.ts';

/** Lines that are understood together when they arrive together: batches are faster, and a person who types waits for none. */
const BATCH = 256;
/** Bytes; a smaller file is done before anybody looks. */
const WORTH_A_BAR = 64 * 1024;

type Answer = Interpretation | { readonly error: string };

/**
 * `drivetalk understand`: one JSON line out for each line in, in order, however many there are. A line that cannot be
 * understood yields `{"id", "error"}`, and the next one is read all the same.
 * @param file lines of text; standard input if undefined
 * @returns the exit status
 */
export async function understand(
  file: string | undefined,
  { jsonl = false, model, labels }: UnderstandOptions,
): Promise<number> {
  const input = file === undefined ? { stream: process.stdin, show: () => undefined } : openFile(file);
  const interpreter = await openShippedInterpreter(model, utcOffsetHere(), labels);
  let status: number = EXIT.done;
  let waiting: Request[] = [];
  const flush = async () => {
    const batch = waiting;
    waiting = [];
    const answers = await answer(interpreter, batch);
    let lines = '';
    for (const [index, { id }] of batch.entries()) {
      const result = answers[index] ?? { error: 'no answer' };
      if ('error' in result) status = EXIT.failure;
      lines += `${resultLine(id, result)}\n`;
    }
    // Whoever reads the answers sets the pace: a million lines never wait in memory.
    if (lines !== '' && !process.stdout.write(lines)) await once(process.stdout, 'drain');
    input.show();
  };
  try {
    let number = 0;
    const lines = createInterface({ input: input.stream, crlfDelay: Infinity })[Symbol.asyncIterator]();
    for (;;) {
      const next = lines.next();
      if (waiting.length >= BATCH || !(await isAtHand(next))) await flush();
      const result = await next;
      if (result.done) break;
      waiting.push(parseRequest(result.value, ++number, jsonl));
    }
    await flush();
  } catch (error) {
    // Who reads no further (`| head`) has what they wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  } finally {
    await interpreter.close();
  }
  return status;
}

/** Whether it comes without waiting for a person or a disk. */
const isAtHand = (next: Promise<unknown>): Promise<boolean> =>
  Promise.race([next.then(() => true), setImmediate(false)]);

/** @throws UsageError when it is no file that can be read */
function openFile(file: string): { readonly stream: Readable; show(): void } {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new UsageError(`There is no file ${file}.`);
  if (found.isDirectory())
    throw new UsageError(`${file} is a directory; name a file with one utterance a line.`);
  const stream: ReadStream = createReadStream(file);
  const { size } = found;
  const bar = size > WORTH_A_BAR ? progressBar('understanding (% of the file)') : () => undefined;
  let told = -1;
  return {
    stream,
    show() {
      const percent = Math.floor((100 * stream.bytesRead) / size);
      if (percent > told) bar((told = percent), 100);
    },
  };
}

async function answer(interpreter: Interpreter, requests: readonly Request[]): Promise<readonly Answer[]> {
  const utterances = requests.flatMap((request) => ('utterance' in request ? [request.utterance] : []));
  const interpretations = (await interpretAll(interpreter, utterances)).values();
  return requests.map((request) =>
    'error' in request ? { error: request.error } : (interpretations.next().value ?? { error: 'no answer' }),
  );
}

/** One utterance that cannot be understood must not cost the others of its batch their answer. */
async function interpretAll(
  interpreter: Interpreter,
  utterances: readonly Utterance[],
): Promise<readonly Answer[]> {
  const now = Date.now();
  if (interpreter.capabilities.batching) {
    try {
      return await interpreter.interpret(utterances, { now });
    } catch (error) {
      if (!isRecoverable(error)) throw error;
    }
  }
  return Promise.all(
    utterances.map(async (utterance): Promise<Answer> => {
      try {
        const [interpretation] = await interpreter.interpret([utterance], { now });
        return interpretation ?? { error: 'no answer' };
      } catch (error) {
        if (!isRecoverable(error)) throw error;
        return { error: error.message };
      }
    }),
  );
}

const isRecoverable = (error: unknown): error is UnderstandingError =>
  error instanceof UnderstandingError && error.recoverable;
