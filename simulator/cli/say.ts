import { openRecordedDrive } from '../scenario/record-file.ts';
import { sayAloud } from './aloud.ts';
import { carryOut } from './carry-out.ts';
import type { SayOptions } from './main.ts';
import { assistantOf } from './assistant-parts.ts';
import { partsOf } from './parts.ts';
import { describe, exitStatus } from './report.ts';

/** `drivetalk say`. @returns the exit status */
export async function say(
  text: string,
  { seat, speed, json, record, aloud, wav, ...parts }: SayOptions,
): Promise<number> {
  const { drive, close } = await openRecordedDrive(
    { speed, ...partsOf(parts), ...assistantOf(parts) },
    { record },
  );
  try {
    const report = await carryOut(drive, () => drive.say(text, seat));
    console.log(json ? JSON.stringify(report) : describe(report));
    if (aloud || wav !== undefined) await sayAloud(report.reply, { aloud, wav });
    return exitStatus(report);
  } finally {
    await close();
  }
}
