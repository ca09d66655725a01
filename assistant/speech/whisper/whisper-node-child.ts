/**
 * One call of whisper-node in a process of its own: importing it changes the working directory, may run make, and may
 * end the process. Takes the package's folder and the paths of model and sound; answers once by message.
 */
import { createRequire } from 'node:module';
import { z } from 'zod';
import { linesSchema, type Answer } from './whisper-node-answer.ts';

const packageSchema = z.object({
  whisper: z.custom<(file: string, options: object) => Promise<unknown>>(
    (value) => typeof value === 'function',
  ),
});

async function call(): Promise<Answer> {
  const [folder = '', model, sound = ''] = process.argv.slice(2);
  const { whisper } = packageSchema.parse(createRequire(import.meta.url)(folder));
  const before = performance.now();
  // Without `word_timestamps` the package drops the first sentence, which of a command is the only one.
  const lines = await whisper(sound, {
    modelPath: model,
    whisperOptions: { word_timestamps: true, gen_file_txt: true },
  });
  const ms = performance.now() - before;
  const read = linesSchema.safeParse(lines);
  return read.success
    ? { type: 'heard', lines: read.data, ms }
    : { type: 'failed', message: 'its program main failed' };
}

call().then(
  (answer) => process.send?.(answer, () => process.exit()),
  (error: unknown) => process.send?.({ type: 'failed', message: String(error) }, () => process.exit()),
);
