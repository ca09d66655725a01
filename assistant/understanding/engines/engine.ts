import type { SlotAtom } from '../../../vehicle/command.ts';
import type { Interpreter, Utterance } from '../interpreter.ts';

/** A slot in a model's own words. */
export interface EngineSlot {
  readonly name: string;
  readonly text: string;
  /** Where it stands in the utterance, in UTF-16 units, end exclusive; left out by engines that only give words. */
  readonly place?: readonly [start: number, end: number];
  /** What the engine made of the words, if it makes anything of them. */
  readonly value?: SlotAtom;
}

/** A command in a model's own labels. */
export interface EngineReading {
  /** Left out by a model that finds slots and no intents. */
  readonly intent?: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly span: readonly [start: number, end: number];
  readonly slots: readonly EngineSlot[];
}

export interface EngineAnswer {
  /** In the order they were said; none when there is nothing to do. */
  readonly readings: readonly EngineReading[];
  /** What it could have been instead, most likely first. */
  readonly others: readonly EngineReading[];
}

/** A model that somebody brought: words → its own labels. */
export interface Engine {
  readonly name: string;
  readonly capabilities: Interpreter['capabilities'];
  /**
   * One answer per utterance, in order. It is never asked about a text without words, or one that is too long.
   * @throws UnderstandingError
   */
  read(utterances: readonly Utterance[]): Promise<readonly EngineAnswer[]>;
  close(): Promise<void>;
}
