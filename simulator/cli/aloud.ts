import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FliteVoice } from '../../assistant/speech/synthesis/flite.ts';
import { SynthesisError } from '../../assistant/speech/synthesis/synthesizer.ts';
import { writeWav } from '../../assistant/speech/synthetic/write-wav.ts';

/** Programs that play a WAV file, of the systems that bring one. */
const PLAYERS: readonly (readonly [program: string, ...options: string[]])[] = [
  ['pw-play'],
  ['paplay'],
  ['aplay', '-q'],
  ['afplay'],
  ['play', '-q'],
  ['ffplay', '-nodisp', '-autoexit', '-loglevel', 'quiet'],
];

/**
 * Says a reply through this machine's loudspeaker, into a WAV file, or both.
 * @throws SynthesisError
 */
export async function sayAloud(
  reply: string,
  { aloud, wav }: { readonly aloud: boolean | undefined; readonly wav: string | undefined },
): Promise<void> {
  const voice = new FliteVoice();
  try {
    const sound = writeWav(await voice.say(reply));
    if (wav !== undefined) writeFileSync(wav, sound);
    if (aloud) play(sound);
  } finally {
    await voice.close();
  }
}

function play(sound: Uint8Array): void {
  const folder = mkdtempSync(join(tmpdir(), 'drivetalk-aloud-'));
  try {
    const file = join(folder, 'reply.wav');
    writeFileSync(file, sound);
    const played = PLAYERS.some(([program, ...options]) => {
      const { status } = spawnSync(program, [...options, file], { stdio: 'ignore' });
      return status === 0;
    });
    if (!played)
      throw new SynthesisError(
        'no-player',
        `No program here can play sound (${PLAYERS.map(([program]) => program).join(', ')}). Install one, or write it: --wav reply.wav`,
      );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
