import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { framesOf } from '../../assistant/speech/frames.ts';
import { SpeechError } from '../../assistant/speech/transcriber.ts';
import { readWav } from '../../assistant/speech/wav.ts';
import type { Seat } from '../../vehicle/command.ts';
import type { Drive } from '../drive.ts';
import { openRecordedDrive } from '../scenario/record-file.ts';
import type { ConversationTurn } from '../server/protocol.ts';
import { carryOut } from './carry-out.ts';
import { EXIT, explainFailure } from './exit.ts';
import type { ListenOptions } from './main.ts';
import { assistantOf } from './assistant-parts.ts';
import { hearingOf } from './hearing.ts';
import { partsOf } from './parts.ts';
import { describe, exitStatus } from './report.ts';

/** A minute of 96 kHz stereo float with room to spare; larger is not a command. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/**
 * `drivetalk listen`: one car hears the files in turn. A file that cannot be heard costs one line; the next is heard all the same.
 * @returns the highest exit status of all files
 */
export async function listen(
  files: readonly string[],
  { seat, speed, json, textOnly, record, recordAudio, ...parts }: ListenOptions,
): Promise<number> {
  const { drive, close } = await openRecordedDrive(
    { speed, ...partsOf(parts), ...assistantOf(parts), ...hearingOf(parts) },
    { record, recordAudio },
  );
  let worst: number = EXIT.done;
  try {
    for (const file of files) {
      try {
        const utter = await speak(drive, file, seat);
        if (textOnly) {
          const { heard: text, words } = await utter();
          console.log(json ? JSON.stringify({ file: basename(file), text, words }) : text);
        } else {
          const report = await carryOut(drive, utter);
          worst = Math.max(worst, exitStatus(report));
          console.log(json ? JSON.stringify({ file: basename(file), ...report }) : describe(report));
        }
      } catch (error) {
        const { line, status } = explainFailure(error);
        console.error(`drivetalk: ${file}: ${line}`);
        worst = Math.max(worst, status);
      }
    }
  } finally {
    await close();
  }
  return worst;
}

/** Reads the file; the result plays it to the car. */
async function speak(drive: Drive, file: string, seat: Seat): Promise<() => Promise<ConversationTurn>> {
  const { size } = await stat(file);
  if (size > MAX_FILE_BYTES)
    throw new SpeechError(
      'audio-too-long',
      'The file is larger than a minute of speech can be. Cut it to the command.',
    );
  const frames = await framesOf(readWav(await readFile(file)));
  return async () => {
    const listening = drive.listen(seat);
    for (const frame of frames) listening.push(frame);
    listening.end();
    const turn = await listening.turn;
    if (!turn) throw new SpeechError('engine-failed', 'The transcriber ended without an answer.');
    return turn;
  };
}
