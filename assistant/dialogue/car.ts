import type { Command, Speaker } from '../../vehicle/command.ts';
import type { Outcome } from '../../vehicle/outcome.ts';

/** What the dialogue needs of a car; `Vehicle` is one. */
export interface Car {
  execute(command: Command, by: Speaker): Outcome;
  undo(by: Speaker): Outcome;
  /** Everything executed inside is undone by one `undo`. */
  compound<T>(run: () => T): T;
}
