import type { SignalValue } from '../../vehicle/signals/signal.ts';

export const OPERATORS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'] as const;
export type Operator = (typeof OPERATORS)[number];

/** When a subscription sends. Source: VISS 3.0 Core, "Filter Request". */
export type Trigger =
  /** Every `period` milliseconds of virtual time. */
  | { readonly variant: 'timebased'; readonly period: number }
  /** The difference between the new value and the one last sent compares so with `diff`. */
  | { readonly variant: 'change'; readonly op: Operator; readonly diff: number }
  /** The value compares so with one boundary, or with two. */
  | {
      readonly variant: 'range';
      readonly boundaries: readonly { readonly op: Operator; readonly boundary: number }[];
      readonly combine: 'AND' | 'OR';
    };

export interface Subscription {
  readonly trigger: Trigger;
  /** Every signal that an event holds. */
  readonly paths: ReadonlySet<string>;
  /** The one signal whose value decides; without it each signal decides for itself, and an event holds those that did. */
  readonly decisive?: string;
}

/** What a subscription remembers between two events. Plain data. */
export interface Memory {
  /** Numbers as they were last sent (or found at the beginning), which `change` compares with. */
  readonly captured: ReadonlyMap<string, number>;
  /** Epoch milliseconds of virtual time of the next timed event; Infinity without a period. */
  readonly due: number;
}

/** The next memory, and the signals to send now; none: no event. */
export interface Reaction {
  readonly memory: Memory;
  readonly send: readonly string[];
}

export interface Changed {
  readonly path: string;
  readonly from: SignalValue | null;
  readonly to: SignalValue;
}

/** Starts a subscription. A range that the value is in already sends at once. */
export function begin(
  subscription: Subscription,
  read: (path: string) => SignalValue,
  now: number,
): Reaction {
  const { trigger } = subscription;
  const captured = new Map<string, number>();
  for (const path of watched(subscription)) {
    const value = read(path);
    if (typeof value === 'number') captured.set(path, value);
  }
  const memory = { captured, due: trigger.variant === 'timebased' ? now + trigger.period : Infinity };
  if (trigger.variant !== 'range') return { memory, send: [] };
  const inside = [...watched(subscription)].filter((path) => isInside(trigger, read(path)));
  return { memory, send: sent(subscription, inside) };
}

/** Some signals have new values. */
export function onChanges(subscription: Subscription, memory: Memory, changes: readonly Changed[]): Reaction {
  const { trigger } = subscription;
  if (trigger.variant === 'timebased') return { memory, send: [] };
  const mine = watched(subscription);
  const firing = changes.filter(
    (change) =>
      mine.has(change.path) &&
      (trigger.variant === 'range'
        ? isInside(trigger, change.to)
        : hasChanged(trigger, change, memory.captured.get(change.path))),
  );
  if (firing.length === 0) return { memory, send: [] };
  const captured = new Map(memory.captured);
  for (const { path, to } of firing) if (typeof to === 'number') captured.set(path, to);
  return {
    memory: { ...memory, captured },
    send: sent(
      subscription,
      firing.map(({ path }) => path),
    ),
  };
}

/** Virtual time has come to `now`. After a leap over several periods there is one event, and the rhythm stays. */
export function onTime(subscription: Subscription, memory: Memory, now: number): Reaction {
  const { trigger, paths } = subscription;
  if (trigger.variant !== 'timebased' || now < memory.due) return { memory, send: [] };
  const periods = Math.floor((now - memory.due) / trigger.period) + 1;
  return { memory: { ...memory, due: memory.due + periods * trigger.period }, send: [...paths] };
}

/** The signals that can trigger. */
export const watched = ({ decisive, paths }: Subscription): ReadonlySet<string> =>
  decisive === undefined ? paths : new Set([decisive]);

const sent = ({ decisive, paths }: Subscription, firing: readonly string[]) =>
  decisive === undefined || firing.length === 0 ? firing : [...paths];

type Range = Extract<Trigger, { variant: 'range' }>;

function isInside({ boundaries, combine }: Range, value: SignalValue): boolean {
  if (typeof value !== 'number') return false;
  const passes = ({ op, boundary }: Range['boundaries'][number]) => compare(op, value, boundary);
  return combine === 'AND' ? boundaries.every(passes) : boundaries.some(passes);
}

function hasChanged(
  { op, diff }: { op: Operator; diff: number },
  { from, to }: Changed,
  captured: number | undefined,
): boolean {
  if (typeof to === 'number') return compare(op, to - (captured ?? to), diff);
  // A boolean that rose, fell and rises again rises twice, so it is compared with the value just before.
  if (typeof to === 'boolean') return compare(op, Number(to) - Number(from), diff);
  // Text and arrays have no difference but being another.
  return op === 'ne' && diff === 0;
}

function compare(op: Operator, left: number, right: number): boolean {
  switch (op) {
    case 'eq':
      return left === right;
    case 'ne':
      return left !== right;
    case 'gt':
      return left > right;
    case 'gte':
      return left >= right;
    case 'lt':
      return left < right;
    case 'lte':
      return left <= right;
  }
}
