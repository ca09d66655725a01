import { createInterface } from 'node:readline';
import { parseRequest, resultLine, type Request } from '../../assistant/understanding/jsonl.ts';
import type { Interpreter } from '../../assistant/understanding/interpreter.ts';
import { openShippedInterpreter } from '../open-drive.ts';
import { EXIT } from './exit.ts';
import type { UnderstandOptions } from './main.ts';

/** Lines that are understood together when they arrive together: batches are faster, and a person who types waits for none. */
const BATCH = 64;

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
    for (const line of await answer(interpreter, batch)) {
      if (line.startsWith('{"error"')) status = EXIT.failure;
      process.stdout.write(`${line}\n`);
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
