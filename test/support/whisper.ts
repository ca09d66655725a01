import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  buildPrograms,
  type BuildOptions,
  type WhisperPrograms,
} from '../../assistant/speech/whisper/whisper-programs.ts';
import { packageFile } from '../../simulator/open-drive.ts';
import { tinyWhisperModel } from './tiny-whisper.ts';

/** What the small model says, whatever it hears. */
export const SAID = 'Set the temperature to twenty one degrees.';
const PIECES = [' Set', ' the', ' temper', 'ature', ' to', ' twenty', ' one', ' degrees', '.'];

/** Our part of Whisper's sources. */
export const SOURCES = packageFile('assistant/speech/whisper/program');
const FLAGS = '-D_XOPEN_SOURCE=600 -D_GNU_SOURCE -pthread -DNDEBUG -I. -I./examples';
/** Compiled in seconds instead of minutes; the small model needs no speed. */
export const QUICK = { CFLAGS: `${FLAGS} -std=c11 -O1`, CXXFLAGS: `${FLAGS} -std=c++11 -O0` };

/** Where they are kept for the next run of the tests. */
const KEPT = fileURLToPath(new URL('../../node_modules/.cache/drivetalk', import.meta.url));
let built: Promise<WhisperPrograms> | undefined;

/** What builds Whisper's programs for tests. */
export const QUICK_BUILD: BuildOptions = { data: KEPT, sources: SOURCES, variables: QUICK };

/** Whisper's programs, built once. */
export const whisperPrograms = (): Promise<WhisperPrograms> => (built ??= buildPrograms(QUICK_BUILD));

let model: string | undefined;

/** The file of the small model. */
export function smallModel(): string {
  if (model === undefined) {
    model = join(mkdtempSync(join(tmpdir(), 'drivetalk-model-')), 'small.bin');
    writeFileSync(model, tinyWhisperModel(PIECES));
  }
  return model;
}
