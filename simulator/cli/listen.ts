import { framesOf } from '../../assistant/speech/frames.ts';
import { SpeechError } from '../../assistant/speech/transcriber.ts';
import { assertLength } from '../../assistant/speech/wav.ts';
import type { Seat } from '../../vehicle/command.ts';
import type { Drive } from '../drive.ts';
import { openRecordedDrive } from '../scenario/record-file.ts';
import type { ConversationTurn } from '../server/protocol.ts';
import { assistantOf } from './assistant-parts.ts';
import { hearingOf } from './hearing.ts';
import { carryOut } from './carry-out.ts';
import { EXIT, explainFailure } from './exit.ts';
import type { ListenOptions } from './listen-command.ts';
import { partsOf } from './parts.ts';
import { describe, exitStatus } from './report.ts';
import { soundsOf, type NamedSound } from './sounds.ts';

/**
 * `drivetalk listen`: one car hears the sounds in turn. One that cannot be heard costs one line; the next is heard all the same.
 * @param paths WAV files, folders of them, `-` for standard input
 * @returns the highest exit status of all sounds
 */
export async function listen(
  paths: readonly string[],
  { seat, speed, json, textOnly, raw, record, recordAudio, ...parts }: ListenOptions,
): Promise<number> {
  const sounds = soundsOf(paths, raw, process.stdin);
  const { drive, close } = await openRecordedDrive(
    { speed, ...partsOf(parts), ...assistantOf(parts), ...hearingOf(parts) },
    { record, recordAudio },
  );
  let worst: number = EXIT.done;
  try {
    for (const sound of sounds) {
      try {
        const utter = await speak(drive, sound, seat);
        if (textOnly) {
          const { heard: text, words } = await utter();
          console.log(json ? JSON.stringify({ file: sound.name, text, words }) : text);
        } else {
          const report = await carryOut(drive, utter);
          worst = Math.max(worst, exitStatus(report));
          console.log(json ? JSON.stringify({ file: sound.name, ...report }) : describe(report));
        }
      } catch (error) {
        const { line, status } = explainFailure(error);
        console.error(`drivetalk: ${sound.name}: ${line}`);
        worst = Math.max(worst, status);
      }
    }
  } finally {
    await close();
  }
  return worst;
}

/** Reads the sound; the result plays it to the car. */
async function speak(drive: Drive, sound: NamedSound, seat: Seat): Promise<() => Promise<ConversationTurn>> {
  const heard = await sound.read();
  assertLength(heard.samples.length, heard.rate);
  const frames = await framesOf(heard);
  return async () => {
    const listening = drive.listen(seat);
    for (const frame of frames) listening.push(frame);
    listening.end();
    const turn = await listening.turn;
    if (!turn) throw new SpeechError('engine-failed', 'The transcriber ended without an answer.');
    return turn;
  };
}
