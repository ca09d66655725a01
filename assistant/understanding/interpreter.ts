import { z } from 'zod';
import type { Command, SlotValue } from '../../vehicle/command.ts';
import type { Domain } from '../../vehicle/ontology.generated.ts';
import { ForeseenError } from '../../vehicle/foreseen-error.ts';

/** One turn of the conversation before the utterance, as the model's context. */
export interface ContextTurn {
  readonly who: 'user' | 'car';
  readonly text: string;
}

export interface Utterance {
  readonly text: string;
  /** Oldest first; only the last three count. */
  readonly context?: readonly ContextTurn[];
}

export interface InterpretedCommand extends Command {
  /** Calibrated probability that the intent is right, 0 to 1. */
  readonly confidence: number;
  /** Where the command stands in the utterance's text, in UTF-16 units, end exclusive. */
  readonly span: readonly [start: number, end: number];
}

/** A command in a model's own labels, which the car need not know. */
export interface RawFrame {
  readonly intent: string;
  readonly slots: Readonly<Record<string, SlotValue>>;
  readonly confidence: number;
  readonly span: readonly [start: number, end: number];
}

/** What an utterance means. */
export interface Interpretation {
  readonly text: string;
  /** In the order they were said. At least one: `none.out_of_scope.select` or `none.silence.select` when there is nothing to do. */
  readonly commands: readonly InterpretedCommand[];
  /** The best other readings, most likely first: what the assistant could have understood instead. */
  readonly rejected: readonly InterpretedCommand[];
  /** Of a model with labels of its own: what it said before labels and values became the car's. */
  readonly raw?: readonly RawFrame[];
  /** Coarse class of the first command. */
  readonly domain: Domain;
  /** Milliseconds from text to commands, tokenisation included. */
  readonly ms: number;
}

export interface InterpreterOptions {
  /** Epoch milliseconds: "tomorrow" and "in ten minutes" are relative to it. */
  readonly now: number;
}

/** Words → commands. */
export interface Interpreter {
  readonly name: string;
  readonly capabilities: {
    readonly context: boolean;
    readonly multipleCommands: boolean;
    readonly slots: boolean;
    readonly confidence: boolean;
    /** Many utterances at once are faster than one by one. If not, ask each by itself, as many at a time as you like. */
    readonly batching: boolean;
  };
  /** One interpretation per utterance, in order. @throws UnderstandingError */
  interpret(
    utterances: readonly Utterance[],
    options: InterpreterOptions,
  ): Promise<readonly Interpretation[]>;
  close(): Promise<void>;
}

export type UnderstandingProblem =
  'model-missing' | 'model-broken' | 'labels-mismatch' | 'input-too-long' | 'engine-failed';

export class UnderstandingError extends ForeseenError {
  override readonly name = 'UnderstandingError';
  readonly reason: UnderstandingProblem;
  readonly recoverable: boolean;
  constructor(
    reason: UnderstandingProblem,
    message: string,
    options?: ErrorOptions & { recoverable?: boolean },
  ) {
    super(message, options);
    this.reason = reason;
    this.recoverable = options?.recoverable ?? false;
  }
}

/** What an error says to a person, a schema's in words. */
export function whyOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}
