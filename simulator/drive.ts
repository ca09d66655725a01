import type { Dialogue, Hearing } from '../assistant/dialogue/dialogue.ts';
import {
  HandOverError,
  type Answer,
  type LargerModel,
} from '../assistant/dialogue/hand-over/larger-model.ts';
import type { AudioFrame, Transcriber, Word } from '../assistant/speech/transcriber.ts';
import { Cabin } from '../assistant/speech/turn-taking/cabin.ts';
import { readingOf, type Reading } from '../assistant/speech/turn-taking/completeness.ts';
import { OpenMicrophone } from '../assistant/speech/turn-taking/open-microphone.ts';
import { VoiceActivity } from '../assistant/speech/voice-activity.ts';
import type { Interpretation, Interpreter } from '../assistant/understanding/interpreter.ts';
import type { Command, Seat, Speaker } from '../vehicle/command.ts';
import type { SignalValue } from '../vehicle/signals/signal.ts';
import { transitionsBetween, type Modes } from '../vehicle/transitions.ts';
import type { Vehicle } from '../vehicle/vehicle.ts';
import type { World } from '../vehicle/world.ts';
import { listenTo, type HandsFree, type Listening, type Utterance } from './hearing.ts';
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
  readonly dialogue: Dialogue;
  /** Minutes that the city's clocks are ahead of UTC. */
  readonly utcOffset: number;
  /** Answers what the car cannot; without one, such questions are declined. */
  readonly largerModel?: LargerModel | undefined;
  /** Monotonic milliseconds, for the latency of each stage. */
  readonly clock: () => number;
  /** Of a turn that the car begins by itself, or of one that has none from its client: counted apart, so that a replay, which knows the latter, counts alike. */
  readonly newId: (whose: 'car' | 'client') => string;
}

/** No car needs longer, uphill and in snow. */
const LONGEST_ACCELERATION = 120_000;

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
  /** Minutes that the city's clocks are ahead of UTC. */
  readonly utcOffset: number;
  readonly #parts: DriveParts;
  readonly #listeners = new Set<DriveListener>();
  /** Milliseconds asked for that do not fill a step yet. */
  #owed = 0;
  /** Sensors that stay at what they were set to, whatever the physics measure. */
  readonly #stuck = new Set<string>();
  /** Who hears whom: all microphones that are open or held. */
  readonly #cabin: Cabin;
  #transcriber: Promise<Transcriber> | undefined;
  #voiceActivity: Promise<VoiceActivity> | undefined;
  /** Utterances that have begun and have no answer yet: the car does not speak up meanwhile. */
  readonly #open = new Set<string>();
  /** Utterances are carried out one after another, in the order in which they ended. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: DriveParts) {
    this.vehicle = parts.vehicle;
    this.world = parts.world;
    this.utcOffset = parts.utcOffset;
    this.#parts = parts;
    this.#cabin = new Cabin(parts.clock);
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
    this.#speakUp();
    for (const listener of this.#listeners) listener.step?.();
  }

  /** What the car says by itself. */
  #speakUp(): void {
    const reply = this.#parts.dialogue.step(this.vehicle.now, this.#open.size > 0);
    if (reply !== '')
      this.#report({ ...this.#newTurn(this.#parts.newId('car'), 'driver', 'car'), stage: 'done', reply });
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
    const { replies } = this.#parts.dialogue;
    const reply = 'decision' in outcome ? replies.reason(outcome.decision) : replies.of(outcome);
    return { outcome, reply };
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
  async say(text: string, seat: Seat, id: string = this.#parts.newId('client')): Promise<ConversationTurn> {
    this.#tell({ in: 'say', id, seat, text });
    this.#open.add(id);
    return this.#carryOut({ ...this.#newTurn(id, seat, 'text'), heard: text });
  }

  /** Loads the transcriber ahead of the first utterance, so that nobody waits for it. @throws SpeechError when it cannot be had */
  async warmUp(): Promise<void> {
    await this.#openTranscriber();
  }

  /** Somebody begins to speak, and says when it is over: push to talk, or a recording. */
  listen(seat: Seat, id: string = this.#parts.newId('client')): Listening {
    const { clock } = this.#parts;
    const openTranscriber = () => this.#openTranscriber();
    return listenTo(this.begin(seat, id), { seat, openTranscriber, clock, ear: this.#cabin.join() });
  }

  /** A microphone that stays open: who speaks into it, and when, is found out from the sound. @throws SpeechError */
  async openMicrophone(seat: Seat, options: HandsFree): Promise<OpenMicrophone> {
    const { clock, dialogue } = this.#parts;
    const [voice, transcriber] = await Promise.all([this.#openVoiceActivity(), this.#openTranscriber()]);
    return new OpenMicrophone({
      ...options,
      seat,
      ear: this.#cabin.join(),
      voice: voice.stream(),
      transcriber,
      clock,
      read: (text) => this.#readAhead(text, seat),
      isAsking: () => dialogue.isAsking,
      begin: () => this.begin(seat, options.newId()),
    });
  }

  /** Somebody begins to say something to the car; what is heard of it is told to the result. */
  begin(seat: Seat, id: string): Utterance {
    this.#tell({ in: 'listen', id, seat });
    this.#open.add(id);
    let turn = this.#report(this.#newTurn(id, seat, 'speech'));
    return {
      sound: (frame) => {
        for (const listener of this.#listeners) listener.sound?.(id, frame);
      },
      hearing: (heard, words) => {
        turn = this.#report({ ...turn, heard, words });
      },
      heard: ({ text: heard, words: said }, latency) => {
        const words = said.map(inOrder);
        this.#tell({ in: 'heard', id, text: heard, words });
        return this.#carryOut({ ...turn, heard, words, latency });
      },
      unheard: (why = '') => {
        this.#tell({ in: 'unheard', id });
        this.#fail(turn, why);
      },
    };
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    await this.#parts.interpreter.close();
    await (await this.#transcriber?.catch(() => undefined))?.close();
    await (await this.#voiceActivity?.catch(() => undefined))?.close();
  }

  #openTranscriber(): Promise<Transcriber> {
    this.#transcriber ??= this.#parts.openTranscriber().catch((error: unknown) => {
      this.#transcriber = undefined;
      throw error;
    });
    return this.#transcriber;
  }

  #openVoiceActivity(): Promise<VoiceActivity> {
    this.#voiceActivity ??= VoiceActivity.open();
    return this.#voiceActivity;
  }

  /** What words mean of which more may come; nothing is carried out, and nobody is told. */
  async #readAhead(text: string, seat: Seat): Promise<Reading> {
    const { interpreter, dialogue, vehicle } = this.#parts;
    const { utterance, ahead } = dialogue.hear(text);
    const [read] = await interpreter.interpret([utterance], { now: vehicle.now });
    const lacks = (command: Command) => vehicle.lacks(command, { seat });
    return readingOf({
      text,
      commands: read?.commands ?? [],
      isKnown: ahead !== undefined,
      isAnswer: dialogue.isAsking,
      lacks,
    });
  }

  /** Words → commands → car → reply. */
  #carryOut(heard: ConversationTurn): Promise<ConversationTurn> {
    const run = async (): Promise<ConversationTurn> => {
      try {
        this.#report({ ...heard, stage: 'understanding' });
        const { dialogue, clock, vehicle } = this.#parts;
        const hearing = dialogue.hear(heard.heard);
        const read = await this.#understand(heard.id, hearing);
        const began = clock();
        const before = vehicle.modes();
        const { outcomes, reply, understood, handsOver } = dialogue.turn(hearing, read, {
          seat: heard.seat,
          now: vehicle.now,
        });
        const latency = { ...heard.latency, understand: read.ms, execute: clock() - began };
        const turn: ConversationTurn = {
          ...heard,
          ...understood,
          outcomes,
          ...this.#movedSince(before),
          reply,
          latency,
          stage: 'done',
        };
        return handsOver ? this.#report({ ...turn, stage: 'understanding' }) : this.#finish(turn);
      } catch (error) {
        this.#fail(heard, messageOf(error));
        throw error;
      }
    };
    const result = this.#last.then(run, run);
    this.#last = result.catch(() => undefined);
    // Other utterances are carried out while a larger model thinks.
    return result.then((turn) => (turn.stage === 'done' ? turn : this.#handOver(turn)));
  }

  /** Asks the larger model, and carries its answer out when those who spoke before have theirs. */
  async #handOver(turn: ConversationTurn): Promise<ConversationTurn> {
    const { dialogue, clock, vehicle, largerModel } = this.#parts;
    const began = clock();
    const answer = await (largerModel ? askedOf(largerModel, dialogue, turn.heard) : 'unreachable');
    const run = () => {
      this.#tell({ in: 'handed-over', id: turn.id, answer: structuredClone(answer) as HandedOver });
      const before = vehicle.modes();
      const { outcomes, reply } = dialogue.conclude(turn.heard, answer, {
        seat: turn.seat,
        now: vehicle.now,
      });
      const latency = { ...turn.latency, handOver: clock() - began };
      return this.#finish({
        ...turn,
        outcomes,
        ...this.#movedSince(before),
        reply,
        latency,
        stage: 'done',
      });
    };
    const result = this.#last.then(run, run);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** How the car's machines have moved since they were in these states. */
  #movedSince(before: Modes): Pick<ConversationTurn, 'transitions'> {
    const transitions = transitionsBetween(before, this.vehicle.modes());
    return transitions.length > 0 ? { transitions } : {};
  }

  #finish(turn: ConversationTurn): ConversationTurn {
    this.#open.delete(turn.id);
    return this.#report(turn);
  }

  async #understand(id: string, { utterance }: Hearing): Promise<Interpretation> {
    const { interpreter, vehicle } = this.#parts;
    try {
      const [read] = await interpreter.interpret([utterance], { now: vehicle.now });
      if (!read) throw new Error('The interpreter gave no answer.');
      this.#tell({ in: 'understood', id });
      return read;
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
    this.#open.delete(turn.id);
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

/** A recording is compared as text: whichever transcriber heard the word, its parts stand in one order. */
const inOrder = ({ text, start, end, confidence }: Word): Word => ({ text, start, end, confidence });

type HandedOver = Extract<DriveInput, { in: 'handed-over' }>['answer'];

/** A larger model's answer, or why there is none. */
async function askedOf(
  model: LargerModel,
  dialogue: Dialogue,
  text: string,
): Promise<Answer | HandOverError['reason']> {
  try {
    return await model.ask(dialogue.questionFor(text));
  } catch (error) {
    if (error instanceof HandOverError) return error.reason;
    throw error;
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
