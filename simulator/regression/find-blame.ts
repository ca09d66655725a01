import type { Check } from '../../assistant/regression/checks.ts';
import { blame, type GoldRuns } from '../../assistant/regression/blame.ts';
import type { Assessment, Blame, CheckResult } from '../../assistant/regression/result.ts';
import type { ExpectedFrame } from '../../assistant/regression/suite.ts';
import type { Command } from '../../vehicle/command.ts';
import { createEngine, openModelFor, type ModelChoice, type RegressionEngine } from './engine.ts';

/** More than this nobody reads, and each takes a moment: the worst come first. */
const MOST = 20;

/**
 * Explains what went wrong: with a baseline the broken checks, without one all wrong ones.
 * @param baselineModel asked as well, where it is there: then a text shrinks while the one is right and the other wrong
 */
export async function findBlame(
  checks: readonly Check[],
  { flips, baseline }: Pick<Assessment, 'flips' | 'baseline'>,
  results: readonly CheckResult[],
  models: { readonly candidate: ModelChoice; readonly baseline?: ModelChoice | undefined },
): Promise<readonly Blame[]> {
  const broken = new Set(flips.flatMap(({ change, id }) => (change === 'broken' ? [id] : [])));
  const worst = results
    .filter(({ id, status }) => status === 'wrong' && (!baseline || broken.has(id)))
    .sort((a, b) => b.severity - a.severity)
    .slice(0, MOST);
  if (worst.length === 0) return [];
  const engine = createEngine(await openModelFor(models.candidate));
  const before = models.baseline && createEngine(await openModelFor(models.baseline));
  try {
    const found: Blame[] = [];
    for (const result of worst) {
      const check = checks.find(({ id }) => id === result.id);
      const told = check && (await blame(check, result, runsOf(engine, before)));
      if (told) found.push(told);
    }
    return found;
  } finally {
    await engine.close();
    await before?.close();
  }
}

function runsOf(engine: RegressionEngine, before: RegressionEngine | undefined): GoldRuns {
  const asking = (asked: RegressionEngine) => (now: number, own: boolean) => (texts: readonly string[]) =>
    asked.understand({ utterances: texts.map((text) => ({ text })), now, own });
  return {
    play: (scene) => engine.play(scene),
    playUnderstood: (scene, frames) => engine.playUnderstood(scene, frames.map(commandsOf)),
    playCommands: (scene, frames) => engine.playCommands(scene, frames.map(commandsOf)),
    ask: asking(engine),
    ...(before && { askBaseline: asking(before) }),
  };
}

/** What a case expects, as commands for the car; its labels were checked when the suite was read. */
export const commandsOf = (frames: readonly ExpectedFrame[]): readonly Command[] =>
  frames.map(({ intent, slots = {} }) => ({
    intent: intent as Command['intent'],
    slots: Object.fromEntries(
      Object.entries(slots).map(([name, slot]) => {
        const { value, unit, text } =
          typeof slot === 'object' && !Array.isArray(slot)
            ? slot
            : { value: slot, unit: undefined, text: undefined };
        const words = text ?? [value ?? ''].flat().join(' ');
        return [name, { text: words, value: value ?? words, ...(unit !== undefined && { unit }) }];
      }),
    ),
  }));
