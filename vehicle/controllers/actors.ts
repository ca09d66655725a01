import type { Command } from '../command.ts';
import { isSignalCommand, planSignal, type SignalCommand } from '../named-signals.ts';
import type { SignalWrite } from '../safety.ts';
import { same } from '../signals/store.ts';
import type { SignalChange } from '../signals/signal.ts';
import type { Route } from '../world.ts';
import { commandOfWrite, HALT } from '../written-commands.ts';
import { done, unavailable, type Plan, type View } from './plan.ts';
import { createSubsystems, type CarContents } from './index.ts';
import type { Navigation } from './navigation.ts';
import type { MachineState, Step, Subsystem } from './subsystem.ts';

/** The subsystems of one car and how they are found. A subsystem that throws is reported and the others go on. */
export class Actors {
  readonly #navigation: Navigation;
  readonly #subsystems: readonly Subsystem[];
  readonly #byTarget = new Map<string, Subsystem>();
  readonly #fault: (name: string, error: unknown) => void;

  constructor(contents: Partial<CarContents>, fault: (name: string, error: unknown) => void) {
    const { navigation, others } = createSubsystems(contents);
    const subsystems = [navigation, ...others];
    this.#navigation = navigation;
    this.#subsystems = subsystems;
    this.#fault = fault;
    for (const subsystem of subsystems)
      for (const target of subsystem.targets) this.#byTarget.set(target, subsystem);
  }

  /** Undefined when no subsystem has to do with the command. */
  plan(command: Command, view: View): Step | undefined {
    if (isSignalCommand(command)) return this.#planSignal(command, view);
    const subsystem = this.#byTarget.get(command.intent.slice(0, command.intent.lastIndexOf('.')));
    if (!subsystem) return undefined;
    const step = this.#guarded(subsystem, () => subsystem.plan(command, view));
    return step ?? bare(unavailable('car.fault', { part: subsystem.name }), view);
  }

  /** A target set by a tool where no controller has anything to add. */
  bareWrite(write: SignalWrite, view: View): Step {
    return bare(
      done('signal.set', { path: write.path, value: String(write.value) }, { writes: [write] }),
      view,
    );
  }

  reactions(change: SignalChange, view: View): readonly Step[] {
    return this.#steps((subsystem) => subsystem.react(change, view));
  }

  /** The steps of those whose time has come. */
  due(view: View): readonly Step[] {
    return this.#steps((subsystem) => (subsystem.wakeAt() <= view.now ? subsystem.tick(view) : undefined));
  }

  /** @throws Error when a machine cannot be in that state */
  restoring(states: Readonly<Record<string, MachineState>>, view: View): readonly Step[] {
    return this.#subsystems.flatMap((subsystem) => {
      const state = states[subsystem.name];
      return state ? [subsystem.restoring(state, view)] : [];
    });
  }

  /** The route that is being followed. */
  route(): Route | null {
    return this.#navigation.route();
  }

  wakeAt(): number {
    return Math.min(...this.#subsystems.map((subsystem) => subsystem.wakeAt()));
  }

  states(): Readonly<Record<string, MachineState>> {
    return Object.fromEntries(this.#subsystems.map((subsystem) => [subsystem.name, subsystem.state()]));
  }

  /** A name may stand for something that a controller looks after: then all follows that follows from its command. */
  #planSignal(command: SignalCommand, view: View): Step | undefined {
    const plan = planSignal(command, view);
    const [write] = plan.writes;
    const meant = write && commandOfWrite(write.path, write.value);
    return meant === undefined || meant === HALT ? bare(plan, view) : this.plan(meant, view);
  }

  #steps(next: (subsystem: Subsystem) => Step | undefined): readonly Step[] {
    return this.#subsystems.flatMap((subsystem) => this.#guarded(subsystem, () => next(subsystem)) ?? []);
  }

  #guarded(subsystem: Subsystem, run: () => Step | undefined): Step | undefined {
    try {
      return run();
    } catch (error) {
      this.#fault(subsystem.name, error);
      return undefined;
    }
  }
}

/** A step without a machine. */
function bare(plan: Plan<never>, view: View): Step {
  const own = plan.writes.filter(({ path, value }) => !same(view.target(path), value));
  return { name: '', plan, own, projected: [], halt: [], before: null, commit: () => undefined };
}
