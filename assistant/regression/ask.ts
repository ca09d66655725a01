import type { Utterance } from '../understanding/interpreter.ts';
import type { Check, Scene } from './checks.ts';
import { judge, type Observation, type Observed } from './judge.ts';
import type { CheckResult } from './result.ts';

export interface Failure {
  readonly failed: 'no-answer';
  readonly reason: string;
}

export interface UnderstandRequest {
  readonly utterances: readonly Utterance[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whether the answer is wanted in the model's own labels. */
  readonly own: boolean;
}

/** Who answers: a model with a car around it, on however many threads. Never rejects: what fails has a reason. */
export interface Answerer {
  /** How many questions it works on at the same time. */
  readonly lanes: number;
  /** One answer for each utterance, in order; an answer does not depend on its neighbours. */
  understand(request: UnderstandRequest): Promise<readonly (Observation | Failure)[]>;
  play(scene: Scene): Promise<readonly Observation[] | Failure>;
}

/** Large enough that handing over costs nothing, small enough that all lanes finish together. */
const BATCH = 32;

/** An utterance that somebody asks for, once for all checks that need it. */
interface Asked {
  readonly utterance: Utterance;
  readonly now: number;
  readonly own: boolean;
  answer?: Observation | Failure;
  readonly waiting: Pending[];
}

interface Pending {
  readonly check: Check;
  readonly asked: readonly Asked[];
  left: number;
}

/**
 * Asks all checks and judges the answers.
 * @param onResult is told of each result when it is there, in any order
 * @param stopped asked before each question; what is left then gets no result
 */
export async function askAll(
  checks: readonly Check[],
  answerer: Answerer,
  onResult: (result: CheckResult) => void,
  stopped: () => boolean = () => false,
): Promise<void> {
  const report = (check: Check, observed: Observed) => onResult(judge(check, observed));
  const { batches, scenes } = plan(checks);

  const askBatch = async (batch: readonly Asked[]) => {
    const [{ now, own } = { now: 0, own: false }] = batch;
    const answers = await answerer.understand({
      utterances: batch.map(({ utterance }) => utterance),
      now,
      own,
    });
    for (const [index, asked] of batch.entries()) {
      asked.answer = answers[index] ?? {
        failed: 'no-answer',
        reason: 'the engine answered too few utterances',
      };
      for (const pending of asked.waiting)
        if (--pending.left === 0) report(pending.check, together(pending.asked));
    }
  };
  const askScene = async (check: Check) => {
    if (check.question.form !== 'scene') return;
    const { scene, missing } = check.question;
    if (missing.length > 0) {
      report(check, { failed: 'not-run', reason: `there is no sound file ${missing.join(', ')}` });
      return;
    }
    const turns = await answerer.play(scene);
    report(check, 'failed' in turns ? turns : { turns });
  };

  // Scenes take longest, and come first so that no lane is left with one at the end.
  const work = [
    ...scenes.map((check) => () => askScene(check)),
    ...batches.map((batch) => () => askBatch(batch)),
  ];
  const waiting = work.values();
  const lane = async () => {
    for (const job of waiting) {
      if (stopped()) return;
      await job();
    }
  };
  await Promise.all(Array.from({ length: answerer.lanes }, lane));
}

function together(asked: readonly Asked[]): Observed {
  const turns: Observation[] = [];
  for (const { answer } of asked) {
    if (!answer) return { failed: 'no-answer', reason: 'the engine gave no answer' };
    if ('failed' in answer) return answer;
    turns.push(answer);
  }
  return { turns };
}

/** Utterances of the same length side by side, those with the same clock together, each asked once. */
function plan(checks: readonly Check[]) {
  const all = new Map<string, Asked>();
  const scenes: Check[] = [];
  for (const check of checks) {
    const { question } = check;
    if (question.form === 'scene') {
      scenes.push(check);
      continue;
    }
    const asked = question.utterances.map((utterance) => {
      const key = JSON.stringify([question.now, question.own, utterance]);
      const known = all.get(key) ?? { utterance, now: question.now, own: question.own, waiting: [] };
      all.set(key, known);
      return known;
    });
    const pending = { check, asked, left: new Set(asked).size };
    for (const one of new Set(asked)) one.waiting.push(pending);
  }
  const length = ({ utterance: { text, context = [] } }: Asked) =>
    text.length + context.reduce((sum, turn) => sum + turn.text.length, 0);
  const ordered = [...all.values()].sort(
    (a, b) => a.now - b.now || Number(a.own) - Number(b.own) || length(a) - length(b),
  );
  const batches: Asked[][] = [];
  for (const asked of ordered) {
    const last = batches.at(-1);
    if (last && last.length < BATCH && last[0]?.now === asked.now && last[0].own === asked.own)
      last.push(asked);
    else batches.push([asked]);
  }
  // Long ones first: a short batch at the end keeps nobody waiting.
  return { batches: batches.reverse(), scenes };
}
