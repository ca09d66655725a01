import type { MachineState } from './controllers/subsystem.ts';
import type { SignalWrite } from './safety.ts';

/** What one command changed, as it was before. */
export interface Before {
  readonly intent: string;
  readonly targets: readonly SignalWrite[];
  readonly machines: Readonly<Record<string, MachineState>>;
  /** It cannot be taken back. */
  readonly final: boolean;
}

/** Commands of one utterance are one step. */
export type UndoStep = readonly Before[];

const LENGTH = 20;

/** The last commands with what is needed to take them back. Plain JSON inside. */
export class History {
  #steps: UndoStep[];
  #open: Before[] | null = null;

  constructor(steps: readonly UndoStep[] = []) {
    this.#steps = [...steps];
  }

  record(before: Before): void {
    if (this.#open) this.#open.push(before);
    else this.#push([before]);
  }

  /** Whatever `run` records is one step; a compound inside a compound belongs to the outer one. */
  compound<T>(run: () => T): T {
    if (this.#open) return run();
    const open: Before[] = [];
    this.#open = open;
    try {
      return run();
    } finally {
      this.#open = null;
      if (open.length > 0) this.#push(open);
    }
  }

  last(): UndoStep | undefined {
    return this.#steps.at(-1);
  }

  drop(): void {
    this.#steps.pop();
  }

  steps(): readonly UndoStep[] {
    return [...this.#steps];
  }

  #push(step: UndoStep): void {
    this.#steps = [...this.#steps, step].slice(-LENGTH);
  }
}

/** The state before a whole step: of what several commands changed, the first one's `before` counts. */
export function stateBefore(step: UndoStep): Pick<Before, 'targets' | 'machines'> {
  const targets = new Map<string, SignalWrite>();
  const machines: Record<string, MachineState> = {};
  for (const before of step.toReversed()) {
    for (const target of before.targets) targets.set(target.path, target);
    Object.assign(machines, before.machines);
  }
  return { targets: [...targets.values()], machines };
}
