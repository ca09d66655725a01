/** Does a recorded drive again and compares, line by line. */
import {
  HandOverError,
  type Answer,
  type LargerModel,
} from '../../assistant/dialogue/hand-over/larger-model.ts';
import { keptInMemory, NEW_PROFILES } from '../../assistant/dialogue/profile/profile.ts';
import { EventQueue } from '../../assistant/speech/event-queue.ts';
import type { Transcriber, TranscriberEvent } from '../../assistant/speech/transcriber.ts';
import { UnderstandingError, type Interpreter } from '../../assistant/understanding/interpreter.ts';
import type { Drive } from '../drive.ts';
import type { DriveOptions } from '../open-drive.ts';
import type { DriveInput } from './input.ts';
import { readHeader, readLine, Recorder, type RecordingHeader } from './recording.ts';

export interface ReplayOptions {
  /** A drive as the header describes it, with these ears and this understanding. */
  readonly open: (
    header: RecordingHeader,
    parts: Pick<DriveOptions, 'openTranscriber' | 'gate' | 'profiles' | 'largerModel'>,
  ) => Promise<Drive>;
  /** Ends there, in milliseconds since the start; goes to the end unless given. */
  readonly until?: number | undefined;
  /** @param t milliseconds since the start */
  readonly onProgress?: (t: number) => void;
}

/** Where the replay did something else than the recording. */
export interface Difference {
  /** Of the recording's file, from 1. */
  readonly line: number;
  /** Milliseconds since the start. */
  readonly t: number;
  readonly expected: string;
  /** `null` where nothing came. */
  readonly got: string;
}

export interface Replayed {
  readonly header: RecordingHeader;
  /** The drive where the replay ended; to be closed by the caller. */
  readonly drive: Drive;
  /** Milliseconds since the start. */
  readonly t: number;
  /** Lines that came out again as they were, byte for byte. */
  readonly same: number;
  readonly difference?: Difference;
  /** Number of the line after which the file breaks off, when it does. */
  readonly brokenOff?: number;
}

/**
 * @param lines of the file, without their ends
 * @throws RecordingError for what is no recording, is newer, or is damaged before its last line
 */
export async function replay(lines: AsyncIterable<string>, options: ReplayOptions): Promise<Replayed> {
  const reader = lines[Symbol.asyncIterator]();
  const first = await reader.next();
  const header = readHeader(first.done ? '' : first.value);
  const ears = new RecordedEars();
  const understood = new Gate();
  const answers = new RecordedAnswers();
  const drive = await options.open(header, {
    openTranscriber: () => Promise.resolve(ears),
    gate: (interpreter) => understood.before(interpreter),
    // What is taught in a replay is kept nowhere.
    profiles: keptInMemory(header.profiles ?? NEW_PROFILES),
    largerModel: header.handsOver ? answers : undefined,
  });
  const start = Date.parse(header.start);
  const comparison = new Comparison(() => drive.vehicle.now - start);
  comparison.expect(first.value as string, 1);
  const recorder = new Recorder({
    drive,
    header,
    write: (line) => {
      comparison.got(line);
    },
  });
  const apply = async (input: DriveInput) => {
    if (input.in === 'understood') await understood.open(input.failed === true);
    else if (input.in === 'handed-over') answers.answer(input.answer);
    else if (input.in === 'heard' || input.in === 'unheard') ears.answer(input);
    else {
      if (input.in === 'listen') ears.begin(input.id);
      repeat(drive, input);
    }
    // What follows from an input follows before the next one: only time and inputs come from outside.
    await new Promise(setImmediate);
  };
  const advanceTo = (t: number) => {
    const ahead = start + t - drive.vehicle.now;
    if (ahead > 0) drive.advance(ahead);
  };

  const { until = Infinity } = options;
  let number = 1;
  let ended = false;
  let isFarEnough = false;
  let brokenOff: number | undefined;
  let next = await reader.next();
  while (!next.done && !ended && !isFarEnough && !comparison.difference) {
    const text = next.value;
    number++;
    next = await reader.next();
    const line = readLine(text, number, next.done === true);
    if (!line) {
      brokenOff = number - 1;
      break;
    }
    if (line.t > until) {
      isFarEnough = true;
      continue;
    }
    advanceTo(line.t);
    // Sound is kept for people; the replay hears the words.
    if (line.kind !== 'sound') comparison.expect(text, number);
    if (line.kind === 'input') await apply(line.input);
    if (line.kind === 'end') {
      recorder.close();
      ended = true;
    }
    options.onProgress?.(line.t);
  }
  if (isFarEnough) advanceTo(until);
  else if (!ended && !comparison.difference) brokenOff ??= number;
  comparison.finish();
  understood.giveUp();
  answers.giveUp();
  const { same, difference } = comparison;
  const t = drive.vehicle.now - start;
  return {
    header,
    drive,
    t,
    same,
    ...(difference && { difference }),
    ...(brokenOff !== undefined && { brokenOff }),
  };
}

function repeat(
  drive: Drive,
  input: Exclude<DriveInput, { in: 'understood' | 'handed-over' | 'heard' | 'unheard' }>,
): void {
  switch (input.in) {
    case 'say':
      // What became of it shows in the turn, which is compared.
      drive.say(input.text, input.seat, input.id).catch(() => undefined);
      return;
    case 'listen':
      drive.listen(input.seat, input.id).turn.catch(() => undefined);
      return;
    case 'write':
      drive.write(input.path, input.value, {
        seat: input.seat,
        ...(input.confirmed && { confirmed: true }),
      });
      return;
    case 'sense':
      return drive.sense(input.path, input.value, { stuck: input.stuck ?? false });
    case 'repair':
      return drive.repair(input.path);
    case 'drive':
      return drive.driveOff();
    case 'park':
      return drive.park();
    case 'hold':
      return drive.hold(input.kmh);
  }
}

/** Pairs the lines of the file with those of the replay, whichever come first. */
class Comparison {
  readonly #now: () => number;
  readonly #expected: { readonly text: string; readonly number: number }[] = [];
  readonly #got: string[] = [];
  same = 0;
  difference: Difference | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  expect(text: string, number: number): void {
    this.#expected.push({ text, number });
    this.#compare();
  }

  got(text: string): void {
    this.#got.push(text);
    this.#compare();
  }

  /** Nothing more comes: what is still expected has not happened. */
  finish(): void {
    const [missing] = this.#expected;
    if (missing && !this.difference) {
      this.difference = { line: missing.number, t: this.#now(), expected: missing.text, got: 'null' };
    }
  }

  #compare(): void {
    while (!this.difference) {
      const [expected, got] = [this.#expected[0], this.#got[0]];
      if (expected === undefined || got === undefined) return;
      if (expected.text !== got) {
        this.difference = { line: expected.number, t: this.#now(), expected: expected.text, got };
        return;
      }
      this.#expected.shift();
      this.#got.shift();
      this.same++;
    }
  }
}

/** Understanding takes its time; in a replay it answers when it answered. */
class Gate {
  readonly #waiting: { readonly ready: Promise<unknown>; readonly pass: (fail: boolean) => void }[] = [];
  #over = false;

  /** The same interpreter, whose answers wait for the gate, in their order. */
  before(interpreter: Interpreter): Interpreter {
    return {
      name: interpreter.name,
      capabilities: interpreter.capabilities,
      interpret: async (utterances, options) => {
        const answer = interpreter.interpret(utterances, options);
        const ready = answer.catch(() => undefined);
        const fails = await new Promise<boolean>((pass) => {
          if (this.#over) pass(true);
          else this.#waiting.push({ ready, pass });
        });
        if (fails) throw new UnderstandingError('engine-failed', 'The interpreter failed.');
        return answer;
      },
      close: () => interpreter.close(),
    };
  }

  /** Lets the oldest answer through, or makes a failure of it. */
  async open(fails: boolean): Promise<void> {
    const oldest = this.#waiting.shift();
    await oldest?.ready;
    oldest?.pass(fails);
  }

  /** The replay is over: whoever waits still, waits no longer. */
  giveUp(): void {
    this.#over = true;
    for (const { pass } of this.#waiting.splice(0)) pass(true);
  }
}

/** Answers what a larger model answered, in the order in which it was asked. */
class RecordedAnswers implements LargerModel {
  readonly host = 'recorded';
  readonly #waiting: { resolve(answer: Answer): void; reject(error: HandOverError): void }[] = [];

  ask(): Promise<Answer> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  answer(answer: Answer | HandOverError['reason']): void {
    const oldest = this.#waiting.shift();
    if (typeof answer === 'string')
      oldest?.reject(new HandOverError(answer, 'The larger model gave no answer.'));
    else oldest?.resolve(answer);
  }

  giveUp(): void {
    for (const waiting of this.#waiting.splice(0))
      waiting.reject(new HandOverError('unreachable', 'The replay is over.'));
  }
}

/** Hears what was recorded: each stream answers when the recording says so, whatever sound it gets. */
class RecordedEars implements Transcriber {
  readonly name = 'recorded';
  readonly capabilities = {
    streaming: true,
    partials: false,
    alternatives: false,
    openVocabulary: true,
    hearsOpening: false,
  };
  /** Utterances that have begun, in their order, and whose streams are opened next. */
  readonly #begun: string[] = [];
  readonly #streams = new Map<string, EventQueue<TranscriberEvent>>();

  begin(id: string): void {
    this.#begun.push(id);
  }

  open(): ReturnType<Transcriber['open']> {
    const events = new EventQueue<TranscriberEvent>();
    this.#streams.set(this.#begun.shift() ?? '', events);
    return { events, push: () => undefined, end: () => undefined, cancel: () => undefined };
  }

  answer(input: Extract<DriveInput, { in: 'heard' | 'unheard' }>): void {
    const events = this.#streams.get(input.id);
    this.#streams.delete(input.id);
    if (input.in === 'heard') {
      const { text, words } = input;
      events?.push({
        type: 'final',
        transcript: { text, words, confidence: 1, alternatives: [], duration: 0 },
      });
    }
    events?.close();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
