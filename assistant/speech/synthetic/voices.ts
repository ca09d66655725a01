import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { joined, createResampler } from '../resample.ts';
import { readWav } from '../wav.ts';

/** Somebody who reads a text aloud: a voice of espeak-ng or flite, and how it speaks. */
export const voiceSchema = z.discriminatedUnion('engine', [
  z.strictObject({
    engine: z.literal('espeak-ng'),
    voice: z.string().describe('One of `espeak-ng --voices`, with a variant if wanted: en-us+f3.'),
    speed: z.number().min(80).max(450).default(175).describe('Words a minute.'),
    pitch: z.number().min(0).max(99).default(50),
  }),
  z.strictObject({
    engine: z.literal('flite'),
    voice: z.string().describe('One of `flite -lv`.'),
    stretch: z.number().min(0.5).max(2).default(1).describe('Longer sounds: slower speech.'),
    pitch: z.number().min(50).max(400).optional().describe('Mean fundamental frequency, Hz.'),
  }),
]);
export type Voice = z.infer<typeof voiceSchema>;

/**
 * Reads a text aloud.
 * @returns mono samples at `SAMPLE_RATE`
 * @throws Error that says what to install when the synthesiser is missing, or what it complained about
 */
export async function readAloud(text: string, voice: Voice): Promise<Float32Array> {
  const folder = mkdtempSync(join(tmpdir(), 'drivetalk-voice-'));
  const file = join(folder, 'voice.wav');
  try {
    run(voice.engine, argumentsOf(text, voice, file));
    const { samples, rate } = readWav(readFileSync(file));
    const resampler = await createResampler(rate);
    return joined([resampler.push(samples), resampler.flush()]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function argumentsOf(text: string, voice: Voice, file: string): string[] {
  if (voice.engine === 'espeak-ng')
    return ['-v', voice.voice, '-s', `${voice.speed}`, '-p', `${voice.pitch}`, '-w', file, text];
  const pitch = voice.pitch === undefined ? [] : ['--setf', `int_f0_target_mean=${voice.pitch}`];
  return [
    '-voice',
    voice.voice,
    '--setf',
    `duration_stretch=${voice.stretch}`,
    ...pitch,
    '-t',
    text,
    '-o',
    file,
  ];
}

function run(engine: Voice['engine'], args: readonly string[]): void {
  try {
    execFileSync(engine, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Error(`${engine} is missing. Install it (Debian: sudo apt-get install ${engine}).`, {
        cause: error,
      });
    throw error;
  }
}
