import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { resample } from '../resample.ts';
import { SpeechError } from '../transcriber.ts';
import { readWav } from '../wav.ts';
import { fileNameOf } from './file-name.ts';

const optional = z.boolean().default(false).describe('Left out where it is not installed.');

/** Somebody who reads a text aloud: a voice of espeak-ng, flite or festival, and how it speaks; or who has read it already. */
export const voiceSchema = z.discriminatedUnion('engine', [
  z.strictObject({
    engine: z.literal('espeak-ng'),
    voice: z.string().describe('One of `espeak-ng --voices`, with a variant if wanted: en-us+f3.'),
    speed: z.number().min(80).max(450).default(175).describe('Words a minute.'),
    pitch: z.number().min(0).max(99).default(50),
    optional,
  }),
  z.strictObject({
    engine: z.literal('flite'),
    voice: z.string().describe('One of `flite -lv`.'),
    stretch: z.number().min(0.5).max(2).default(1).describe('Longer sounds: slower speech.'),
    pitch: z.number().min(50).max(400).optional().describe('Mean fundamental frequency, Hz.'),
    optional,
  }),
  z.strictObject({
    engine: z.literal('festival'),
    voice: z
      .string()
      .regex(/^\w+$/)
      .describe('One of `(voice.list)` in festival, such as cmu_us_slt_arctic_hts.'),
    optional,
  }),
  z.strictObject({
    engine: z.literal('recordings'),
    folder: z
      .string()
      .describe('A WAV file for each text, named by its words (turn-it-up.wav), in a quiet room.'),
    optional,
  }),
]);
export type Voice = z.infer<typeof voiceSchema>;
type Synthesiser = Exclude<Voice, { engine: 'recordings' }>;

/** Debian's package of an engine; festival's voices have packages of their own. */
const PACKAGES: Readonly<Record<Synthesiser['engine'], string>> = {
  'espeak-ng': 'espeak-ng',
  flite: 'flite',
  festival: 'festival festvox-us-slt-hts',
};

/**
 * Reads texts aloud.
 * @returns mono samples at `SAMPLE_RATE`, one sound for each text
 * @throws SpeechError `engine-missing` that says what to install when the synthesiser or its voice is not there,
 *   `engine-failed` with its complaint; for recordings `engine-missing` that names the one that is not there, and
 *   `not-audio`
 */
export async function readAloud(texts: readonly string[], voice: Voice): Promise<readonly Float32Array[]> {
  if (voice.engine !== 'recordings') return synthesised(texts, voice);
  const sounds: Float32Array[] = [];
  for (const text of texts) {
    const file = join(voice.folder, `${fileNameOf(text)}.wav`);
    if (!existsSync(file))
      throw new SpeechError('engine-missing', `There is no ${file}: record “${text}” in it.`);
    sounds.push(await soundIn(file));
  }
  return sounds;
}

async function soundIn(file: string): Promise<Float32Array> {
  const { samples, rate } = readWav(readFileSync(file));
  return resample(samples, rate);
}

async function synthesised(texts: readonly string[], voice: Synthesiser): Promise<readonly Float32Array[]> {
  const folder = mkdtempSync(join(tmpdir(), 'drivetalk-voice-'));
  const files = texts.map((_, index) => join(folder, `${index}.wav`));
  try {
    speak(texts, files, voice);
    const sounds: Float32Array[] = [];
    for (const file of files) {
      if (!existsSync(file)) throw missing(voice, `${voice.engine} has no voice "${voice.voice}".`);
      sounds.push(await soundIn(file));
    }
    return sounds;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Speaks into the files; into none of them when it lacks the voice. */
function speak(texts: readonly string[], files: readonly string[], voice: Synthesiser): void {
  // Festival takes longer to start than to speak: it gets all of the texts at once.
  if (voice.engine === 'festival') {
    run('festival', ['--pipe'], lispOf(texts, files, voice.voice));
    return;
  }
  // Flite would speak in another voice, and say nothing of it.
  if (voice.engine === 'flite' && !run('flite', ['-lv']).split(/\s+/).includes(voice.voice)) return;
  for (const [index, text] of texts.entries()) {
    const manner = mannerOf(voice, files[index] ?? '');
    // By its input: a text that begins with "-" would be an option.
    if (voice.engine === 'espeak-ng') run('espeak-ng', [...manner, '--stdin'], text);
    else run('flite', [...manner, '-t', text]);
  }
}

function mannerOf(voice: Exclude<Synthesiser, { engine: 'festival' }>, file: string): string[] {
  if (voice.engine === 'espeak-ng')
    return ['-v', voice.voice, '-s', `${voice.speed}`, '-p', `${voice.pitch}`, '-w', file];
  const pitch = voice.pitch === undefined ? [] : ['--setf', `int_f0_target_mean=${voice.pitch}`];
  return ['-voice', voice.voice, '--setf', `duration_stretch=${voice.stretch}`, ...pitch, '-o', file];
}

/** As flite, festival would take another voice for one that it lacks. */
function lispOf(texts: readonly string[], files: readonly string[], voice: string): string {
  const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;
  const said = texts.map(
    (text, index) =>
      `(utt.save.wave (utt.synth (Utterance Text ${quoted(text)})) ${quoted(files[index] ?? '')} 'riff)`,
  );
  return `(if (member '${voice} (voice.list)) (begin (voice_${voice}) ${said.join('\n')}))`;
}

/** @returns what it prints */
function run(engine: Synthesiser['engine'], args: readonly string[], input = ''): string {
  try {
    return execFileSync(engine, args, { input, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ('code' in error && error.code === 'ENOENT') throw missing({ engine }, `${engine} is missing.`, error);
    // What it says itself, without the command line around it.
    const said = 'stderr' in error ? String(error.stderr).trim() : error.message;
    if (/voice does not exist/.test(said)) return '';
    throw new SpeechError('engine-failed', `${engine} failed: ${said}`, { cause: error });
  }
}

const missing = ({ engine }: Pick<Synthesiser, 'engine'>, what: string, cause?: Error) =>
  new SpeechError(
    'engine-missing',
    `${what} Install it (Debian: sudo apt-get install ${PACKAGES[engine]}).`,
    cause ? { cause } : {},
  );
