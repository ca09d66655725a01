/** Recordings as files. */
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { once } from 'node:events';
import type { Drive } from '../drive.ts';
import { newSeed, openDrive, utcOffsetHere, type DriveOptions } from '../open-drive.ts';
import { drivetalkVersion } from '../version.ts';
import { digestsOf } from './identity.ts';
import { RecordingError } from './errors.ts';
import { FORMAT, Recorder, type RecordingHeader } from './recording.ts';

export interface RecordOptions {
  /** File to write; it must not exist. Nothing is recorded without. */
  readonly record?: string | undefined;
  /** Keep what people say as sound, too. */
  readonly recordAudio?: boolean | undefined;
}

export interface RecordedDrive {
  readonly drive: Drive;
  /** Closes the drive and, after its last turn, the recording. */
  readonly close: () => Promise<void>;
}

/**
 * A drive, and its recording if one is wanted.
 * @throws UnderstandingError when the language model cannot be used, Error when the file cannot be written
 */
export async function openRecordedDrive(
  options: DriveOptions,
  { record, recordAudio = false }: RecordOptions,
): Promise<RecordedDrive> {
  if (record === undefined) {
    const drive = await openDrive(options);
    return { drive, close: () => drive.close() };
  }
  const { speed = 0, start = Date.now(), utcOffset = utcOffsetHere(), seed = newSeed() } = options;
  const header: RecordingHeader = {
    recording: FORMAT,
    drivetalk: drivetalkVersion(),
    start: new Date(start).toISOString(),
    utcOffset,
    seed,
    speed,
    ...(options.profiles && { profiles: options.profiles.load() }),
    ...(options.largerModel && { handsOver: true as const }),
    digests: digestsOf(options),
  };
  const file = createWriteStream(record, { flags: 'wx' });
  try {
    await once(file, 'open');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new RecordingError(
      'file-exists',
      'The file to record to exists already. Choose another, or remove it.',
      { cause: error },
    );
  }
  const drive = await openDrive({ ...options, start, utcOffset, seed });
  const recorder = new Recorder({
    drive,
    header,
    sound: recordAudio,
    write: (line) => {
      file.write(`${line}\n`);
    },
  });
  return {
    drive,
    async close() {
      await drive.close();
      recorder.close();
      file.end();
      await once(file, 'close');
    },
  };
}

/** The lines of a recording. @throws Error when the file cannot be read */
export async function* readLines(path: string): AsyncGenerator<string> {
  const file = await open(path);
  try {
    yield* file.readLines();
  } finally {
    await file.close();
  }
}
