import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWav } from '../../assistant/speech/synthetic/write-wav.ts';
import { readWav } from '../../assistant/speech/wav.ts';
import { requireTool } from './tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'drivetalk-speech-'));
let count = 0;

/** A WAV file in which Debian's espeak-ng, with its default voice, says the text. */
export function speakWithEspeak(text: string, ...options: string[]): string {
  const file = join(folder, `espeak-${++count}.wav`);
  execFileSync(requireTool('espeak-ng'), ['-w', file, ...options, text]);
  return file;
}

/** The same after so many milliseconds of silence: as somebody does who presses a button first. */
export function speakAfter(pause: number, text: string): string {
  const file = speakWithEspeak(text);
  const { samples, rate } = readWav(readFileSync(file));
  const begins = Math.round((pause / 1_000) * rate);
  const later = new Float32Array(begins + samples.length);
  later.set(samples, begins);
  writeFileSync(file, writeWav({ samples: later, rate }));
  return file;
}

/** A WAV file in which flite says the text. @param voice one of `flite -lv` */
export function speakWithFlite(text: string, voice = 'slt'): string {
  const file = join(folder, `flite-${++count}.wav`);
  execFileSync(requireTool('flite'), ['-voice', voice, '-t', text, '-o', file]);
  return file;
}
