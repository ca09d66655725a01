import type { Command, Seat, Speaker } from './command.ts';
import type { Decision, SignalReading } from './outcome.ts';
import { same } from './signals/store.ts';
import type { SignalValue } from './signals/signal.ts';

/** A target that somebody wants to give to an actuator. */
export interface SignalWrite {
  readonly path: string;
  readonly value: SignalValue;
}

/**
 * What a signal must be. All keys given must hold.
 * A number may be compared with another signal: `belowSignal`, or `jumps` for a difference larger than `by`.
 */
export interface Test {
  readonly is?: SignalValue;
  readonly not?: SignalValue;
  readonly in?: readonly SignalValue[];
  readonly above?: number;
  readonly below?: number;
  readonly belowSignal?: string;
  readonly jumps?: { readonly from: string; readonly by: number };
}

/** A condition on a signal. A `*` in the path stands for what the rule's own `*` stood for. */
export interface Condition extends Test {
  readonly path: string;
}

/** One rule of the gate, as data: what it is about, when it is in force, what it then says. */
export interface SafetyRule {
  /** `SAFE-n`; stable, because people and logs name it. */
  readonly id: string;
  readonly title: string;
  /** Commands it is about: an intent, or `target.*`. */
  readonly intents?: readonly string[];
  /** Actuators it is about: a path in which `*` stands for one or more segments ... */
  readonly writes?: readonly string[];
  /** ... when they are to get such a value. */
  readonly to?: Test;
  /** Only for speakers on these seats. */
  readonly seats?: readonly Seat[];
  /** All must hold. None: always. */
  readonly when: readonly Condition[];
  /** `allow` ends the search: nothing below it counts. */
  readonly verdict: 'allow' | 'confirm' | 'refuse';
  /** Message key, or a market's own sentence, of what would make it allowed. */
  readonly remedy: string;
}

export type ReadSignal = (path: string) => SignalValue | undefined;

/**
 * The safety gate: a pure function, and the only way to an actuator.
 * @param rules in order of rank: an `allow` ends the search, the first `refuse` wins over every `confirm`
 * @param read a signal's measured value
 * @param writes every target that the command would set, those of the machines' new states included
 */
export function decide(
  rules: readonly SafetyRule[],
  read: ReadSignal,
  command: Command,
  by: Speaker,
  writes: readonly SignalWrite[],
): Decision {
  let question: Decision | undefined;
  for (const rule of rules) {
    if (rule.seats && !rule.seats.includes(by.seat)) continue;
    const because = inForce(rule, read, command, writes);
    if (!because) continue;
    if (rule.verdict === 'allow') break;
    const decision = { verdict: rule.verdict, rule: rule.id, because, remedy: rule.remedy };
    if (rule.verdict === 'refuse') return decision;
    if (!by.confirmed) question ??= decision;
  }
  return question ?? { verdict: 'allow' };
}

/** The readings that put a rule in force, or undefined. */
function inForce(
  rule: SafetyRule,
  read: ReadSignal,
  command: Command,
  writes: readonly SignalWrite[],
): readonly SignalReading[] | undefined {
  if (rule.intents?.some((pattern) => fitsIntent(pattern, command.intent))) {
    const readings = holding(rule.when, read, '');
    if (readings) return readings;
  }
  for (const pattern of rule.writes ?? []) {
    for (const { path, value } of writes) {
      const here = captured(pattern, path);
      if (here === undefined || !passes(rule.to ?? {}, value, read, here)) continue;
      const readings = holding(rule.when, read, here);
      if (readings) return readings;
    }
  }
  return undefined;
}

function holding(
  conditions: readonly Condition[],
  read: ReadSignal,
  here: string,
): readonly SignalReading[] | undefined {
  const readings: SignalReading[] = [];
  for (const condition of conditions) {
    const path = condition.path.replace('*', here);
    const value = read(path);
    if (value === undefined || !passes(condition, value, read, here)) return undefined;
    readings.push({ path, value });
  }
  return readings;
}

function passes(test: Test, value: SignalValue, read: ReadSignal, here: string): boolean {
  const number = typeof value === 'number' ? value : NaN;
  const other = (path: string) => Number(read(path.replace('*', here)));
  if (test.is !== undefined && !same(test.is, value)) return false;
  if (test.not !== undefined && same(test.not, value)) return false;
  if (test.in && !test.in.some((item) => same(item, value))) return false;
  if (test.above !== undefined && !(number > test.above)) return false;
  if (test.below !== undefined && !(number < test.below)) return false;
  if (test.belowSignal !== undefined && !(number < other(test.belowSignal))) return false;
  return !test.jumps || Math.abs(number - other(test.jumps.from)) > test.jumps.by;
}

function fitsIntent(pattern: string, intent: string): boolean {
  return pattern.endsWith('.*') ? intent.startsWith(pattern.slice(0, -1)) : intent === pattern;
}

/** What `*` stands for when the pattern fits the path: '' for a pattern without one, undefined when it does not fit. */
function captured(pattern: string, path: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === path ? '' : undefined;
  const tail = pattern.slice(star + 1);
  if (path.length < pattern.length || !path.startsWith(pattern.slice(0, star)) || !path.endsWith(tail))
    return undefined;
  return path.slice(star, path.length - tail.length);
}
