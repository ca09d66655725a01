/** The format of recorded drives: JSON lines, a header first, then inputs and outputs in the order in which they happened. */
import { z } from 'zod';
import { profilesSchema } from '../../assistant/dialogue/profile/profile.ts';
import type { AudioFrame } from '../../assistant/speech/transcriber.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import { same } from '../../vehicle/signals/store.ts';
import type { Drive } from '../drive.ts';
import type { ConversationTurn } from '../server/protocol.ts';
import { RecordingError } from './errors.ts';
import { driveInput, type DriveInput } from './input.ts';

/** Goes up with every change that an older Drivetalk could not read. */
export const FORMAT = 1;

const digest = z.string().regex(/^[0-9a-f]{32}$/);
const recordingHeader = z.strictObject({
  recording: z.literal(FORMAT),
  /** Version of Drivetalk that wrote it. */
  drivetalk: z.string(),
  /** Virtual time of the beginning, ISO 8601. */
  start: z.iso.datetime(),
  /** Minutes ahead of UTC. */
  utcOffset: z.number().int(),
  seed: z.number().int(),
  /** km/h that the car had at the beginning. */
  speed: z.number().min(0),
  /** What drivers had taught the car before; nothing unless written. */
  profiles: profilesSchema.optional(),
  /** Whether a larger model could be asked. */
  handsOver: z.literal(true).optional(),
  digests: z.strictObject({ model: digest, ontology: digest, overlay: digest, market: digest, map: digest }),
});
export type RecordingHeader = z.infer<typeof recordingHeader>;
export type Digests = RecordingHeader['digests'];

/** Milliseconds of virtual time since the start. */
const t = z.number().int().min(0);
const timed = z.looseObject({ t });

/** A turn as it is recorded: without its latency, which is the machine's and not the drive's. */
export type RecordedTurn = Omit<ConversationTurn, 'latency'>;

/** What one line after the header says. */
export type RecordedLine =
  | { readonly kind: 'input'; readonly t: number; readonly input: DriveInput }
  | { readonly kind: 'turn'; readonly t: number; readonly turn: RecordedTurn }
  | {
      readonly kind: 'signals';
      readonly t: number;
      readonly signals: Readonly<Record<string, SignalValue>>;
      readonly targets: Readonly<Record<string, SignalValue>>;
    }
  /** 16-bit PCM at 16 kHz of an utterance, base64. */
  | { readonly kind: 'sound'; readonly t: number; readonly id: string; readonly pcm: string }
  | { readonly kind: 'end'; readonly t: number };

/** @throws RecordingError */
export function readHeader(line: string): RecordingHeader {
  const value = parsed(line);
  const version = z.looseObject({ recording: z.number(), drivetalk: z.string() }).safeParse(value);
  if (!version.success) {
    throw new RecordingError(
      'not-a-recording',
      'This is no recording of Drivetalk. Make one with --record FILE of serve, say, listen or run.',
    );
  }
  const { recording, drivetalk } = version.data;
  if (recording > FORMAT) {
    throw new RecordingError(
      'newer-version',
      `The recording was made by Drivetalk ${drivetalk} in format ${recording}; this one reads formats up to ${FORMAT}. Update Drivetalk, then replay it.`,
    );
  }
  const header = recordingHeader.safeParse(value);
  if (header.success) return header.data;
  throw new RecordingError('broken-line', `Line 1, the header, is damaged: ${explain(header.error)}.`);
}

/**
 * @param number of the line in its file, for the message
 * @param isLast the file ends with it: then a line that cannot be read is where the writing was cut off
 * @returns undefined where it was cut off
 * @throws RecordingError `broken-line`
 */
export function readLine(text: string, number: number, isLast: boolean): RecordedLine | undefined {
  const value = timed.safeParse(parsed(text));
  if (!value.success) {
    if (isLast) return undefined;
    throw broken(number, 'it is no JSON object with a time "t"');
  }
  const { t, ...rest } = value.data;
  if ('in' in rest) {
    const input = driveInput.safeParse(rest);
    if (!input.success) throw broken(number, explain(input.error));
    return { kind: 'input', t, input: input.data };
  }
  // Outputs are compared as text; what is in them matters to those alone who read them.
  if ('turn' in rest) return { kind: 'turn', t, turn: rest['turn'] as RecordedTurn };
  if ('sound' in rest) return { kind: 'sound', t, id: String(rest['sound']), pcm: String(rest['pcm']) };
  if ('end' in rest) return { kind: 'end', t };
  if ('signals' in rest || 'targets' in rest) {
    const { signals = {}, targets = {} } = rest as Partial<Extract<RecordedLine, { kind: 'signals' }>>;
    return { kind: 'signals', t, signals, targets };
  }
  throw broken(number, 'nothing in it is known');
}

const broken = (number: number, why: string) =>
  new RecordingError('broken-line', `Line ${number} of the recording is damaged: ${why}.`);

const explain = ({ issues: [issue] }: z.ZodError) =>
  issue ? `${issue.path.join('.') || 'the line'}: ${issue.message}` : 'unknown';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Numbers that change all the time are written once in so many milliseconds of virtual time. */
const THINNED = 1000;

export interface RecorderOptions {
  readonly drive: Drive;
  readonly header: RecordingHeader;
  /** Takes one line, without its end. */
  readonly write: (line: string) => void;
  /** Keep what people said as sound, too. */
  readonly sound?: boolean;
}

/**
 * Writes a drive down while it happens. Everything is written as it comes, but for numbers that are measured: those
 * once a second, because a moving car measures a dozen of them at every step.
 */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #start: number;
  readonly #measured = new Set<string>();
  readonly #sounds = new Map<string, AudioFrame[]>();
  readonly #stop: readonly (() => void)[];

  constructor(options: RecorderOptions) {
    this.#options = options;
    const { drive, header, sound = false } = options;
    this.#start = Date.parse(header.start);
    options.write(JSON.stringify(header));
    this.#writeBeginning();
    this.#stop = [
      drive.follow({
        input: (input) => {
          this.#input(input);
        },
        turn: (turn) => {
          if (turn.stage === 'done' || turn.stage === 'failed') this.#line({ turn: recorded(turn) });
        },
        step: () => {
          if (this.#t % THINNED === 0) this.#writeMeasured();
        },
        ...(sound && {
          sound: (id: string, frame: AudioFrame) => {
            this.#sounds.set(id, [...(this.#sounds.get(id) ?? []), frame]);
          },
        }),
      }),
      drive.vehicle.subscribe((changes) => {
        const signals: Record<string, SignalValue> = {};
        const targets: Record<string, SignalValue> = {};
        for (const { path, field, to } of changes) {
          if (field === 'target') targets[path] = to;
          else if (typeof to === 'number') this.#measured.add(path);
          else signals[path] = to;
        }
        this.#signals(signals, targets);
      }),
    ];
  }

  /** Ends the recording: without this line it counts as cut off. */
  close(): void {
    for (const stop of this.#stop) stop();
    this.#writeMeasured();
    this.#line({ end: true });
  }

  get #t(): number {
    return this.#options.drive.vehicle.now - this.#start;
  }

  #input(input: DriveInput): void {
    if (input.in === 'heard' || input.in === 'unheard') {
      const frames = this.#sounds.get(input.id);
      this.#sounds.delete(input.id);
      if (frames) this.#line({ sound: input.id, pcm: pcmOf(frames) });
    }
    this.#line(input);
  }

  /** What is other than in a new car: with the catalogue, whoever reads the recording knows every signal. */
  #writeBeginning(): void {
    const { vehicle } = this.#options.drive;
    const signals: Record<string, SignalValue> = {};
    const targets: Record<string, SignalValue> = {};
    for (const [path, { value, target }] of vehicle.signals()) {
      const initial = vehicle.catalogue.initial(vehicle.catalogue.get(path));
      if (!same(value, initial)) signals[path] = value;
      if (target !== undefined && !same(target, initial)) targets[path] = target;
    }
    this.#signals(signals, targets);
  }

  #writeMeasured(): void {
    const { vehicle } = this.#options.drive;
    const signals = Object.fromEntries([...this.#measured].map((path) => [path, vehicle.read(path).value]));
    this.#measured.clear();
    this.#signals(signals, {});
  }

  #signals(signals: Readonly<Record<string, SignalValue>>, targets: typeof signals): void {
    const some = (values: typeof signals) => Object.keys(values).length > 0;
    if (!some(signals) && !some(targets)) return;
    this.#line({ ...(some(signals) && { signals }), ...(some(targets) && { targets }) });
  }

  #line(content: object): void {
    this.#options.write(JSON.stringify({ t: this.#t, ...content }));
  }
}

/** Confidences differ between processors in digits that nobody reads. */
const shortened = <T extends { readonly confidence: number }>(items: readonly T[]): readonly T[] =>
  items.map((item) => ({ ...item, confidence: Math.round(item.confidence * 1000) / 1000 }));

function recorded(turn: ConversationTurn): RecordedTurn & { readonly latency: undefined } {
  // Why an engine failed may name files and hosts of this machine; and what it had heard until then was not its last word.
  const failed = turn.stage === 'failed' && { heard: '', words: [], reply: '' };
  return {
    ...turn,
    ...failed,
    latency: undefined,
    commands: shortened(turn.commands),
    rejected: shortened(turn.rejected),
  };
}

function pcmOf(frames: readonly AudioFrame[]): string {
  const samples = frames.flatMap((frame) =>
    Array.from(frame, (sample) => Math.max(-1, Math.min(1, sample)) * 32_767),
  );
  return Buffer.from(Int16Array.from(samples).buffer).toString('base64');
}
