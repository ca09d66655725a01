import { seededRandom } from '../training/random.ts';
import type { Interpretation, Interpreter } from '../understanding/interpreter.ts';
import type { Ontology } from '../understanding/ontology.ts';
import type { Normaliser } from '../understanding/values/normalise.ts';
import { judge, type Outcome } from './judge.ts';
import type { MeasuredRow } from './measured-row.ts';
import { scoresBy, scoresOf, type Scores } from './scores.ts';
import { withWordErrors } from './word-errors.ts';

/** Every number of a model card that utterances can tell. */
export interface Report {
  readonly all: Scores;
  /** Utterances of two commands or more. */
  readonly several?: Scores;
  /** Utterances after other turns. */
  readonly context?: Scores;
  readonly sources: Readonly<Record<string, Scores>>;
  readonly domains: Readonly<Record<string, Scores>>;
  /** The same utterances with one word in ten misheard. */
  readonly misheard?: Scores;
  /** Answered in batches, on this machine. */
  readonly utterancesPerSecond: number;
  /** Milliseconds from words to commands of utterances of at most 16 words, one by one, on this machine. */
  readonly latency: { readonly p50: number; readonly p99: number };
}

/** Of an utterance that is not exactly right. */
export interface Mistake {
  readonly row: MeasuredRow;
  readonly said: Interpretation['commands'];
}

export interface EvaluationParts {
  readonly interpreter: Interpreter;
  readonly ontology: Ontology;
  readonly normaliser: Normaliser;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
}

export interface EvaluationOptions {
  /** Whether to measure again with word errors. */
  readonly misheard: boolean;
  /** Told after each batch. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly onMistake?: (mistake: Mistake) => void;
}

/** "Tomorrow" is relative to it: 2026-01-05 09:00 UTC, a Monday. */
export const NOW = Date.UTC(2026, 0, 5, 9);
const MOMENT = { now: NOW, utcOffset: 0 };
const BATCH = 256;
const WORD_ERROR_RATE = 0.1;
const SEED = 7;
/** Words. */
const SHORT = 16;
const WARM_UP = 100;
const TIMED = 1000;

/**
 * Measures an interpreter, opened with a UTC offset of 0, on utterances with known commands.
 * @throws RangeError when there are no rows
 */
export async function evaluate(
  rows: readonly MeasuredRow[],
  { interpreter, ontology, normaliser, clock }: EvaluationParts,
  { misheard, onProgress, onMistake }: EvaluationOptions,
): Promise<Report> {
  const total = rows.length * (misheard ? 2 : 1);
  const latency = await timed(rows, interpreter);
  let done = 0;
  let spent = 0;
  const ask = async (
    asked: readonly MeasuredRow[],
    tell?: (mistake: Mistake) => void,
  ): Promise<readonly Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (let from = 0; from < asked.length; from += BATCH) {
      const batch = asked.slice(from, from + BATCH);
      const began = clock();
      const answers = await interpreter.interpret(batch, { now: NOW });
      spent += clock() - began;
      for (const [index, row] of batch.entries()) {
        const answer = answers[index];
        if (!answer) throw new Error(`${interpreter.name} gave no answer to "${row.text}"`);
        const outcome = judge(row, answer, normaliser, MOMENT);
        outcomes.push(outcome);
        if (!(row.slotsKnown ? outcome.values : outcome.intents)) tell?.({ row, said: answer.commands });
      }
      done += batch.length;
      onProgress?.(done, total);
    }
    return outcomes;
  };
  const outcomes = await ask(rows, onMistake);
  const some = (fits: (row: MeasuredRow) => boolean) => {
    const found = outcomes.filter(({ row }) => fits(row));
    return found.length > 0 ? scoresOf(found) : undefined;
  };
  const [several, context] = [
    some(({ commands }) => commands.length > 1),
    some(({ context: turns }) => turns.length > 0),
  ];
  const noisy = misheard ? scoresOf(await ask(mishear(rows))) : undefined;
  return {
    all: scoresOf(outcomes),
    ...(several && { several }),
    ...(context && { context }),
    sources: scoresBy(outcomes, ({ row }) => row.source),
    domains: scoresBy(outcomes, ({ row }) => ontology.domainOf(row.commands[0]?.intent ?? '')),
    ...(noisy && { misheard: noisy }),
    utterancesPerSecond: Math.round((done * 1000) / spent),
    latency,
  };
}

async function timed(rows: readonly MeasuredRow[], interpreter: Interpreter): Promise<Report['latency']> {
  const short = rows.filter(({ text }) => text.split(/\s+/).length <= SHORT);
  const times: number[] = [];
  for (const row of short.slice(0, WARM_UP + TIMED)) {
    for (const { ms } of await interpreter.interpret([row], { now: NOW })) times.push(ms);
  }
  const sorted = times.slice(Math.min(WARM_UP, times.length - 1)).sort((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.floor(share * sorted.length)] ?? 0).toFixed(3));
  return { p50: at(0.5), p99: at(0.99) };
}

/** The same every time. */
function mishear(rows: readonly MeasuredRow[]): readonly MeasuredRow[] {
  const vocabulary = [
    ...new Set(rows.flatMap(({ text }) => text.toLowerCase().match(/[a-z']+/g) ?? [])),
  ].sort();
  const random = seededRandom(SEED);
  return rows.map((row) => withWordErrors(row, WORD_ERROR_RATE, vocabulary, random));
}
