/** Chosen signals of a recorded drive over time, for other tools. */
import type { Catalogue, SignalDefinition } from '../../vehicle/signals/catalogue.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import { readHeader, readLine, type RecordedTurn, type RecordingHeader } from './recording.ts';

export interface Sample {
  /** Milliseconds since the start. */
  readonly t: number;
  /** In the order in which the signals were chosen. */
  readonly values: readonly SignalValue[];
}

/** A turn of the conversation beside the samples. */
export interface Mark {
  readonly t: number;
  readonly turn: RecordedTurn;
}

export interface FeedOptions {
  readonly signals: readonly SignalDefinition[];
  readonly catalogue: Catalogue;
  /** Milliseconds between two samples. */
  readonly every: number;
  readonly onHeader?: (header: RecordingHeader) => void;
  readonly onMark?: (mark: Mark) => void;
}

/**
 * Reads a recording once, from its beginning to its end, and holds no more of it than the present values.
 * @param lines of the recording
 * @throws RecordingError for what is no recording, or is damaged before its last line
 */
export async function* sampled(lines: AsyncIterable<string>, options: FeedOptions): AsyncGenerator<Sample> {
  const { signals, catalogue, every, onHeader, onMark } = options;
  const present = new Map(signals.map((signal) => [signal.path, catalogue.initial(signal)]));
  let due = 0;
  let last = 0;
  let number = 0;
  let pending: string | undefined;
  const take = () => ({ t: due, values: [...present.values()] });
  const read = function* (text: string, isLast: boolean): Generator<Sample> {
    number++;
    if (number === 1) {
      onHeader?.(readHeader(text));
      return;
    }
    const line = readLine(text, number, isLast);
    if (!line) return;
    for (; due < line.t; due += every) yield take();
    last = line.t;
    if (line.kind === 'turn') onMark?.({ t: line.t, turn: line.turn });
    if (line.kind !== 'signals') return;
    for (const [path, value] of Object.entries(line.signals)) if (present.has(path)) present.set(path, value);
  };
  // One line behind: the last one may be cut off.
  for await (const text of lines) {
    if (pending !== undefined) yield* read(pending, false);
    pending = text;
  }
  yield* read(pending ?? '', true);
  for (; due <= last; due += every) yield take();
}
