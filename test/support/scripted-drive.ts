import { openOntology } from '../../assistant/understanding/open-phrase-book.ts';
import { createScriptedInterpreter } from '../../assistant/understanding/scripted-interpreter.ts';
import type { Interpreter } from '../../assistant/understanding/interpreter.ts';
import type { Slots } from '../../vehicle/command.ts';
import type { Intent } from '../../vehicle/ontology.generated.ts';
import { openDrive, readParts, type CarParts, type DriveOptions } from '../../simulator/open-drive.ts';
import type { Drive } from '../../simulator/drive.ts';
import { digestsOf } from '../../simulator/scenario/identity.ts';
import { FORMAT, Recorder, type RecordingHeader } from '../../simulator/scenario/recording.ts';
import { replay, type Replayed } from '../../simulator/scenario/replay.ts';

const slot = (value: string | number, unit?: string) => ({
  text: String(value),
  value,
  ...(unit !== undefined && { unit }),
});
const LINES: Readonly<Record<string, readonly [intent: Intent, slots?: Slots]>> = {
  'make it warm': ['climate.temperature.set', { temperature: slot(24, 'celsius') }],
  'open my window': ['window.open', { zone: slot('speaker') }],
  'close my window': ['window.close', { zone: slot('speaker') }],
  'take me home': ['navigation.route.start', { destination: slot('home') }],
  'open the trunk': ['trunk.open'],
  'how far can we go': ['energy.range.query'],
  'play something': ['media.playback.start'],
  'get me ready for the beach': ['question.query'],
  'who was napoleon': ['question.query'],
};

/** Knows a few lines by heart, so that drives in tests need no model. */
export function fewWords(): Interpreter {
  const script = Object.fromEntries(
    Object.entries(LINES).map(([text, [intent, slots = {}]]) => [
      text,
      { commands: [{ intent, slots, confidence: 0.98765, span: [0, text.length] as const }] },
    ]),
  );
  return createScriptedInterpreter(openOntology(), script);
}

const START = Date.parse('2026-11-20T06:40:00Z');
const BEGINNING = { start: START, utcOffset: 60, seed: 5 };

let parts: CarParts | undefined;
export const openTestDrive = (options: DriveOptions = {}): Promise<Drive> =>
  openDrive({ ...BEGINNING, parts: (parts ??= readParts()), interpreter: fewWords(), ...options });

/** A drive that is recorded to memory while `live` drives it. */
export async function recordDrive(
  live: (drive: Drive) => Promise<void>,
  { sound = false, ...options }: DriveOptions & { sound?: boolean } = {},
): Promise<readonly string[]> {
  const header: RecordingHeader = {
    recording: FORMAT,
    drivetalk: '0.0.0',
    start: new Date(START).toISOString(),
    utcOffset: 60,
    seed: 5,
    speed: 0,
    ...(options.largerModel && { handsOver: true }),
    digests: digestsOf({}),
  };
  const drive = await openTestDrive(options);
  const lines: string[] = [];
  const recorder = new Recorder({ drive, header, sound, write: (line) => lines.push(line) });
  await live(drive);
  await drive.close();
  recorder.close();
  return lines;
}

// eslint-disable-next-line @typescript-eslint/require-await -- a recording is read as it comes from a file
export async function* linesOf(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

export async function replayLines(
  lines: readonly string[],
  options: DriveOptions & { until?: number } = {},
): Promise<Replayed> {
  const { until, ...others } = options;
  const result = await replay(linesOf(lines), {
    until,
    open: (_, parts) => openTestDrive({ ...parts, ...others }),
  });
  await result.drive.close();
  return result;
}
