import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { UnderstandRequest } from '../../assistant/regression/ask.ts';
import type { Scene, SceneTurn } from '../../assistant/regression/checks.ts';
import { withFault, type Fault } from '../../assistant/regression/faults.ts';
import { frameOf, type Observation } from '../../assistant/regression/judge.ts';
import { framesOf } from '../../assistant/speech/frames.ts';
import type { Transcriber } from '../../assistant/speech/transcriber.ts';
import { readWav } from '../../assistant/speech/wav.ts';
import { openModel } from '../../assistant/understanding/engines/open-model.ts';
import type { Interpretation, Interpreter } from '../../assistant/understanding/interpreter.ts';
import type { Command } from '../../vehicle/command.ts';
import type { Outcome } from '../../vehicle/outcome.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import type { Drive } from '../drive.ts';
import {
  openDrive,
  openShippedTranscriber,
  packageFile,
  readParts,
  type CarParts,
  type DriveOptions,
} from '../open-drive.ts';
import type { ConversationTurn } from '../server/protocol.ts';

/** Suites tell the time of their car; the machine's time zone must not change an answer. */
const UTC = 0;
/** Replies are drawn from several; a run draws the same ones each time. */
const SEED = 1;
/** Longest motion of the car: what a case sets beforehand is in place when it begins. */
const LONGEST_MOTION = 30_000;
const STEP = 100;

/** A model with a car around it, which answers what checks ask. */
export interface RegressionEngine {
  readonly name: string;
  /** @throws UnderstandingError */
  understand(request: UnderstandRequest): Promise<readonly Observation[]>;
  /** Loads the transcriber ahead of the first sound. @throws SpeechError */
  warmUp(): Promise<void>;
  /** Plays a scene in a car of its own. @throws UnderstandingError | SpeechError | SignalError */
  play(scene: Scene): Promise<readonly Observation[]>;
  /** Plays it with these commands in the place of what is understood. @param commands by turn */
  playUnderstood(scene: Scene, commands: readonly (readonly Command[])[]): Promise<readonly Observation[]>;
  /** Gives the commands to the car directly, without any dialogue. */
  playCommands(scene: Scene, commands: readonly (readonly Command[])[]): Promise<readonly Observation[]>;
  close(): Promise<void>;
}

/** Which model, as `--model` and `--labels` name it; the shipped one unless told. */
export interface ModelChoice {
  readonly model?: string | undefined;
  readonly labels?: string | undefined;
  /** Planted into it, to see whether a suite finds it. */
  readonly fault?: Fault | undefined;
}

export async function openModelFor({ model, labels, fault }: ModelChoice): Promise<Interpreter> {
  const interpreter = await openModel(model ?? packageFile('assistant/model'), { utcOffset: UTC, labels });
  return fault ? withFault(interpreter, fault) : interpreter;
}

/** @param interpreter is closed with the engine */
export function createEngine(interpreter: Interpreter): RegressionEngine {
  let transcriber: Promise<Transcriber> | undefined;
  let read: CarParts | undefined;
  const parts = () => (read ??= readParts());
  // Loading it and its language model takes a second, so all scenes share one.
  const openTranscriber = () => openShippedTranscriber(parts());
  const lent = withoutClose(interpreter);
  const transcriberOnce = async () => withoutClose(await (transcriber ??= openTranscriber()));
  return {
    name: interpreter.name,
    async understand({ utterances, now, own }) {
      return (await interpreter.interpret(utterances, { now })).map((answer) =>
        own && answer.raw ? { got: answer.raw.map(frameOf), rejected: [] } : observed(answer),
      );
    },
    async warmUp() {
      await transcriberOnce();
    },
    play: (scene) =>
      playScene(scene, { parts: parts(), interpreter: lent, openTranscriber: transcriberOnce }),
    playUnderstood: (scene, commands) =>
      playScene(scene, { parts: parts(), interpreter: reciting(commands), openTranscriber: transcriberOnce }),
    playCommands: (scene, commands) => playCommands(scene, commands, parts()),
    async close() {
      await interpreter.close();
      await (await transcriber?.catch(() => undefined))?.close();
    },
  };
}

/** Many cars use it one after another, and each closes what it was given. */
function withoutClose<T extends Interpreter | Transcriber>(shared: T): T {
  return new Proxy(shared, {
    get: (target, key) => {
      if (key === 'close') return () => Promise.resolve();
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

const observed = ({ commands, rejected }: Pick<Interpretation, 'commands' | 'rejected'>) => ({
  got: commands.map(frameOf),
  rejected: rejected.map(frameOf),
});

async function playScene(
  { now, turns }: Scene,
  given: Pick<DriveOptions, 'parts' | 'interpreter' | 'openTranscriber'>,
): Promise<readonly Observation[]> {
  const drive = await openDrive({ start: now, utcOffset: UTC, seed: SEED, ...given });
  try {
    const seen: Observation[] = [];
    for (const turn of turns) {
      prepare(drive, turn);
      const done = await utter(drive, turn);
      drive.advance(turn.settle);
      seen.push({ ...observationOf(done), state: stateOf(drive, turn.watch) });
    }
    return seen;
  } finally {
    await drive.close();
  }
}

/** Answers what it was given, turn by turn, whatever is said. */
function reciting(commands: readonly (readonly Command[])[]): Interpreter {
  const turns = commands.values();
  const nothing: Command = { intent: 'none.out_of_scope.select', slots: {} };
  return {
    name: 'gold',
    capabilities: { context: false, multipleCommands: true, slots: true, confidence: true, batching: true },
    interpret: (utterances) =>
      Promise.resolve(
        utterances.map(({ text }) => {
          const { value: said = [] } = turns.next() as { value?: readonly Command[] };
          return {
            text,
            commands: (said.length > 0 ? said : [nothing]).map((command) => ({
              ...command,
              confidence: 1,
              span: [0, text.length] as const,
            })),
            rejected: [],
            domain: 'dialogue' as const,
            ms: 0,
          };
        }),
      ),
    close: () => Promise.resolve(),
  };
}

async function playCommands(
  { now, turns }: Scene,
  commands: readonly (readonly Command[])[],
  parts: CarParts,
): Promise<readonly Observation[]> {
  const drive = await openDrive({ start: now, utcOffset: UTC, seed: SEED, parts, interpreter: reciting([]) });
  try {
    return turns.map((turn, index) => {
      prepare(drive, turn);
      const by = { seat: turn.seat, confirmed: true };
      const outcomes = (commands[index] ?? []).map((command) =>
        outcomeOf(drive.vehicle.execute(command, by)),
      );
      drive.advance(turn.settle);
      return { got: [], rejected: [], outcomes, state: stateOf(drive, turn.watch) };
    });
  } finally {
    await drive.close();
  }
}

/**
 * Lets time pass, then puts the car into the state that the case wants.
 * @throws Error for a state that the gate does not allow: the case would test another one
 */
export function prepare(drive: Drive, { advance, set }: SceneTurn): void {
  drive.advance(advance);
  const { 'Vehicle.Speed': speed, ...others } = set;
  for (const [path, value] of Object.entries(others)) {
    const actuator = drive.vehicle.catalogue.get(path).type === 'actuator';
    if (actuator) {
      // Whoever speaks in the case, this is how the driver has left the car.
      const { outcome, reply } = drive.write(path, value, { seat: 'driver', confirmed: true });
      if (outcome.status !== 'done' && outcome.status !== 'unchanged')
        throw new Error(`set: ${path} cannot be ${JSON.stringify(value)}: ${reply}`);
    } else drive.sense(path, value);
  }
  for (let passed = 0; passed < LONGEST_MOTION && inMotion(drive, Object.keys(others)); passed += STEP)
    drive.advance(STEP);
  if (typeof speed === 'number') {
    if (speed > 0) drive.accelerate(speed);
    else drive.park();
  }
}

const inMotion = (drive: Drive, paths: readonly string[]): boolean =>
  paths.some((path) => {
    const { value, target } = drive.vehicle.read(path);
    return target !== undefined && JSON.stringify(target) !== JSON.stringify(value);
  });

async function utter(drive: Drive, { text, audio, seat }: SceneTurn): Promise<ConversationTurn> {
  if (audio === undefined) return drive.say(text ?? '', seat);
  const listening = drive.listen(seat);
  for (const frame of await framesOf(readWav(readFileSync(audio)))) listening.push(frame);
  listening.end();
  const turn = await listening.turn;
  if (!turn) throw new Error(`${audio} was not listened to`);
  return turn;
}

function observationOf(turn: ConversationTurn): Observation {
  return {
    ...(turn.source === 'speech' && { heard: turn.heard }),
    ...observed(turn),
    outcomes: turn.outcomes.map(outcomeOf),
    reply: turn.reply,
  };
}

const outcomeOf = (outcome: Outcome) => ({
  intent: outcome.command.intent,
  status: outcome.status,
  ...('decision' in outcome && { rule: outcome.decision.rule }),
});

/** Of an actuator what it was told, of anything else what it is. */
export function stateOf(drive: Drive, watch: readonly string[]): Record<string, SignalValue> {
  return Object.fromEntries(
    watch.map((path) => {
      const { value, target = value } = drive.vehicle.read(path);
      return [path, target];
    }),
  );
}

/** What a model is, by the bytes of all its files; of one behind an address, by the address. */
export function modelDigest(model: string | undefined): string {
  const spec = model ?? packageFile('assistant/model');
  const hash = createHash('sha256');
  if (!existsSync(spec)) hash.update(spec);
  else {
    for (const file of modelFiles(spec)) hash.update(file).update(readFileSync(join(spec, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Files that decide about answers; cards and reports beside them do not. */
export const modelFiles = (directory: string): readonly string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(onnx|onnx_data|json|txt|model|yaml)$/.test(file) && !file.endsWith('flips.json'))
    .filter((file) => statSync(join(directory, file)).isFile())
    .sort();
