import { openDrive } from '../open-drive.ts';
import { carryOut } from './carry-out.ts';
import { UsageError } from './exit.ts';
import type { SayOptions } from './main.ts';
import { describe, exitStatus } from './report.ts';

/** Longer is no utterance; the page refuses it too. */
const MAX_TEXT = 2_000;

/** `drivetalk say`. @returns the exit status */
export async function say(text: string, { seat, speed, json, model }: SayOptions): Promise<number> {
  if (text.length > MAX_TEXT) throw new UsageError(`The text has ${text.length} characters; at most ${MAX_TEXT} can be said at once.`);
  const drive = await openDrive({ speed, ...(model !== undefined && { model }) });
  try {
    const report = await carryOut(drive, () => drive.say(text, seat));
    console.log(json ? JSON.stringify(report) : describe(report));
    return exitStatus(report);
  } finally {
    await drive.close();
  }
}
