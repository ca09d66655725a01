import type { Check, Scene } from './checks.ts';
import { asExpected, judge, type Observation } from './judge.ts';
import type { Blame, CheckResult, Problem, Stage } from './result.ts';
import { shrink, type Ask } from './shrink.ts';
import { framesOf, type ExpectedFrame } from './suite.ts';

/** Everything that stage after stage can be given right. */
export interface GoldRuns {
  /** Plays a scene with the model under test. */
  play(scene: Scene): Promise<readonly Observation[]>;
  /** Plays it with what was expected instead of what the model understands. @param frames by turn */
  playUnderstood(
    scene: Scene,
    frames: readonly (readonly ExpectedFrame[])[],
  ): Promise<readonly Observation[]>;
  /** Carries the expected commands out without any dialogue. */
  playCommands(scene: Scene, frames: readonly (readonly ExpectedFrame[])[]): Promise<readonly Observation[]>;
  /** Asks the model under test, and the one before it where it is there. */
  ask(now: number, own: boolean): Ask;
  askBaseline?: (now: number, own: boolean) => Ask;
}

/**
 * Finds the first stage at fault by giving each stage in turn what the one before it should have said: the words to
 * understanding, the commands to the dialogue, the commands to the car alone.
 * @returns undefined when the check is right after all
 */
export async function blame(check: Check, result: CheckResult, runs: GoldRuns): Promise<Blame | undefined> {
  const { id, question } = check;
  if (question.form === 'text') {
    const shrunk = await shrinkWrong(check, result, runs);
    return {
      id,
      stage: 'understanding',
      explanation: explanationOf('understanding', shrunk),
      ...(shrunk && { shrunk }),
    };
  }
  const stage = await stageOf(check, result, question.scene, runs);
  if (!stage) return undefined;
  const shrunk = stage === 'understanding' ? await shrinkWrong(check, result, runs) : undefined;
  return { id, stage, explanation: explanationOf(stage, shrunk), ...(shrunk && { shrunk }) };
}

async function stageOf(
  check: Check,
  result: CheckResult,
  scene: Scene,
  runs: GoldRuns,
): Promise<Stage | undefined> {
  const isRight = (turns: readonly Observation[]) => judge(check, { turns }).status === 'right';
  if (isRight(await runs.play(scene))) return undefined;
  const heard = scene.turns.some(({ audio }) => audio !== undefined);
  if (heard && scene.turns.every(({ text }) => text !== undefined)) {
    const spoken = { ...scene, turns: scene.turns.map((turn) => ({ ...turn, audio: undefined })) };
    if (isRight(await runs.play(spoken))) return 'transcriber';
  }
  const frames = goldFrames(check, result);
  if (isRight(await runs.playUnderstood(scene, frames))) return 'understanding';
  const alone = judge(check, { turns: await runs.playCommands(scene, frames) });
  return problemsOf(alone) > 0 ? 'vehicle' : 'dialogue';
}

/** What the car itself answers for; replies and commands are the dialogue's. */
const OF_THE_CAR: ReadonlySet<Problem['kind']> = new Set(['state', 'refusal', 'status']);

const problemsOf = ({ answers }: CheckResult): number =>
  answers.flatMap(({ problems }) => problems).filter(({ kind }) => OF_THE_CAR.has(kind)).length;

/** What each turn should have been understood as; where nobody wrote it down, what it was. */
const goldFrames = ({ judgement }: Check, { answers }: CheckResult): readonly (readonly ExpectedFrame[])[] =>
  judgement.kind !== 'MFT'
    ? []
    : judgement.turns.map(({ expect }, at) =>
        expect === undefined ? asExpected(answers[at]?.got ?? []) : framesOf(expect),
      );

/** Shrinks the first utterance of a check that was understood wrongly. */
async function shrinkWrong({ question }: Check, { answers }: CheckResult, runs: GoldRuns) {
  const { now, own } = question.form === 'text' ? question : { now: question.scene.now, own: false };
  // Shortened alone, an utterance has no context: one that needs it would fail for another reason.
  const bare =
    question.form === 'text' ? question.utterances.every(({ context = [] }) => context.length === 0) : true;
  const wrong = answers.find(({ problems, expected }) => problems.length > 0 && (expected?.length ?? 0) > 0);
  if (!wrong?.expected || !bare) return undefined;
  return shrink({
    text: wrong.said,
    expected: wrong.expected.map(({ intent, slots }) => ({ intent, ...(slots && { slots }) })),
    candidate: runs.ask(now, own),
    baseline: runs.askBaseline?.(now, own),
  });
}

function explanationOf(stage: Stage, shrunk: Blame['shrunk']): string {
  if (stage === 'transcriber') return 'with the words as they were said it is right';
  if (stage === 'dialogue') return 'understood rightly it still goes wrong, and the commands alone do not';
  if (stage === 'vehicle') return 'even the right commands, given to the car directly, do not lead there';
  if (!shrunk) return 'the words were understood wrongly';
  const words = shrunk.tokens.map((token) => `"${token}"`).join(', ');
  return `the ${shrunk.flipped} flips in "${shrunk.text}"${words ? `, and ${words} makes the difference` : ''}`;
}
