import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Interpreter } from '../../assistant/understanding/interpreter.ts';
import { openShippedInterpreter, readParts, type DriveOptions } from '../open-drive.ts';
import { junitOf, type PlayedScenario } from '../scenario/junit.ts';
import { loadScenario, openPlayer } from '../scenario/open-player.ts';
import type { PlayResult, StepResult } from '../scenario/player.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { EXIT, UsageError } from './exit.ts';
import { partsOf, type PartOptions } from './parts.ts';
import { showOnTerminal } from './terminal-show.ts';
import { clockTime } from '../scenario/time.ts';

export interface RunOptions extends PartOptions {
  readonly realtime?: boolean;
  readonly junit?: string;
  readonly json?: boolean;
  readonly record?: string;
  readonly recordAudio?: boolean;
}

/**
 * `drivetalk run`: plays scenarios, as fast as they go or as a show.
 * @param paths scenario files, or folders of them
 * @returns 0 when all expectations were met, 1 when one was not
 */
export async function run(paths: readonly string[], options: RunOptions): Promise<number> {
  const { realtime = false, junit, json = false, record, recordAudio } = options;
  const parts = partsOf(options);
  const files = paths.flatMap(scenarioFiles);
  if ((record !== undefined || realtime) && files.length > 1)
    throw new UsageError(
      `${realtime ? '--realtime' : '--record'} takes one scenario; here are ${files.length}.`,
    );
  // All are read before the first one is played: a typo in the last one is told at once.
  const read = readParts(parts);
  const scenarios = files.map((file) => ({ file, scenario: loadScenario(file, read) }));
  const models = new Models(parts.model, parts.labels);
  const played: PlayedScenario[] = [];
  const began = performance.now();
  try {
    for (const { file, scenario } of scenarios) {
      const interpreter = await models.lend(scenario.utcOffset);
      const options = { ...parts, parts: read, interpreter, record, recordAudio };
      const opened = await openPlayer(scenario, file, options);
      try {
        const result = await (realtime ? showOnTerminal(opened.player) : opened.player.run());
        played.push({ file, name: scenario.scenario, result });
        if (!json) console.log(describe(file, scenario, result));
      } finally {
        await opened.close();
      }
    }
  } finally {
    await models.close();
  }
  if (junit !== undefined) writeFileSync(junit, junitOf(played));
  const failed = played.filter(({ result }) => !result.passed).length;
  if (json) console.log(JSON.stringify({ passed: failed === 0, scenarios: played.map(reportOf) }));
  else if (played.length > 1) {
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${played.length - failed} of ${played.length} passed in ${seconds} s`);
  }
  return failed === 0 ? EXIT.done : EXIT.failure;
}

/** The scenarios that a path names, in the order of their names. @throws UsageError for a folder without any */
function scenarioFiles(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const files = readdirSync(path)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(path, name));
  if (files.length === 0) throw new UsageError(`There is no scenario (*.yaml) in ${path}.`);
  return files;
}

/** One model serves all scenarios of one time zone: it is by far the slowest to open. */
class Models {
  readonly #model: string | undefined;
  readonly #labels: string | undefined;
  readonly #open = new Map<number, Interpreter>();

  constructor(model: string | undefined, labels: string | undefined) {
    this.#model = model;
    this.#labels = labels;
  }

  /** An interpreter that may be closed without closing the model. */
  async lend(utcOffset: number): Promise<NonNullable<DriveOptions['interpreter']>> {
    const model =
      this.#open.get(utcOffset) ?? (await openShippedInterpreter(this.#model, utcOffset, this.#labels));
    this.#open.set(utcOffset, model);
    return {
      name: model.name,
      capabilities: model.capabilities,
      interpret: (utterances, options) => model.interpret(utterances, options),
      close: () => Promise.resolve(),
    };
  }

  async close(): Promise<void> {
    for (const model of this.#open.values()) await model.close();
  }
}

function describe(file: string, { scenario, steps }: Scenario, result: PlayResult): string {
  const { passed, duration } = result;
  const reached = result.steps.length;
  const head = `${passed ? 'passed' : 'FAILED'}  ${scenario} (${reached} of ${steps.length} steps, ${clockTime(duration)} of driving)`;
  const problems = result.steps.flatMap(({ line, title, problems: wrong, at, turn }) =>
    wrong.map(
      (what) =>
        `  ${file}:${line}: at ${clockTime(at)}, ${title}: ${what}${turn?.reply ? `\n    the car said: ${turn.reply}` : ''}`,
    ),
  );
  return [head, ...problems].join('\n');
}

function reportOf({ file, name, result }: PlayedScenario) {
  const stepOf = ({ turn, ...step }: StepResult) => ({
    ...step,
    ...(turn && { heard: turn.heard, intents: turn.commands.map(({ intent }) => intent), reply: turn.reply }),
  });
  return {
    file,
    scenario: name,
    passed: result.passed,
    duration: result.duration,
    steps: result.steps.map(stepOf),
  };
}
