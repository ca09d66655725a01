import { createInterface } from 'node:readline';
import { parseRequest, resultLine, type Request } from '../../assistant/understanding/jsonl.ts';
import {
  UnderstandingError,
  type Interpretation,
  type Interpreter,
} from '../../assistant/understanding/interpreter.ts';
import { openShippedInterpreter } from '../open-drive.ts';
import { EXIT } from './exit.ts';
import type { UnderstandOptions } from './main.ts';

/** Lines that are understood together when they arrive together: batches are faster, and a person who types waits for none. */
const BATCH = 64;

type Answer = Interpretation | { readonly error: string };

/**
 * `drivetalk understand`: one JSON line out for each line in, in order. A line that cannot be understood yields
 * `{"id", "error"}`, and the next one is read all the same.
 * @returns the exit status
 */
export async function understand({ jsonl = false, model }: UnderstandOptions): Promise<number> {
  const interpreter = await openShippedInterpreter(model);
  let status: number = EXIT.done;
  let waiting: Request[] = [];
  const flush = async () => {
    const batch = waiting;
    waiting = [];
    const answers = await answer(interpreter, batch);
    for (const [index, { id }] of batch.entries()) {
      const result = answers[index] ?? { error: 'no answer' };
      if ('error' in result) status = EXIT.failure;
      process.stdout.write(`${resultLine(id, result)}\n`);
    }
  };
  try {
    let number = 0;
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
      waiting.push(parseRequest(line, ++number, jsonl));
      if (waiting.length >= BATCH || process.stdin.readableLength === 0) await flush();
    }
    await flush();
  } finally {
    await interpreter.close();
  }
  return status;
}

async function answer(interpreter: Interpreter, requests: readonly Request[]): Promise<readonly Answer[]> {
  const now = Date.now();
  const utterances = requests.flatMap((request) => ('utterance' in request ? [request.utterance] : []));
  const interpretations = await interpreter.interpret(utterances, { now }).catch(async (error: unknown) => {
    // One utterance that cannot be read must not cost the others of its batch their answer.
    if (!(error instanceof UnderstandingError && error.recoverable)) throw error;
    const alone = utterances.map((utterance) => interpreter.interpret([utterance], { now }));
    return (await Promise.allSettled(alone)).map((result): Answer => {
      const [interpretation] = result.status === 'fulfilled' ? result.value : [];
      return (
        interpretation ?? { error: result.status === 'rejected' ? messageOf(result.reason) : 'no answer' }
      );
    });
  });
  const answers = interpretations.values();
  return requests.map((request) =>
    'error' in request ? { error: request.error } : (answers.next().value ?? { error: 'no answer' }),
  );
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
