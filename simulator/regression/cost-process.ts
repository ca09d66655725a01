import type { Utterance } from '../../assistant/understanding/interpreter.ts';
import { openModelFor, type ModelChoice } from './engine.ts';

/** A process with one model, so that its memory is its own: `costs.ts` starts it and asks. */
export type ToProcess =
  { readonly open: ModelChoice } | { readonly time: readonly Utterance[] } | { readonly memory: true };
export type FromProcess =
  | { readonly opened: true }
  | { readonly times: readonly number[] }
  | { readonly memory: number }
  | { readonly failed: string };

const empty = process.memoryUsage.rss();
let model: Awaited<ReturnType<typeof openModelFor>> | undefined;

async function answer(message: ToProcess): Promise<FromProcess> {
  if ('open' in message) {
    model = await openModelFor(message.open);
    return { opened: true };
  }
  if ('memory' in message) return { memory: process.memoryUsage.rss() - empty };
  const times: number[] = [];
  for (const utterance of message.time) {
    const began = performance.now();
    await model?.interpret([utterance], { now: 0 });
    times.push(performance.now() - began);
  }
  return { times };
}

const send = (message: FromProcess) => void process.send?.(message);
process.on('message', (message: ToProcess) => {
  answer(message).then(send, (error: unknown) =>
    send({ failed: error instanceof Error ? error.message : String(error) }),
  );
});
// Who asked is gone: nobody will read an answer.
process.on('disconnect', () => process.exit());
