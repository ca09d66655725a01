import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireTool } from './tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'drivetalk-speech-'));
let count = 0;

/** A WAV file in which Debian's espeak-ng, with its default voice, says the text. */
export function speakWithEspeak(text: string, ...options: string[]): string {
  const file = join(folder, `espeak-${++count}.wav`);
  execFileSync(requireTool('espeak-ng'), ['-w', file, ...options, text]);
  return file;
}

/** A WAV file in which flite says the text. @param voice one of `flite -lv` */
export function speakWithFlite(text: string, voice = 'slt'): string {
  const file = join(folder, `flite-${++count}.wav`);
  execFileSync(requireTool('flite'), ['-voice', voice, '-t', text, '-o', file]);
  return file;
}
