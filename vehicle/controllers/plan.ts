import type { Speaker } from '../command.ts';
import type { Facts } from '../outcome.ts';
import type { SignalWrite } from '../safety.ts';
import type { Catalogue } from '../signals/catalogue.ts';
import type { SignalValue } from '../signals/signal.ts';
import type { Place, Position, World } from '../world.ts';

/** What a controller may look at while it plans. Nothing here changes anything. */
export interface View {
  /** Epoch milliseconds of virtual time. */
  readonly now: number;
  /** Milliseconds that the car's clock is ahead of UTC. */
  readonly utcOffset: number;
  readonly by: Speaker;
  readonly world: World;
  readonly catalogue: Catalogue;
  readonly position: Position;
  /** What is measured. */
  value(path: string): SignalValue;
  /** What an actuator is told to reach; the value of a sensor. */
  target(path: string): SignalValue;
  number(path: string): number;
  text(path: string): string;
  flag(path: string): boolean;
  /** The target as a number. */
  goal(path: string): number;
  isMoving(path: string): boolean;
}

/** What a controller means to do about a command; the vehicle carries it out when the gate allows it. */
export interface Plan<E> {
  readonly status: 'done' | 'answered' | 'refused' | 'needs' | 'unavailable';
  readonly code: string;
  readonly facts: Facts;
  readonly writes: readonly SignalWrite[];
  /** For the controller's own machine. */
  readonly event?: E;
  /** Code of the reply when all is so already. */
  readonly already?: string;
  /** Cannot be taken back: a sent message, a sound. */
  readonly final?: boolean;
  readonly slot?: string;
  readonly choices?: readonly Place[];
}

interface Effect<E> {
  readonly writes?: readonly SignalWrite[];
  readonly event?: E;
  readonly already?: string;
  readonly final?: boolean;
}

export function done<E>(code: string, facts: Facts, effect: Effect<E>): Plan<E> {
  return { status: 'done', code, facts, writes: [], ...effect };
}

export function answered(code: string, facts: Facts): Plan<never> {
  return { status: 'answered', code, facts, writes: [] };
}

export function refused(code: string, facts: Facts = {}): Plan<never> {
  return { status: 'refused', code, facts, writes: [] };
}

/** A slot is missing, or several things fit. */
export function needs(
  slot: string,
  code: string,
  facts: Facts = {},
  choices: readonly Place[] = [],
): Plan<never> {
  return { status: 'needs', code, facts, writes: [], slot, choices };
}

export function unavailable(code: string, facts: Facts = {}): Plan<never> {
  return { status: 'unavailable', code, facts, writes: [] };
}

export function write(path: string, value: SignalValue): SignalWrite {
  return { path, value };
}
