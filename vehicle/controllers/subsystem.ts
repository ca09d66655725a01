import {
  initialTransition,
  transition,
  type AnyStateMachine,
  type EventFrom,
  type SnapshotFrom,
} from 'xstate';
import type { Command } from '../command.ts';
import type { Target } from '../ontology.generated.ts';
import type { SignalWrite } from '../safety.ts';
import type { SignalChange } from '../signals/signal.ts';
import { same } from '../signals/store.ts';
import type { Plan, View } from './plan.ts';

/** A machine's state as plain JSON. Deadlines stand in it as virtual time, so nothing else needs saving. */
export interface MachineState {
  readonly value: unknown;
  readonly context: unknown;
}

/** What a controller does by itself when something in the car changes. */
export interface Reaction<E> {
  readonly event?: E;
  readonly writes?: readonly SignalWrite[];
  /** Motions to stop where they are. */
  readonly halt?: readonly string[];
}

/** How a subsystem thinks: a machine for its mode, and pure functions around it. */
export interface Definition<M extends AnyStateMachine> {
  readonly name: string;
  readonly targets: readonly Target[];
  readonly machine: M;
  /** What to do about a command to one of `targets`. */
  plan(command: Command, view: View, state: SnapshotFrom<M>): Plan<EventFrom<M>>;
  /** The signals that tell the machine's state. */
  project?(state: SnapshotFrom<M>, view: View): readonly SignalWrite[];
  react?(change: SignalChange, view: View, state: SnapshotFrom<M>): Reaction<EventFrom<M>> | undefined;
  /** When the machine wants a `tick`, epoch milliseconds of virtual time; null for never. */
  wakeAt?(state: SnapshotFrom<M>): number | null;
  /** What happens at that moment; afterwards the machine wants another one or none. */
  tick?(view: View, state: SnapshotFrom<M>): Reaction<EventFrom<M>>;
}

/** A step that is worked out but not yet taken. */
export interface Step {
  /** Name of the subsystem. */
  readonly name: string;
  readonly plan: Plan<unknown>;
  /** Targets that the controller sets itself; undo gives them back. */
  readonly own: readonly SignalWrite[];
  /** Signals that follow from the machine's new state. */
  readonly projected: readonly SignalWrite[];
  readonly halt: readonly string[];
  /** The machine's present state, when the step leads to another one. */
  readonly before: MachineState | null;
  commit(): void;
}

/** One actor of the car: a machine with its present state. */
export interface Subsystem {
  readonly name: string;
  readonly targets: readonly Target[];
  plan(command: Command, view: View): Step;
  react(change: SignalChange, view: View): Step | undefined;
  tick(view: View): Step | undefined;
  /** Back, or anywhere, into a saved state. */
  restoring(state: MachineState, view: View): Step;
  /** Epoch milliseconds; Infinity for never. */
  wakeAt(): number;
  state(): MachineState;
}

const NOTHING: Plan<never> = { status: 'done', code: 'car.reaction', facts: {}, writes: [] };

/** Brings a definition to life. XState's pure `transition` keeps planning free of effects. */
export function subsystem<M extends AnyStateMachine>(definition: Definition<M>): Subsystem {
  const { machine } = definition;
  let [state] = initialTransition(machine as AnyStateMachine) as [SnapshotFrom<M>, unknown];

  function step(
    plan: Plan<EventFrom<M>>,
    next: SnapshotFrom<M>,
    view: View,
    halt: readonly string[] = [],
  ): Step {
    const projected = (definition.project?.(next, view) ?? []).filter(
      ({ path, value }) => !same(view.target(path), value),
    );
    return {
      name: definition.name,
      plan,
      own: plan.writes.filter(({ path, value }) => !same(view.target(path), value)),
      projected,
      halt,
      before: alike(state, next) ? null : persisted(state),
      commit() {
        state = next;
      },
    };
  }

  function after(does: { readonly event?: EventFrom<M> }): SnapshotFrom<M> {
    if (!('event' in does)) return state;
    const [next] = transition(machine, state, does.event) as [SnapshotFrom<M>, unknown];
    return next;
  }

  function reacting(reaction: Reaction<EventFrom<M>> | undefined, view: View): Step | undefined {
    return (
      reaction && step({ ...NOTHING, writes: reaction.writes ?? [] }, after(reaction), view, reaction.halt)
    );
  }

  return {
    name: definition.name,
    targets: definition.targets,
    plan(command, view) {
      const plan = definition.plan(command, view, state);
      return step(plan, after(plan), view);
    },
    react: (change, view) => reacting(definition.react?.(change, view, state), view),
    tick: (view) => reacting(definition.tick?.(view, state), view),
    restoring(saved, view) {
      const next = machine.resolveState(saved as Parameters<M['resolveState']>[0]) as SnapshotFrom<M>;
      return step(NOTHING, next, view);
    },
    wakeAt: () => definition.wakeAt?.(state) ?? Infinity,
    state: () => persisted(state),
  };
}

function persisted(state: SnapshotFrom<AnyStateMachine>): MachineState {
  return { value: state.value, context: state.context };
}

function alike(a: SnapshotFrom<AnyStateMachine>, b: SnapshotFrom<AnyStateMachine>): boolean {
  return a === b || JSON.stringify(persisted(a)) === JSON.stringify(persisted(b));
}
