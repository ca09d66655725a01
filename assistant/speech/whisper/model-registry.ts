import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError, readConfig } from '../../../vehicle/config-file.ts';
import { ModelError } from './model-error.ts';

/** File names are made of these. */
const plainName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, ".", "_" and "-" only');

export const modelEntrySchema = z.strictObject({
  name: plainName,
  /** What the file is called where it comes from. */
  file: plainName,
  url: z.url({ protocol: /^https?$/ }),
  /** Bytes. */
  size: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
  licence: z.string(),
  about: z.string(),
});

/** A model that can be had, and how to know it. */
export type ModelEntry = z.infer<typeof modelEntrySchema>;

const registrySchema = z.strictObject({ models: z.array(modelEntrySchema).min(1) });

/**
 * The models that can be pulled.
 * @param file `models.yaml`, or a list of somebody's own in the same form
 * @throws ConfigError with file and line
 */
export function readRegistry(file: string): readonly ModelEntry[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError('not-readable', file, 0, 'The list of models cannot be read. Is the path right?', {
      cause: error,
    });
  }
  return readConfig(text, file, registrySchema).data.models;
}

/** @throws ModelError `unknown-model`, with the names that are known */
export function findModel(models: readonly ModelEntry[], name: string): ModelEntry {
  const found = models.find((model) => model.name === name);
  if (found) return found;
  throw new ModelError(
    'unknown-model',
    `No model is called "${name}". Known: ${models.map((model) => model.name).join(', ')}. Others come from a list of your own: --registry.`,
  );
}
