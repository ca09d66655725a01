import type { Command } from './command.ts';
import type { SignalChange, SignalValue } from './signals/signal.ts';
import type { Place } from './world.ts';

/** Values that a reply can name: "{degrees} degrees for the {zone}". */
export type Facts = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** A signal's value at the moment of a decision. */
export interface SignalReading {
  readonly path: string;
  readonly value: SignalValue;
}

/** The safety gate's answer. `because` holds the signal values that decided, `remedy` the message key of what would make it allowed. */
export type Decision =
  | { readonly verdict: 'allow' }
  | {
      readonly verdict: 'confirm' | 'refuse';
      /** Id of the rule in force, e.g. `SAFE-3`. */
      readonly rule: string;
      readonly because: readonly SignalReading[];
      readonly remedy: string;
    };

interface OutcomeOf<S extends string> {
  readonly status: S;
  readonly command: Command;
  /** Key of the reply in the message catalogue, e.g. `climate.temperature.set`. */
  readonly code: string;
  readonly facts: Facts;
  /** Every signal that the command changed at once; motion that goes on is reported by `Vehicle.advance`. */
  readonly changes: readonly SignalChange[];
}

/** What became of one command. */
export type Outcome =
  /** Carried out, or under way where motion takes time. */
  | OutcomeOf<'done'>
  /** It was so already. */
  | OutcomeOf<'unchanged'>
  /** A question, answered in `facts`; places that were found are `choices`, best first. */
  | (OutcomeOf<'answered'> & { readonly choices?: readonly Place[] })
  /** The gate or a limit said no; nothing was changed. */
  | (OutcomeOf<'refused'> & { readonly decision?: Exclude<Decision, { verdict: 'allow' }> })
  /** The gate asks back; say yes and execute again with `confirmed`. */
  | (OutcomeOf<'confirm'> & { readonly decision: Exclude<Decision, { verdict: 'allow' }> })
  /** A slot is missing, or several things fit. */
  | (OutcomeOf<'needs'> & { readonly slot: string; readonly choices: readonly Place[] })
  /** This car has no such thing, or the command is not the vehicle's business (`question.query`, `dialogue.*`, ...). */
  | OutcomeOf<'unavailable'>;

export type OutcomeStatus = Outcome['status'];
