import { parentPort, workerData } from 'node:worker_threads';
import type { UnderstandRequest } from '../../assistant/regression/ask.ts';
import type { Scene } from '../../assistant/regression/checks.ts';
import type { Observation } from '../../assistant/regression/judge.ts';
import { createEngine, openModelFor, type ModelChoice } from './engine.ts';

/** A thread of `drivetalk test`: one model, one question at a time. */
export type ToWorker =
  | ({ readonly kind: 'understand' } & UnderstandRequest)
  | { readonly kind: 'play'; readonly scene: Scene }
  /** Loads what the first sound would have to wait for; answered with no turns. */
  | { readonly kind: 'warm-up' };

export type FromWorker =
  | { readonly kind: 'open'; readonly name: string }
  /** The model cannot be used at all. */
  | { readonly kind: 'broken'; readonly message: string }
  | { readonly kind: 'answer'; readonly turns: readonly Observation[] }
  | { readonly kind: 'failed'; readonly message: string };

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

// Of our own pool, in the same process.
const given = workerData as ModelChoice;
const port = parentPort;
if (!port) throw new Error('worker.ts runs as a thread of drivetalk test only.');
const send = (message: FromWorker) => port.postMessage(message);

try {
  const engine = createEngine(await openModelFor(given));
  const answerTo = async (message: ToWorker): Promise<readonly Observation[]> => {
    switch (message.kind) {
      case 'understand':
        return engine.understand(message);
      case 'play':
        return engine.play(message.scene);
      case 'warm-up':
        await engine.warmUp();
        return [];
    }
  };
  port.on('message', (message: ToWorker) => {
    answerTo(message).then(
      (turns) => send({ kind: 'answer', turns }),
      (error: unknown) => send({ kind: 'failed', message: messageOf(error) }),
    );
  });
  send({ kind: 'open', name: engine.name });
} catch (error) {
  send({ kind: 'broken', message: messageOf(error) });
}
