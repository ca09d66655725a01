import type { Outcome } from './judge.ts';

/** Percentages of utterances, unless the name says otherwise; undefined where there was nothing to measure. */
export interface Scores {
  readonly utterances: number;
  /** All intents, and all slots with the same values. */
  readonly exact?: number | undefined;
  /** All intents, and all slots with exactly the same words. */
  readonly exactWords?: number | undefined;
  readonly intents: number;
  /** Of slots with exactly their words: harmonic mean of precision and recall. */
  readonly slotF1?: number | undefined;
  /** Contrary commands (open for close), per thousand commands. */
  readonly oppositesPer1000: number;
  /** Share of what is out of scope that was declined. */
  readonly outOfScopeRecall?: number | undefined;
  readonly outOfScopeUtterances: number;
  /** Share of commands for the car that were declined. */
  readonly rejectedByMistake?: number | undefined;
  /** Mean gap between confidence and accuracy, 0 to 1 (Guo et al. 2017). */
  readonly calibrationError: number;
}

const BINS = 15;

/** @throws RangeError when there is nothing to score */
export function scoresOf(outcomes: readonly Outcome[]): Scores {
  if (outcomes.length === 0) throw new RangeError('there are no utterances to score');
  const withSlots = outcomes.filter(({ row }) => row.slotsKnown);
  const sum = (of: (outcome: Outcome) => number, from = withSlots) =>
    from.reduce((total, outcome) => total + of(outcome), 0);
  const precision =
    sum(({ slots }) => slots.right) /
    Math.max(
      1,
      sum(({ slots }) => slots.said),
    );
  const wanted = sum(({ slots }) => slots.wanted);
  const recall = sum(({ slots }) => slots.right) / Math.max(1, wanted);
  const commands = outcomes.flatMap((outcome) => outcome.commands);
  const outside = outcomes.filter(({ wantedOutOfScope }) => wantedOutOfScope);
  const inside = outcomes.filter(({ wantedNone }) => !wantedNone);
  return {
    utterances: outcomes.length,
    exact: percent(withSlots, ({ values }) => values),
    exactWords: percent(withSlots, ({ words }) => words),
    intents: percent(outcomes, ({ intents }) => intents) ?? 0,
    slotF1:
      wanted > 0
        ? rounded((200 * precision * recall) / Math.max(Number.EPSILON, precision + recall))
        : undefined,
    oppositesPer1000: rounded(
      (1000 * commands.filter(({ contrary }) => contrary).length) / Math.max(1, commands.length),
    ),
    outOfScopeRecall: percent(outside, ({ saidNone }) => saidNone),
    outOfScopeUtterances: outside.length,
    rejectedByMistake: percent(inside, ({ saidOutOfScope }) => saidOutOfScope),
    calibrationError: calibrationError(commands),
  };
}

/** By group, the largest first. */
export function scoresBy(
  outcomes: readonly Outcome[],
  groupOf: (outcome: Outcome) => string,
): Readonly<Record<string, Scores>> {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const name = groupOf(outcome);
    const group = groups.get(name);
    if (group) group.push(outcome);
    else groups.set(name, [outcome]);
  }
  return Object.fromEntries(
    [...groups].sort(([, a], [, b]) => b.length - a.length).map(([name, group]) => [name, scoresOf(group)]),
  );
}

/** Over equal-width bins of confidence, weighted by how many commands each holds. */
function calibrationError(commands: Outcome['commands']): number {
  let gap = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const inside = commands.filter(
      ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin,
    );
    const sure = inside.reduce((total, { confidence }) => total + confidence, 0);
    gap += Math.abs(sure - inside.filter(({ right }) => right).length);
  }
  return rounded(gap / Math.max(1, commands.length), 4);
}

function percent(outcomes: readonly Outcome[], hit: (outcome: Outcome) => boolean): number | undefined {
  return outcomes.length > 0 ? rounded((100 * outcomes.filter(hit).length) / outcomes.length) : undefined;
}

const rounded = (value: number, digits = 2) => Number(value.toFixed(digits));
