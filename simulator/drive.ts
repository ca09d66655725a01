import { converse, NEW_CONVERSATION, type ConversationState } from '../assistant/dialogue/conversation.ts';
import type { Replies } from '../assistant/dialogue/replies.ts';
import type { AudioFrame, Transcriber } from '../assistant/speech/transcriber.ts';
import type { Interpreter } from '../assistant/understanding/interpreter.ts';
import type { Seat } from '../vehicle/command.ts';
import type { Vehicle } from '../vehicle/vehicle.ts';
import { STEP, type Physics } from './physics/physics.ts';
import type { ConversationTurn } from './server/protocol.ts';

export interface DriveParts {
  readonly vehicle: Vehicle;
  readonly physics: Physics;
  readonly interpreter: Interpreter;
  /** Opened at the first sound: loading the acoustic model takes a moment, and text needs none. */
  readonly openTranscriber: () => Promise<Transcriber>;
  readonly replies: Replies;
  /** Monotonic milliseconds, for the latency of each stage. */
  readonly clock: () => number;
  readonly newId: () => string;
}

/** No car needs longer, uphill and in snow. */
const LONGEST_ACCELERATION = 120_000;

/** Somebody speaking: frames in; the turn they become is reported by `Drive.onTurn` and, when finished, by `turn`. */
export interface Listening {
  push(frame: AudioFrame): void;
  end(): void;
  cancel(): void;
  /** Resolves when the words were carried out, with undefined when it was cancelled. @throws SpeechError | UnderstandingError */
  readonly turn: Promise<ConversationTurn | undefined>;
}

/** One car with its assistant, from sound or text to signals. Has no timers of its own: `advance` moves its time. */
export class Drive {
  readonly vehicle: Vehicle;
  readonly #parts: DriveParts;
  readonly #listeners = new Set<(turn: ConversationTurn) => void>();
  #conversation: ConversationState = NEW_CONVERSATION;
  #transcriber: Promise<Transcriber> | undefined;
  /** Utterances are carried out one after another, in the order in which they ended. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: DriveParts) {
    this.vehicle = parts.vehicle;
    this.#parts = parts;
  }

  /** Moves virtual time: physics, then the car's actuators. @param ms at least 0 */
  advance(ms: number): void {
    const { physics, vehicle } = this.#parts;
    const read = (path: string) => (vehicle.catalogue.find(path) ? vehicle.read(path) : undefined);
    vehicle.senseAll(physics.step(read, ms));
    vehicle.advance(ms);
  }

  /** Drives off: along the route, or along the road where there is none. */
  driveOff(): void {
    this.#parts.physics.drive();
  }

  /** Brakes and parks. */
  park(): void {
    this.#parts.physics.park();
  }

  /** Reaches a speed, in km/h, at once: virtual time passes until the car is that fast, or cannot be. */
  accelerate(kmh: number): void {
    this.#parts.physics.hold(kmh);
    const speed = () => Number(this.vehicle.read('Vehicle.Speed').value);
    for (let passed = 0; passed < LONGEST_ACCELERATION && speed() < kmh - 0.5; passed += STEP)
      this.advance(STEP);
  }

  /** Every turn, each time it grows. @returns a function that ends the subscription */
  onTurn(listener: (turn: ConversationTurn) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Something typed.
   * @param id of the turn; the caller's own where it has one
   * @throws UnderstandingError
   */
  async say(text: string, seat: Seat, id: string = this.#parts.newId()): Promise<ConversationTurn> {
    return this.#carryOut({ ...this.#newTurn(id, seat, 'text'), heard: text });
  }

  /** Loads the transcriber ahead of the first utterance, so that nobody waits for it. @throws SpeechError when it cannot be had */
  async warmUp(): Promise<void> {
    await this.#openTranscriber();
  }

  /** Somebody begins to speak. */
  listen(seat: Seat, id: string = this.#parts.newId()): Listening {
    const { clock } = this.#parts;
    const waiting: AudioFrame[] = [];
    let stream: ReturnType<Transcriber['open']> | undefined;
    let ended: number | undefined;
    let cancelled = false;

    const transcribe = async (): Promise<ConversationTurn | undefined> => {
      let turn = this.#newTurn(id, seat, 'speech');
      try {
        this.#report(turn);
        stream = (await this.#openTranscriber()).open({ seat });
        for (const frame of waiting.splice(0)) stream.push(frame);
        if (cancelled) stream.cancel();
        else if (ended !== undefined) stream.end();
        for await (const event of stream.events) {
          if (event.type === 'error') throw event.error;
          if (event.type === 'partial')
            turn = this.#report({ ...turn, heard: event.text, words: event.words });
          if (event.type === 'final') {
            const { text: heard, words } = event.transcript;
            return { ...turn, heard, words, latency: { transcribe: clock() - (ended ?? clock()) } };
          }
        }
        this.#fail(turn, '');
        return undefined;
      } catch (error) {
        this.#fail(turn, messageOf(error));
        throw error;
      }
    };
    return {
      push: (frame) => (stream ? stream.push(frame) : void waiting.push(frame)),
      end: () => {
        ended = clock();
        stream?.end();
      },
      cancel: () => {
        cancelled = true;
        stream?.cancel();
      },
      turn: transcribe().then((turn) => turn && this.#carryOut(turn)),
    };
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    await this.#parts.interpreter.close();
    await (await this.#transcriber?.catch(() => undefined))?.close();
  }

  #openTranscriber(): Promise<Transcriber> {
    this.#transcriber ??= this.#parts.openTranscriber().catch((error: unknown) => {
      this.#transcriber = undefined;
      throw error;
    });
    return this.#transcriber;
  }

  /** Words → commands → car → reply. */
  #carryOut(heard: ConversationTurn): Promise<ConversationTurn> {
    const run = async (): Promise<ConversationTurn> => {
      try {
        this.#report({ ...heard, stage: 'understanding' });
        const { interpreter, replies, clock, vehicle } = this.#parts;
        const utterance = { text: heard.heard, context: this.#conversation.context };
        const [interpretation] = await interpreter.interpret([utterance], { now: vehicle.now });
        if (!interpretation) throw new Error('The interpreter gave no answer.');
        const began = clock();
        const by = { seat: heard.seat, now: vehicle.now, car: vehicle, replies };
        const { state, outcomes, reply } = converse(this.#conversation, interpretation, by);
        this.#conversation = state;
        const { commands, rejected } = interpretation;
        const latency = { ...heard.latency, understand: interpretation.ms, execute: clock() - began };
        return this.#report({ ...heard, stage: 'done', commands, rejected, outcomes, reply, latency });
      } catch (error) {
        this.#fail(heard, messageOf(error));
        throw error;
      }
    };
    const result = this.#last.then(run, run);
    this.#last = result.catch(() => undefined);
    return result;
  }

  #newTurn(id: string, seat: Seat, source: ConversationTurn['source']): ConversationTurn {
    const empty = { heard: '', words: [], commands: [], rejected: [], outcomes: [], reply: '', latency: {} };
    return { id, at: this.vehicle.now, seat, source, stage: 'listening', ...empty };
  }

  #fail(turn: ConversationTurn, reply: string): void {
    this.#report({ ...turn, stage: 'failed', reply });
  }

  #report(turn: ConversationTurn): ConversationTurn {
    for (const listener of this.#listeners) listener(turn);
    return turn;
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
