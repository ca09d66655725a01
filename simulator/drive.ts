import { converse, NEW_CONVERSATION, type ConversationState } from '../assistant/dialogue/conversation.ts';
import type { Replies } from '../assistant/dialogue/replies.ts';
import type { AudioFrame, Transcriber } from '../assistant/speech/transcriber.ts';
import type { Interpretation, Interpreter } from '../assistant/understanding/interpreter.ts';
import type { Seat, Speaker } from '../vehicle/command.ts';
import type { SignalValue } from '../vehicle/signals/signal.ts';
import type { Vehicle } from '../vehicle/vehicle.ts';
import type { World } from '../vehicle/world.ts';
import { STEP, type Physics } from './physics/physics.ts';
import type { DriveInput } from './scenario/input.ts';
import type { ConversationTurn, Written } from './server/protocol.ts';

export interface DriveParts {
  readonly vehicle: Vehicle;
  readonly world: World;
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

/** What a drive tells those who follow it; each is optional. */
export interface DriveListener {
  /** Something from outside, just before it takes effect. */
  input?(input: DriveInput): void;
  /** Sound of an utterance, as it arrives. */
  sound?(id: string, frame: AudioFrame): void;
  /** A turn, each time it grows. */
  turn?(turn: ConversationTurn): void;
  /** Another step of virtual time has passed. */
  step?(): void;
}

/**
 * One car with its assistant, from sound or text to signals. Has no timers of its own: `advance` moves its time, in
 * whole steps, so that what it does follows from its inputs and their times alone.
 */
export class Drive {
  readonly vehicle: Vehicle;
  readonly world: World;
  readonly #parts: DriveParts;
  readonly #listeners = new Set<DriveListener>();
  /** Milliseconds asked for that do not fill a step yet. */
  #owed = 0;
  /** Sensors that stay at what they were set to, whatever the physics measure. */
  readonly #stuck = new Set<string>();
  #conversation: ConversationState = NEW_CONVERSATION;
  #transcriber: Promise<Transcriber> | undefined;
  /** Utterances are carried out one after another, in the order in which they ended. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: DriveParts) {
    this.vehicle = parts.vehicle;
    this.world = parts.world;
    this.#parts = parts;
  }

  /** Moves virtual time by as many whole steps as fit; the rest waits for the next call. @param ms at least 0 */
  advance(ms: number): void {
    this.#owed += ms;
    for (; this.#owed >= STEP; this.#owed -= STEP) this.#step();
  }

  /** Physics, then the car's actuators. */
  #step(): void {
    const { physics, vehicle } = this.#parts;
    const read = (path: string) => (vehicle.catalogue.find(path) ? vehicle.read(path) : undefined);
    vehicle.senseAll(physics.step(read, STEP).filter(({ path }) => !this.#stuck.has(path)));
    vehicle.advance(STEP);
    for (const listener of this.#listeners) listener.step?.();
  }

  /** Drives off: along the route, or along the road where there is none. */
  driveOff(): void {
    this.#tell({ in: 'drive' });
    this.#parts.physics.drive();
  }

  /** Brakes and parks. */
  park(): void {
    this.#tell({ in: 'park' });
    this.#parts.physics.park();
  }

  /** Keeps one speed, in km/h, whatever the road allows. */
  hold(kmh: number): void {
    this.#tell({ in: 'hold', kmh });
    this.#parts.physics.hold(kmh);
  }

  /** Sets an actuator for a tool, as `Vehicle.write`. */
  write(path: string, value: SignalValue, by: Speaker): Written {
    const confirmed = by.confirmed === true && { confirmed: by.confirmed };
    this.#tell({ in: 'write', path, value: plain(value), seat: by.seat, ...confirmed });
    const outcome = this.vehicle.write(path, value, by);
    const { replies } = this.#parts;
    const why = 'decision' in outcome && outcome.decision ? `${replies.reason(outcome.decision)} ` : '';
    return { outcome, reply: why || replies.of(outcome) };
  }

  /**
   * What the world does to the car, faults included, as `Vehicle.sense`. What the physics measure goes on from there,
   * unless the sensor is stuck: then it stays, until `repair`.
   * @throws SignalError for an unknown path or a value of the wrong type
   */
  sense(path: string, value: SignalValue, { stuck = false }: { readonly stuck?: boolean } = {}): void {
    this.vehicle.catalogue.checkValue(path, value);
    this.#tell({ in: 'sense', path, value: plain(value), ...(stuck && { stuck }) });
    if (stuck) this.#stuck.add(path);
    this.vehicle.sense(path, value);
  }

  /** A stuck sensor measures again. */
  repair(path: string): void {
    this.#tell({ in: 'repair', path });
    this.#stuck.delete(path);
  }

  /** Reaches a speed, in km/h, at once: virtual time passes until the car is that fast, or cannot be. */
  accelerate(kmh: number): void {
    this.hold(kmh);
    const speed = () => Number(this.vehicle.read('Vehicle.Speed').value);
    for (let passed = 0; passed < LONGEST_ACCELERATION && speed() < kmh - 0.5; passed += STEP)
      this.advance(STEP);
  }

  /** Every turn, each time it grows. @returns a function that ends the subscription */
  onTurn(turn: (turn: ConversationTurn) => void): () => void {
    return this.follow({ turn });
  }

  /** @returns a function that ends the subscription */
  follow(listener: DriveListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Something typed.
   * @param id of the turn; the caller's own where it has one
   * @throws UnderstandingError
   */
  async say(text: string, seat: Seat, id: string = this.#parts.newId()): Promise<ConversationTurn> {
    this.#tell({ in: 'say', id, seat, text });
    return this.#carryOut({ ...this.#newTurn(id, seat, 'text'), heard: text });
  }

  /** Loads the transcriber ahead of the first utterance, so that nobody waits for it. @throws SpeechError when it cannot be had */
  async warmUp(): Promise<void> {
    await this.#openTranscriber();
  }

  /** Somebody begins to speak. */
  listen(seat: Seat, id: string = this.#parts.newId()): Listening {
    this.#tell({ in: 'listen', id, seat });
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
            this.#tell({ in: 'heard', id, text: heard, words: words.map((word) => ({ ...word })) });
            return { ...turn, heard, words, latency: { transcribe: clock() - (ended ?? clock()) } };
          }
        }
        this.#tell({ in: 'unheard', id });
        this.#fail(turn, '');
        return undefined;
      } catch (error) {
        this.#tell({ in: 'unheard', id });
        this.#fail(turn, messageOf(error));
        throw error;
      }
    };
    return {
      push: (frame) => {
        for (const listener of this.#listeners) listener.sound?.(id, frame);
        if (stream) stream.push(frame);
        else waiting.push(frame);
      },
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
        const { replies, clock, vehicle } = this.#parts;
        const interpretation = await this.#understand(heard);
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

  async #understand({ id, heard: text }: ConversationTurn): Promise<Interpretation> {
    const { interpreter, vehicle } = this.#parts;
    const utterance = { text, context: this.#conversation.context };
    try {
      const [interpretation] = await interpreter.interpret([utterance], { now: vehicle.now });
      if (!interpretation) throw new Error('The interpreter gave no answer.');
      this.#tell({ in: 'understood', id });
      return interpretation;
    } catch (error) {
      this.#tell({ in: 'understood', id, failed: true });
      throw error;
    }
  }

  #newTurn(id: string, seat: Seat, source: ConversationTurn['source']): ConversationTurn {
    const empty = { heard: '', words: [], commands: [], rejected: [], outcomes: [], reply: '', latency: {} };
    return { id, at: this.vehicle.now, seat, source, stage: 'listening', ...empty };
  }

  #fail(turn: ConversationTurn, reply: string): void {
    this.#report({ ...turn, stage: 'failed', reply });
  }

  #report(turn: ConversationTurn): ConversationTurn {
    for (const listener of this.#listeners) listener.turn?.(turn);
    return turn;
  }

  #tell(input: DriveInput): void {
    for (const listener of this.#listeners) listener.input?.(input);
  }
}

/** A copy that may be kept: whoever gave a list may change it. */
const plain = (value: SignalValue): Extract<DriveInput, { in: 'write' }>['value'] =>
  typeof value === 'object' ? ([...value] as string[]) : value;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
