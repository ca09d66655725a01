import type { Worker } from 'node:worker_threads';
import type { Answerer, Failure } from '../../assistant/regression/ask.ts';
import type { Observation } from '../../assistant/regression/judge.ts';
import { startWorker } from '../../assistant/start-worker.ts';
import { UnderstandingError } from '../../assistant/understanding/interpreter.ts';
import type { ModelChoice } from './engine.ts';
import type { FromWorker, ToWorker } from './worker.ts';

export interface PoolOptions extends ModelChoice {
  /** How many questions are answered at the same time. */
  readonly threads: number;
  /** Milliseconds after which a question counts as unanswered, and its thread is given up. */
  readonly timeout: number;
}

export interface Pool extends Answerer {
  readonly name: string;
  close(): Promise<void>;
}

/** Loading the acoustic model and its grammar takes so many times longer than hearing an utterance may. */
const WARM_UP = 10;

/** Unanswered questions in a row after which an engine is taken for dead; the rest is not waited for. */
const GIVE_UP_AFTER = 10;

/**
 * Opens a model on several threads.
 * @throws UnderstandingError when the model cannot be opened
 */
export async function openPool(options: PoolOptions): Promise<Pool> {
  const lanes = await Promise.all(Array.from({ length: options.threads }, () => openLane(options)));
  const [first] = lanes;
  if (!first) throw new RangeError('A pool needs at least one thread.');
  const free = [...lanes];
  const queue: ((lane: Lane) => void)[] = [];
  let unanswered = 0;

  const ask = async (message: ToWorker): Promise<readonly Observation[] | Failure> => {
    if (unanswered >= GIVE_UP_AFTER)
      return {
        failed: 'no-answer',
        reason: `not asked: the engine left ${GIVE_UP_AFTER} questions unanswered`,
      };
    const lane = free.pop() ?? (await new Promise<Lane>((resolve) => queue.push(resolve)));
    const answer = await lane.ask(message);
    const next = queue.shift();
    if (next) next(lane);
    else free.push(lane);
    return answer;
  };
  /** A question that failed among others is asked again alone, so that it costs no neighbour its answer. */
  const alone = async (message: ToWorker): Promise<readonly Observation[] | Failure> => {
    const answer = await ask(message);
    unanswered = 'failed' in answer ? unanswered + 1 : 0;
    return answer;
  };

  return {
    name: first.name,
    lanes: lanes.length,
    async understand({ utterances, now, own }) {
      const batch = await (utterances.length > 1 ? ask : alone)({ kind: 'understand', utterances, now, own });
      if (!('failed' in batch)) return batch;
      if (utterances.length === 1) return [batch];
      const each: (Observation | Failure)[] = [];
      for (const utterance of utterances) {
        const answer = await alone({ kind: 'understand', utterances: [utterance], now, own });
        each.push('failed' in answer ? answer : (answer[0] ?? { failed: 'no-answer', reason: 'no answer' }));
      }
      return each;
    },
    play: (scene) => alone({ kind: 'play', scene }),
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

/** One thread with one model; when it hangs or dies, another takes its place. */
interface Lane {
  readonly name: string;
  ask(message: ToWorker): Promise<readonly Observation[] | Failure>;
  close(): Promise<void>;
}

async function openLane(options: PoolOptions): Promise<Lane> {
  let { worker, name } = await openWorker(options);
  let dead: string | undefined;
  let warm = false;

  const replace = async (reason: string): Promise<Failure> => {
    await worker.terminate();
    warm = false;
    try {
      ({ worker, name } = await openWorker(options));
    } catch (error) {
      dead = error instanceof Error ? error.message : String(error);
    }
    return { failed: 'no-answer', reason };
  };

  return {
    get name() {
      return name;
    },
    async ask(message) {
      if (dead !== undefined) return { failed: 'no-answer', reason: dead };
      if (!warm && message.kind === 'play' && message.scene.turns.some(({ audio }) => audio !== undefined)) {
        warm = true;
        await exchange(worker, { kind: 'warm-up' }, options.timeout * WARM_UP);
      }
      const said = await exchange(worker, message, options.timeout);
      if (said.kind === 'answer') return said.turns;
      if (said.kind === 'failed') return { failed: 'no-answer', reason: said.message };
      return replace(
        said.kind === 'late' ? `no answer within ${options.timeout} ms` : `the engine died: ${said.message}`,
      );
    },
    async close() {
      await worker.terminate();
    },
  };
}

type Said =
  Extract<FromWorker, { kind: 'answer' | 'failed' }> | { kind: 'late' } | { kind: 'died'; message: string };

function exchange(worker: Worker, message: ToWorker, timeout: number): Promise<Said> {
  return new Promise((resolve) => {
    const end = (said: Said) => {
      clearTimeout(timer);
      worker.off('message', hear).off('error', fail).off('exit', leave);
      resolve(said);
    };
    const hear = (heard: FromWorker) => {
      if (heard.kind === 'answer' || heard.kind === 'failed') end(heard);
    };
    const fail = (error: Error) => end({ kind: 'died', message: error.message });
    const leave = (code: number) => end({ kind: 'died', message: `its thread ended with code ${code}` });
    const timer = setTimeout(() => end({ kind: 'late' }), timeout);
    worker.on('message', hear).on('error', fail).on('exit', leave);
    worker.postMessage(message);
  });
}

function openWorker({ model, labels, fault }: ModelChoice): Promise<{ worker: Worker; name: string }> {
  const worker = startWorker(new URL('./worker.ts', import.meta.url), {
    workerData: { model, labels, fault } satisfies ModelChoice,
  });
  return new Promise((resolve, reject) => {
    const broken = (message: string) =>
      reject(new UnderstandingError('engine-failed', `The model cannot be used: ${message}`));
    worker.once('message', (first: FromWorker) => {
      if (first.kind === 'open') resolve({ worker, name: first.name });
      else {
        // Before it ends: its end would be taken for the reason.
        broken(first.kind === 'broken' ? first.message : first.kind);
        void worker.terminate();
      }
    });
    worker.once('error', (error) => broken(error.message));
    worker.once('exit', (code) => broken(`its thread ended with code ${code}`));
  });
}
