import type { TurnOptions } from '../../assistant/speech/turn-taking/turn-options.ts';
import type { Drive } from '../drive.ts';
import { openRecordedDrive } from '../scenario/record-file.ts';
import type { ConversationTurn } from '../server/protocol.ts';
import { assistantOf } from './assistant-parts.ts';
import { watchActuators } from './carry-out.ts';
import { EXIT, explainFailure } from './exit.ts';
import { handsFreeOf } from './hands-free-options.ts';
import { hearingOf } from './hearing.ts';
import type { ListenOptions } from './listen-command.ts';
import { partsOf } from './parts.ts';
import { openRecorder, type Recorder } from './recorder.ts';
import { describe, reportOf } from './report.ts';

/** How often the car's time follows that of the clock, in milliseconds. */
const TICK = 100;

/**
 * `drivetalk listen --mic`: a car hears this machine's microphone until it is interrupted. Who speaks says the wake
 * word first, as on the page.
 * @returns the exit status
 * @throws SpeechError when nothing can be recorded
 */
export async function listenToMicrophone(options: ListenOptions): Promise<number> {
  const { seat, speed, json, textOnly, record, recordAudio } = options;
  const recorder = await openRecorder();
  const interrupted = () => {
    recorder.stop();
  };
  process.once('SIGINT', interrupted);
  try {
    const { drive, close } = await openRecordedDrive(
      { speed, ...partsOf(options), ...assistantOf(options), ...hearingOf(options) },
      { record, recordAudio },
    );
    let last = performance.now();
    const clock = setInterval(() => {
      const now = performance.now();
      drive.advance(now - last);
      last = now;
    }, TICK);
    try {
      tellTurns(drive, (turn, changes) => {
        if (textOnly)
          console.log(json ? JSON.stringify({ text: turn.heard, words: turn.words }) : turn.heard);
        else console.log(json ? JSON.stringify(reportOf(turn, changes)) : describe(reportOf(turn, changes)));
      });
      await hear(drive, seat, recorder, handsFreeOf(options));
    } finally {
      clearInterval(clock);
      await close();
    }
  } finally {
    process.off('SIGINT', interrupted);
    recorder.stop();
  }
  return EXIT.done;
}

/** Told of each finished turn, with what has changed since it began. */
function tellTurns(
  drive: Drive,
  tell: (turn: ConversationTurn, changes: ReturnType<ReturnType<typeof watchActuators>>) => void,
): void {
  const open = new Map<string, ReturnType<typeof watchActuators>>();
  drive.onTurn((turn) => {
    if (turn.source !== 'speech') return;
    const changes = open.get(turn.id) ?? watchActuators(drive);
    open.set(turn.id, changes);
    if (turn.stage === 'done') tell(turn, changes());
    if (turn.stage === 'done' || turn.stage === 'failed') open.delete(turn.id);
  });
}

async function hear(
  drive: Drive,
  seat: ListenOptions['seat'],
  recorder: Recorder,
  turns: TurnOptions,
): Promise<void> {
  let utterances = 0;
  const microphone = await drive.openMicrophone(seat, {
    ...turns,
    newId: () => `microphone-${++utterances}`,
    onState: () => undefined,
    onHush: () => undefined,
    onError: (error) => {
      console.error(`drivetalk: ${explainFailure(error).line}`);
    },
  });
  console.error(`Listening. Say "${turns.wakeWord.phrase}", and what you want; Ctrl-C ends it.`);
  try {
    for await (const frame of recorder.frames) microphone.push(frame);
  } finally {
    microphone.close();
  }
}
