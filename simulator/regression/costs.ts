import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Plan } from './run.ts';
import type { Policy } from '../../assistant/regression/policy.ts';
import type { CostRatio } from '../../assistant/regression/result.ts';
import { UnderstandingError, type Utterance } from '../../assistant/understanding/interpreter.ts';
import type { FromProcess, ToProcess } from './cost-process.ts';
import type { ModelChoice } from './engine.ts';

/** Enough for a median that holds still, few enough for a coffee. */
const UTTERANCES = 200;
const ROUND = 10;
const MiB = 1024 * 1024;
/** From source or built, as this file is. */
const CHILD = fileURLToPath(
  new URL(`./cost-process.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
);

/**
 * Latency and memory of two models, each in a process of its own, asked in turns: whatever else the machine does
 * meanwhile, it does to both. Absolute figures mean nothing elsewhere; their ratio does.
 */
export async function measureCosts(
  { checks }: Plan,
  candidate: ModelChoice,
  baseline: ModelChoice,
  { latencyRatio, memoryRatio }: Pick<Policy, 'latencyRatio' | 'memoryRatio'>,
): Promise<readonly CostRatio[]> {
  const utterances = checks
    .flatMap(({ question }): readonly Utterance[] =>
      question.form === 'text' ? question.utterances.slice(0, 1) : [],
    )
    .slice(0, UTTERANCES);
  if (utterances.length === 0) return [];
  const now = await startProcess(candidate);
  const before = await startProcess(baseline).catch((error: unknown) => {
    now.close();
    throw error;
  });
  try {
    // What is asked first pays for what is compiled and loaded then.
    for (const model of [now, before]) await model.time(utterances.slice(0, ROUND));
    const times = { now: [] as number[], before: [] as number[] };
    for (let at = 0; at < utterances.length; at += ROUND) {
      const round = utterances.slice(at, at + ROUND);
      times.now.push(...(await now.time(round)));
      times.before.push(...(await before.time(round)));
    }
    return [
      ratio('latency', median(times.now), median(times.before), 'ms', latencyRatio),
      ratio('memory', (await now.memory()) / MiB, (await before.memory()) / MiB, 'MiB', memoryRatio),
    ];
  } finally {
    now.close();
    before.close();
  }
}

function ratio(
  what: CostRatio['what'],
  candidate: number,
  baseline: number,
  unit: CostRatio['unit'],
  limit: number,
): CostRatio {
  const quotient = candidate / baseline;
  return { what, candidate, baseline, unit, ratio: quotient, limit, exceeded: quotient > limit };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

interface CostProcess {
  /** Milliseconds for each utterance, asked one by one. @throws UnderstandingError */
  time(utterances: readonly Utterance[]): Promise<readonly number[]>;
  /** Bytes that the model has added to the process. */
  memory(): Promise<number>;
  close(): void;
}

/** @throws UnderstandingError when the model cannot be used */
async function startProcess(model: ModelChoice): Promise<CostProcess> {
  const child = fork(CHILD, { serialization: 'advanced' });
  const ask = (message: ToProcess) =>
    new Promise<FromProcess>((resolve, reject) => {
      const gone = () => reject(new UnderstandingError('engine-failed', 'The model ended its process.'));
      child.once('exit', gone);
      child.once('message', (answer: FromProcess) => {
        child.off('exit', gone);
        if ('failed' in answer) reject(new UnderstandingError('engine-failed', answer.failed));
        else resolve(answer);
      });
      child.send(message);
    });
  await ask({ open: model }).catch((error: unknown) => {
    child.kill();
    throw error;
  });
  return {
    async time(utterances) {
      const answer = await ask({ time: utterances });
      return 'times' in answer ? answer.times : [];
    },
    async memory() {
      const answer = await ask({ memory: true });
      return 'memory' in answer ? answer.memory : Number.NaN;
    },
    close: () => void child.kill(),
  };
}
