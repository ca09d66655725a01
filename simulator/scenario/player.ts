/** Plays a scripted drive: as fast as it goes, or at the pace of a clock. */
import type { AudioFrame } from '../../assistant/speech/transcriber.ts';
import type { Contact } from '../../vehicle/controllers/contacts.ts';
import type { Outcome } from '../../vehicle/outcome.ts';
import type { Drive } from '../drive.ts';
import { STEP } from '../physics/physics.ts';
import type { ConversationTurn, Show } from '../server/protocol.ts';
import { inject, unmet } from './conditions.ts';
import { patternOf } from './read-scenario.ts';
import type { Expectation, Scenario, Step } from './scenario.ts';

export interface PlayerOptions {
  readonly scenario: Scenario;
  readonly drive: Drive;
  /** The sound of a `wav` step. */
  readonly readSound: (file: string) => Promise<readonly AudioFrame[]>;
  /** Who can call. */
  readonly contacts: readonly Contact[];
  /** Each step, when it is complete. */
  readonly onStep?: (result: StepResult) => void;
}

export interface StepResult {
  /** From 1. */
  readonly step: number;
  readonly line: number;
  readonly title: string;
  /** Milliseconds of virtual time since the start at which it was complete. */
  readonly at: number;
  readonly problems: readonly string[];
  /** What its utterance became. */
  readonly turn?: ConversationTurn;
}

export interface PlayResult {
  readonly passed: boolean;
  /** Milliseconds of virtual time. */
  readonly duration: number;
  readonly steps: readonly StepResult[];
}

/** A scenario waits at most so long for what it waits for, unless it says otherwise. */
const LONGEST_WAIT = 120_000;
const SECOND = 1000;
const LONGITUDE = 'Vehicle.CurrentLocation.Longitude';
const LATITUDE = 'Vehicle.CurrentLocation.Latitude';

export class Player {
  readonly #options: PlayerOptions;
  readonly #start: number;
  readonly #script: AsyncGenerator<undefined, undefined>;
  readonly #results: StepResult[] = [];
  /** What the car said by itself and no step has waited for yet. */
  readonly #announced: ConversationTurn[] = [];
  #show: Show;
  #owed = 0;
  /** One thing at a time moves the drive on. */
  #moving: Promise<void> = Promise.resolve();
  #waiting = 0;
  #ended = false;
  #closed = false;

  constructor(options: PlayerOptions) {
    this.#options = options;
    const { scenario, drive } = options;
    this.#start = drive.vehicle.now;
    this.#show = {
      title: scenario.scenario,
      caption: '',
      camera: null,
      note: '',
      paused: false,
      at: 0,
      step: 0,
      steps: scenario.steps.length,
      next: preview(scenario.steps[0]),
    };
    this.#script = this.#play();
    drive.onTurn((turn) => {
      if (turn.source === 'car' && turn.stage === 'done') this.#announced.push(turn);
    });
  }

  get show(): Show {
    return this.#show;
  }

  get result(): PlayResult {
    return {
      passed: this.#ended && this.#results.every(({ problems }) => problems.length === 0),
      duration: this.#at,
      steps: this.#results,
    };
  }

  /** Plays to the end, as fast as it goes. */
  async run(): Promise<PlayResult> {
    await this.#move(() => this.isOver);
    return this.result;
  }

  /** Lets time pass at the pace of a clock. The script goes on with it; after its end the drive does. */
  advance(ms: number): void {
    if (this.#show.paused) return;
    this.#owed += ms;
    // While something is moved already, the time that passes meanwhile waits.
    if (this.#waiting > 0) return;
    void this.#move(() => {
      if (this.#show.paused) this.#owed = 0;
      if (this.#owed < STEP) return true;
      this.#owed -= STEP;
      return false;
    });
  }

  pause(paused: boolean): void {
    this.#tell({ paused });
  }

  /** Completes so many steps at once; what lies between them passes in no time. @param step from 1 */
  async jump(step: number): Promise<void> {
    await this.#move(() => this.isOver || this.#show.step >= step);
    this.#owed = 0;
  }

  /** Ends the playing; the drive stays as it is. */
  close(): void {
    this.#closed = true;
  }

  /** The script has come to its end, or was ended. */
  get isOver(): boolean {
    return this.#closed || this.#ended;
  }

  get #at(): number {
    return this.#options.drive.vehicle.now - this.#start;
  }

  /** Steps of time until `isEnough`, after whatever moves the drive already. */
  #move(isEnough: () => boolean): Promise<void> {
    this.#waiting++;
    const run = async () => {
      while (!this.#closed && !isEnough()) {
        await this.#script.next();
        this.#options.drive.advance(STEP);
        if (this.#at % SECOND === 0) this.#tell({});
      }
      this.#waiting--;
    };
    this.#moving = this.#moving.then(run);
    return this.#moving;
  }

  async *#play(): AsyncGenerator<undefined, undefined> {
    const { scenario, drive, contacts, onStep } = this.#options;
    // The physics measure once before the world may contradict them.
    yield;
    const missing = placeCar(drive, scenario.place);
    inject(drive, { sensors: scenario.sensors ?? {} }, contacts);
    let complete = 0;
    for (const [index, step] of scenario.steps.entries()) {
      const due = step.at ?? complete + (step.after ?? 0);
      while (this.#at < due) yield;
      const late = yield* this.#until(step.within ?? LONGEST_WAIT, () =>
        unmet(step.when ?? {}, drive.vehicle),
      );
      if (late.length === 0) this.#present(step, scenario.steps[index + 1]);
      const done = late.length === 0 ? await this.#perform(step) : NOTHING;
      const unmetAfter =
        step.expect && done.failure === undefined && late.length === 0
          ? yield* this.#expected(step.expect)
          : [];
      complete = this.#at;
      const result: StepResult = {
        step: index + 1,
        line: step.line,
        title: titleOf(step),
        at: complete,
        problems: [
          ...(index === 0 ? missing : []),
          ...late.map((what) => `waited in vain: ${what}`),
          ...(done.failure === undefined ? checkUtterance(step, done) : [done.failure]),
          ...unmetAfter,
        ],
        ...(done.turn && { turn: done.turn }),
      };
      this.#results.push(result);
      onStep?.(result);
      // What the later steps are about has not come about.
      this.#ended = late.length > 0 || index + 1 === scenario.steps.length;
      this.#tell({ step: index + 1 });
      if (this.#ended) return;
      yield;
    }
  }

  /** @returns what is still unmet after so many milliseconds of virtual time; empty as soon as nothing is */
  *#until(ms: number, look: () => readonly string[]): Generator<undefined, readonly string[]> {
    const deadline = this.#at + ms;
    for (;;) {
      const missing = look();
      if (missing.length === 0 || this.#at >= deadline) return missing;
      yield;
    }
  }

  #expected({ signals = {}, announces, within }: Expectation): Generator<undefined, readonly string[]> {
    const { vehicle } = this.#options.drive;
    return this.#until(within, () => [
      ...unmet(signals, vehicle),
      ...(announces === undefined || this.#hasAnnounced(patternOf(announces))
        ? []
        : [`the car did not say ${announces} by itself${said(this.#announced)}`]),
    ]);
  }

  /** An announcement counts once; what was said before it is over with it. */
  #hasAnnounced(pattern: RegExp): boolean {
    const found = this.#announced.findIndex(({ reply }) => pattern.test(reply));
    if (found >= 0) this.#announced.splice(0, found + 1);
    return found >= 0;
  }

  #present({ caption, camera, note }: Step, next: Step | undefined): void {
    this.#tell({
      caption: caption ?? this.#show.caption,
      camera: camera ?? this.#show.camera,
      note: note ?? '',
      next: preview(next),
    });
  }

  async #perform(step: Step): Promise<Done> {
    const { drive, contacts } = this.#options;
    try {
      const by = { seat: step.seat };
      const writes = Object.entries(step.set ?? {}).map(
        ([path, value]) => drive.write(path, value, by).outcome,
      );
      if (step.inject) inject(drive, step.inject, contacts);
      if (step.drive) drive.driveOff();
      if (step.park) drive.park();
      if (step.speed !== undefined) drive.hold(step.speed);
      const turn = await this.#utter(step);
      return { writes, ...(turn && { turn }) };
    } catch (error) {
      return { writes: [], failure: error instanceof Error ? error.message : String(error) };
    }
  }

  async #utter({ say, wav, seat }: Step): Promise<ConversationTurn | undefined> {
    const { drive, readSound } = this.#options;
    if (say !== undefined) return drive.say(say, seat);
    if (wav === undefined) return undefined;
    const frames = await readSound(wav);
    const listening = drive.listen(seat);
    for (const frame of frames) listening.push(frame);
    listening.end();
    return listening.turn;
  }

  #tell(change: Partial<Show>): void {
    this.#show = { ...this.#show, ...change, at: this.#at };
  }
}

/** What a step has done. */
interface Done {
  readonly writes: readonly Outcome[];
  readonly turn?: ConversationTurn;
  readonly failure?: string;
}
const NOTHING: Done = { writes: [] };

/** @returns what is wrong */
function placeCar(drive: Drive, place: string | undefined): readonly string[] {
  if (place === undefined) return [];
  const { vehicle, world } = drive;
  const near = [Number(vehicle.read(LONGITUDE).value), Number(vehicle.read(LATITUDE).value)] as const;
  const [found] = world.places({ text: place, near, limit: 1 });
  if (!found) return [`the city has no place "${place}"`];
  drive.sense(LONGITUDE, found.at[0]);
  drive.sense(LATITUDE, found.at[1]);
  return [];
}

/** What of a step's expectations can be told at once: those about what was said and set. */
function checkUtterance({ expect }: Step, { turn, writes }: Done): readonly string[] {
  const { reply, intents, status, refused }: Partial<Expectation> = expect ?? {};
  const problems: string[] = [];
  if (reply !== undefined && !patternOf(reply).test(turn?.reply ?? ''))
    problems.push(`the reply was "${turn?.reply ?? ''}", not ${reply}`);
  const understood = turn?.commands.map(({ intent }) => intent) ?? [];
  if (intents && intents.join() !== understood.join())
    problems.push(`understood as ${understood.join(', ') || 'nothing'}, not as ${intents.join(', ')}`);
  const outcomes = [...writes, ...(turn?.outcomes ?? [])];
  const became = (turn?.outcomes ?? []).map((outcome) => outcome.status);
  if (status !== undefined && (became.length === 0 || became.some((each) => each !== status)))
    problems.push(`it was ${became.join(', ') || 'nothing to do'}, not ${status}`);
  const rules = outcomes.flatMap((outcome) => ('decision' in outcome ? outcome.decision.rule : []));
  if (refused !== undefined && !rules.includes(refused))
    problems.push(
      `${rules.length > 0 ? `refused by ${rules.join(', ')}` : 'it was not refused'}, not by ${refused}`,
    );
  if (refused === undefined) {
    const stopped = writes.filter((outcome) => outcome.status !== 'done' && outcome.status !== 'unchanged');
    problems.push(...stopped.map(({ code, facts }) => `was not set: ${code} ${JSON.stringify(facts)}`));
  }
  return problems;
}

const said = (turns: readonly ConversationTurn[]) =>
  turns.length === 0 ? '' : `; it said ${turns.map(({ reply }) => `"${reply}"`).join(', ')}`;

const preview = (step: Step | undefined): Show['next'] =>
  step ? { title: doingsOf(step), caption: step.caption ?? '', note: step.note ?? '' } : null;

/** A step in a few words. */
export function titleOf(step: Step): string {
  const { expect, caption } = step;
  const doings = doingsOf(step);
  if (doings !== '') return doings;
  return expect
    ? `expect ${Object.keys(expect.signals ?? { announcement: '' }).join(', ')}`
    : (caption ?? 'wait');
}

/** What is said and done in a step; empty where it only waits and looks. */
function doingsOf({ say, wav, set, inject: events, drive, park, speed, seat }: Step): string {
  return [
    ...(say === undefined && wav === undefined
      ? []
      : [`${seat === 'driver' ? '' : `${seat.replace('_', ' ')}: `}“${say ?? wav ?? ''}”`]),
    ...Object.entries(set ?? {}).map(([path, value]) => `set ${path} to ${String(value)}`),
    ...(events ? [`inject ${Object.keys(events).join(', ')}`] : []),
    ...(drive ? ['drive off'] : []),
    ...(park ? ['park'] : []),
    ...(speed === undefined ? [] : [`hold ${speed} km/h`]),
  ].join('; ');
}
