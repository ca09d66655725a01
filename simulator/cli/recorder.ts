import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { samplesOfRaw } from '../../assistant/speech/raw-audio.ts';
import { SAMPLE_RATE, SpeechError, type AudioFrame } from '../../assistant/speech/transcriber.ts';

/** Programs that record, the first of which that is there is taken; each writes bare 16-bit samples. */
const RECORDERS: readonly (readonly [program: string, ...args: string[]])[] = [
  ['arecord', '-q', '-t', 'raw', '-f', 'S16_LE', '-c', '1', '-r', `${SAMPLE_RATE}`],
  ['sox', '-q', '-d', '-t', 'raw', '-e', 'signed', '-b', '16', '-L', '-c', '1', '-r', `${SAMPLE_RATE}`, '-'],
];

/** This machine's microphone. */
export interface Recorder {
  /** Until `stop`; to be read once. @throws SpeechError when the program cannot record, or stops by itself */
  readonly frames: AsyncIterable<AudioFrame>;
  stop(): void;
}

/**
 * Starts to record; the first sound is there when the promise resolves.
 * @throws SpeechError `engine-missing` that says what to install, `engine-failed` with the program's complaint
 */
export async function openRecorder(): Promise<Recorder> {
  for (const [program, ...args] of RECORDERS) {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    try {
      await once(child, 'spawn');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') continue;
      throw error;
    }
    return recorderOf(program, child);
  }
  throw new SpeechError(
    'engine-missing',
    'Nothing on this machine records: install arecord (Debian: sudo apt-get install alsa-utils) or sox, or pipe sound in: listen -',
  );
}

async function recorderOf(
  program: string,
  child: ChildProcessByStdio<null, Readable, Readable>,
): Promise<Recorder> {
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(-500);
  });
  const closed = once(child, 'close');
  const ended = async () => {
    await closed;
    // The last line says what came of the ones before.
    const why = complaint.trim().split('\n').at(-1) || 'it stopped';
    return new SpeechError('engine-failed', `${program} cannot record: ${why}. Is a microphone plugged in?`);
  };
  await once(child.stdout, 'readable');
  if (child.stdout.readableLength === 0) throw await ended();

  let stopped = false;
  async function* frames() {
    let rest: Uint8Array = new Uint8Array();
    for await (const piece of child.stdout as AsyncIterable<Uint8Array>) {
      const bytes = Buffer.concat([rest, piece]);
      // A piece may end in the middle of a sample.
      const whole = bytes.length - (bytes.length % 2);
      rest = bytes.subarray(whole);
      if (whole > 0) yield samplesOfRaw(bytes.subarray(0, whole));
    }
    if (!stopped) throw await ended();
  }
  return {
    frames: frames(),
    stop() {
      stopped = true;
      child.kill();
    },
  };
}
