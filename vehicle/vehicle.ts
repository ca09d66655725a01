import type { Command, Speaker } from './command.ts';
import { Actors } from './controllers/actors.ts';
import type { MachineState, Step } from './controllers/subsystem.ts';
import { unavailable, type View } from './controllers/plan.ts';
import { DEFAULT_CONTACTS } from './controllers/contacts.ts';
import type { CarContents } from './controllers/index.ts';
import { History, stateBefore, type UndoStep } from './history.ts';
import type { Decision, Facts, Outcome, SignalReading } from './outcome.ts';
import { SAFETY_RULES } from './safety-rules.ts';
import { decide, type SafetyRule, type SignalWrite } from './safety.ts';
import { SignalError, type Catalogue } from './signals/catalogue.ts';
import type { SignalChange, SignalValue } from './signals/signal.ts';
import { same, SignalStore, type SignalState, type StoreSnapshot } from './signals/store.ts';
import type { Modes } from './transitions.ts';
import { CarView } from './view.ts';
import type { Position, Route, World } from './world.ts';
import { commandOfWrite, HALT, INTENTLESS } from './written-commands.ts';

export interface VehicleOptions extends Partial<CarContents> {
  readonly catalogue: Catalogue;
  readonly world: World;
  /** Epoch milliseconds of virtual time at the start. */
  readonly now: number;
  /** Where the car stands at the start. */
  readonly position?: Position;
  /** Minutes that the car's clock is ahead of UTC; 0 unless given. */
  readonly utcOffset?: number;
  /** `SAFETY_RULES` unless given. */
  readonly rules?: readonly SafetyRule[];
  /** Told about a subsystem that failed; the others go on. */
  readonly onFault?: (subsystem: string, error: unknown) => void;
}

/** Plain JSON: everything that the continuation depends on. */
export interface VehicleSnapshot {
  readonly now: number;
  readonly signals: StoreSnapshot;
  readonly machines: Readonly<Record<string, MachineState>>;
  readonly history: readonly UndoStep[];
}

export type ChangeListener = (changes: readonly SignalChange[]) => void;

const UNDO: Command = { intent: 'dialogue.undo.select', slots: {} };
/** Reactions that lead to reactions end after this many rounds; more is a circle. */
const MOST_ROUNDS = 16;

/**
 * The car as software. Commands go through one gate to one actor per subsystem; time is given from outside.
 *
 * ```ts
 * const car = new Vehicle({ catalogue: loadCatalogue(), world, now: Date.now() });
 * car.execute({ intent: 'window.open', slots: {} }, { seat: 'driver' });
 * car.advance(5000);
 * ```
 */
export class Vehicle {
  readonly catalogue: Catalogue;
  readonly #options: VehicleOptions;
  readonly #rules: readonly SafetyRule[];
  readonly #store: SignalStore;
  readonly #actors: Actors;
  readonly #listeners = new Set<ChangeListener>();
  #history = new History();
  #now: number;

  constructor(options: VehicleOptions) {
    this.#options = options;
    this.catalogue = options.catalogue;
    this.#rules = options.rules ?? SAFETY_RULES;
    this.#now = options.now;
    this.#store = new SignalStore(options.catalogue);
    this.#actors = new Actors(options, (name, error) => options.onFault?.(name, error));
    const [longitude, latitude] = options.position ?? [0, 0];
    this.#store.sense('Vehicle.CurrentLocation.Longitude', longitude);
    this.#store.sense('Vehicle.CurrentLocation.Latitude', latitude);
    const contacts = options.contacts ?? DEFAULT_CONTACTS;
    this.#store.sense(
      'Vehicle.Cabin.Infotainment.Phone.Contacts',
      contacts.map(({ name }) => name),
    );
    this.#settle({ seat: 'driver' });
  }

  /** Epoch milliseconds of virtual time. */
  get now(): number {
    return this.#now;
  }

  /** The route that is being followed. */
  get route(): Route | null {
    return this.#actors.route();
  }

  /**
   * Carries a command out: plan, gate, machines and signals. Never throws for what somebody said; the outcome says
   * why nothing happened.
   */
  execute(command: Command, by: Speaker): Outcome {
    const step = this.#actors.plan(command, this.#view(by));
    if (!step) return this.#outcome(command, unavailable('car.not_mine', { intent: command.intent }), []);
    return this.#take(command, by, step);
  }

  /** The gate's answer alone; changes nothing. */
  preview(command: Command, by: Speaker): Decision {
    const step = this.#actors.plan(command, this.#view(by));
    return step && step.plan.status !== 'unavailable'
      ? this.#decide(command, by, [...step.own, ...step.projected])
      : { verdict: 'allow' };
  }

  /** Whether the command needs a slot that it does not have; changes nothing. */
  lacks(command: Command, by: Speaker): boolean {
    return this.#actors.plan(command, this.#view(by))?.plan.status === 'needs';
  }

  /**
   * Sets an actuator's target for a tool, through the same gate. Where a spoken command does the same, that command
   * is executed, with all that follows from it.
   */
  write(path: string, value: SignalValue, by: Speaker): Outcome {
    const command: Command = { intent: INTENTLESS, slots: { item: { text: path, value: path } } };
    try {
      this.catalogue.checkTarget(path, value);
    } catch (error) {
      return this.#outcome(
        command,
        { ...unavailable(codeOf(error), { path, message: messageOf(error) }), status: 'refused' },
        [],
      );
    }
    const meant = commandOfWrite(path, value);
    if (meant === HALT) return this.#takeHalt(command, by, path.replace(/Switch$/, 'Position'));
    if (meant) return this.execute(meant, by);
    return this.#take(command, by, this.#actors.bareWrite({ path, value }, this.#view(by)));
  }

  /** Stops every motion where it is: windows, roof, seats, lids, mirrors. */
  halt(by: Speaker): Outcome {
    const command: Command = { intent: INTENTLESS, slots: {} };
    const moving = [...this.#store.motions()].map(({ path }) => path);
    for (const path of moving) this.#store.halt(path, this.#now);
    const plan = { ...unavailable(moving.length > 0 ? 'car.halted' : 'car.still'), status: 'done' as const };
    return this.#outcome(command, plan, this.#settle(by), moving.length === 0);
  }

  /** Takes the last step back: one command, or all of a compound. Refused when that has become unsafe. */
  undo(by: Speaker): Outcome {
    const last = this.#history.last();
    if (!last) return this.#outcome(UNDO, { ...unavailable('undo.nothing'), status: 'refused' }, []);
    if (last.some(({ final }) => final)) {
      this.#history.drop();
      return this.#outcome(
        UNDO,
        { ...unavailable('undo.final', { intent: last.at(-1)?.intent ?? '' }), status: 'refused' },
        [],
      );
    }
    const view = this.#view(by);
    const { targets, machines } = stateBefore(last);
    const steps = this.#actors.restoring(machines, view);
    const writes = [...targets, ...steps.flatMap(({ projected }) => projected)];
    const decision = this.#decide(UNDO, by, writes);
    if (decision.verdict !== 'allow') return this.#stopped(UNDO, decision);
    for (const { path, value } of targets) this.#store.setTarget(path, value, this.#now);
    for (const step of steps) this.#apply(step);
    this.#history.drop();
    const changes = this.#settle(by);
    return this.#outcome(
      UNDO,
      { ...unavailable('undo.done', { intent: last.at(-1)?.intent ?? '' }), status: 'done' },
      changes,
    );
  }

  /** Everything executed inside is one undo step. */
  compound<T>(run: () => T): T {
    return this.#history.compound(run);
  }

  /**
   * What the car measures: physics, the world and tests set it.
   * @throws SignalError for an unknown path or a value of the wrong type
   */
  sense(path: string, value: SignalValue): void {
    this.senseAll([{ path, value }]);
  }

  /**
   * Several measurements of one moment: the car reacts once, when all have been taken.
   * @throws SignalError for the first that does not fit; none is taken then
   */
  senseAll(readings: readonly SignalReading[]): void {
    for (const { path, value } of readings) this.catalogue.checkValue(path, value);
    for (const { path, value } of readings) this.#store.sense(path, value);
    this.#settle({ seat: 'driver' });
  }

  /** Lets virtual time pass, in milliseconds: actuators move, calls ring out, reminders come due. One long step equals many short ones. */
  advance(ms: number): void {
    const end = this.#now + ms;
    const all: SignalChange[] = [];
    let rounds = 0;
    for (let next = this.#nextMoment(); next <= end; next = this.#nextMoment()) {
      // A subsystem that never goes back to sleep must not stop the clock.
      rounds = next > this.#now ? 0 : rounds + 1;
      if (rounds > MOST_ROUNDS) break;
      this.#now = Math.max(this.#now, next);
      this.#store.moveTo(this.#now);
      all.push(...this.#react({ seat: 'driver' }));
    }
    this.#now = end;
    this.#store.moveTo(end);
    all.push(...this.#react({ seat: 'driver' }));
    this.#tell(all);
  }

  /** @throws SignalError `unknown-path` */
  read(path: string): SignalState {
    return this.#store.read(path);
  }

  signals(): IterableIterator<[path: string, state: SignalState]> {
    return this.#store.signals();
  }

  /** In which state each machine is. */
  modes(): Modes {
    return Object.fromEntries(
      Object.entries(this.#actors.states()).map(([machine, { value }]) => [machine, value]),
    );
  }

  /** Called after each command, sensed value and step of time that changed something. @returns the way to stop it */
  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  snapshot(): VehicleSnapshot {
    return structuredClone({
      now: this.#now,
      signals: this.#store.snapshot(),
      machines: this.#actors.states(),
      history: this.#history.steps(),
    });
  }

  /** A car that goes on exactly where the snapshot was taken. The options must be those of the first car, but for `now`. */
  static restore(snapshot: VehicleSnapshot, options: Omit<VehicleOptions, 'now'>): Vehicle {
    const car = new Vehicle({ ...options, now: snapshot.now });
    const copy = structuredClone(snapshot);
    car.#store.restore(copy.signals);
    for (const step of car.#actors.restoring(copy.machines, car.#view({ seat: 'driver' }))) step.commit();
    car.#history = new History(copy.history);
    return car;
  }

  #take(command: Command, by: Speaker, step: Step): Outcome {
    const { plan } = step;
    if (plan.status === 'unavailable') return this.#outcome(command, plan, []);
    const decision = this.#decide(command, by, [...step.own, ...step.projected]);
    if (decision.verdict !== 'allow') return this.#stopped(command, decision);
    if (plan.status !== 'done') return this.#outcome(command, plan, []);
    if (step.own.length === 0 && !step.before) {
      return this.#outcome(command, { ...plan, code: plan.already ?? 'car.already' }, [], true);
    }
    const wrong = this.#offLimits(step.own);
    if (wrong)
      return this.#outcome(command, { ...plan, status: 'refused', code: wrong.code, facts: wrong.facts }, []);
    this.#history.record({
      intent: command.intent,
      targets: step.own.map(({ path }) => ({ path, value: this.#target(path) })),
      machines: step.before ? { [step.name]: step.before } : {},
      final: plan.final ?? false,
    });
    this.#apply(step);
    return this.#outcome(command, plan, this.#settle(by));
  }

  #takeHalt(command: Command, by: Speaker, path: string): Outcome {
    const moving = this.#store.isMoving(path);
    this.#store.halt(path, this.#now);
    const plan = { ...unavailable(moving ? 'car.halted' : 'car.still'), status: 'done' as const };
    return this.#outcome(command, plan, this.#settle(by), !moving);
  }

  #decide(command: Command, by: Speaker, writes: readonly SignalWrite[]): Decision {
    return decide(this.#rules, (path) => this.#value(path), command, by, writes);
  }

  /** The first target that the catalogue does not allow: an overlay may be narrower than a controller knows. */
  #offLimits(writes: readonly SignalWrite[]): { code: string; facts: Facts } | undefined {
    for (const { path, value } of writes) {
      try {
        this.catalogue.checkTarget(path, value);
      } catch (error) {
        return { code: codeOf(error), facts: { path, message: messageOf(error) } };
      }
    }
    return undefined;
  }

  #apply(step: Step): void {
    for (const path of step.halt) this.#store.halt(path, this.#now);
    for (const { path, value } of step.own) this.#store.setTarget(path, value, this.#now);
    step.commit();
    for (const { path, value } of step.projected) {
      if (this.catalogue.get(path).type === 'actuator') this.#store.setTarget(path, value, this.#now);
      else this.#store.sense(path, value);
    }
  }

  /** Lets all subsystems react, and those whose time has come act, until nothing changes any more. */
  #react(by: Speaker): readonly SignalChange[] {
    const all: SignalChange[] = [];
    const view = this.#view(by);
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const due = this.#actors.due(view);
      for (const step of due) this.#apply(step);
      const changes = this.#store.takeChanges();
      if (changes.length === 0 && due.length === 0) break;
      all.push(...changes);
      for (const change of changes) {
        for (const step of this.#actors.reactions(change, view)) this.#apply(step);
      }
    }
    return all;
  }

  #settle(by: Speaker): readonly SignalChange[] {
    return this.#tell(this.#react(by));
  }

  #tell(changes: readonly SignalChange[]): readonly SignalChange[] {
    const merged = merge(changes);
    if (merged.length > 0) for (const listener of this.#listeners) listener(merged);
    return merged;
  }

  #nextMoment(): number {
    return Math.min(this.#store.nextEnd(), this.#actors.wakeAt());
  }

  #view(by: Speaker): View {
    return new CarView(this.#store, this.#options, this.#now, by);
  }

  #value(path: string): SignalValue | undefined {
    return this.catalogue.find(path) && this.#store.read(path).value;
  }

  #target(path: string): SignalValue {
    const { value, target } = this.#store.read(path);
    return target ?? value;
  }

  #stopped(command: Command, decision: Exclude<Decision, { verdict: 'allow' }>): Outcome {
    const facts: Facts = { rule: decision.rule };
    const common = { command, facts, changes: [], decision };
    return decision.verdict === 'confirm'
      ? { status: 'confirm', code: decision.remedy, ...common }
      : { status: 'refused', code: decision.remedy, ...common };
  }

  #outcome(
    command: Command,
    plan: Step['plan'],
    changes: readonly SignalChange[],
    unchanged = false,
  ): Outcome {
    const common = { command, code: plan.code, facts: plan.facts, changes };
    if (plan.status === 'needs')
      return { ...common, status: 'needs', slot: plan.slot ?? '', choices: plan.choices ?? [] };
    if (plan.status === 'answered' && plan.choices)
      return { ...common, status: 'answered', choices: plan.choices };
    if (plan.status === 'done' && unchanged) return { ...common, status: 'unchanged' };
    return { ...common, status: plan.status };
  }
}

function codeOf(error: unknown): string {
  return error instanceof SignalError ? `signal.${error.reason.replaceAll('-', '_')}` : 'car.fault';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Several changes of one field of one signal become one; what returned to its beginning disappears. */
function merge(changes: readonly SignalChange[]): readonly SignalChange[] {
  const merged = new Map<string, SignalChange>();
  for (const change of changes) {
    const key = `${change.path} ${change.field}`;
    const earlier = merged.get(key);
    merged.set(key, earlier ? { ...change, from: earlier.from } : change);
  }
  return [...merged.values()].filter(({ from, to }) => !same(from, to));
}
