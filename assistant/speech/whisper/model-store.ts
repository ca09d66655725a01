import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ModelError } from './model-error.ts';
import { modelEntrySchema, type ModelEntry } from './model-registry.ts';

/** A model on this machine. */
export interface InstalledModel {
  readonly entry: ModelEntry;
  /** Absolute path of its weights. */
  readonly file: string;
}

/** Where models are kept inside of the user's data folder. */
const modelsIn = (data: string) => join(data, 'models');
/** Says what the weights beside it are; written last, so that a model with it is whole. */
const LABEL = '.json';

export const weightsOf = (data: string, { name }: ModelEntry): string => join(modelsIn(data), `${name}.bin`);

/** @param data the user's data folder @returns in the order of their names; empty where there are none */
export function installedModels(data: string): readonly InstalledModel[] {
  const folder = modelsIn(data);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(LABEL))
    .sort()
    .flatMap((label) => {
      const entry = labelOf(join(folder, label));
      if (!entry) return [];
      const file = weightsOf(data, entry);
      return existsSync(file) ? [{ entry, file }] : [];
    });
}

/** @throws ModelError `not-installed` */
export function installedModel(data: string, name: string): InstalledModel {
  const found = installedModels(data).find(({ entry }) => entry.name === name);
  if (found) return found;
  throw new ModelError(
    'not-installed',
    `The model "${name}" is not on this machine. Get it once: npx drivetalk models pull ${name}`,
  );
}

/** Makes a model known whose weights have arrived. */
export async function labelModel(data: string, entry: ModelEntry): Promise<InstalledModel> {
  const label = join(modelsIn(data), `${entry.name}${LABEL}`);
  await mkdir(modelsIn(data), { recursive: true });
  await writeFile(`${label}.new`, `${JSON.stringify(entry, null, 2)}\n`);
  await rename(`${label}.new`, label);
  return { entry, file: weightsOf(data, entry) };
}

/** Deletes a model, also one that came only in part. @returns bytes that are free again @throws ModelError `not-installed` */
export async function removeModel(data: string, name: string): Promise<number> {
  const file = join(modelsIn(data), name);
  const paths = [`${file}.bin`, `${file}.bin.part`, `${file}${LABEL}`].filter((path) => existsSync(path));
  if (!/^[\w.-]+$/.test(name) || paths.length === 0) {
    throw new ModelError(
      'not-installed',
      `There is no model "${name}" to remove. See: npx drivetalk models list`,
    );
  }
  const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
  await Promise.all(paths.map((path) => rm(path)));
  return bytes;
}

/**
 * Checks that the weights are those that were published.
 * @throws ModelError `wrong-checksum`
 */
export async function verifyModel({ entry, file }: InstalledModel): Promise<void> {
  const hash = createHash('sha256');
  if (statSync(file).size === entry.size) {
    await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
    if (hash.digest('hex') === entry.sha256) return;
  }
  throw new ModelError(
    'wrong-checksum',
    `The weights of "${entry.name}" have changed on the disk. Get them again: npx drivetalk models remove ${entry.name} && npx drivetalk models pull ${entry.name}`,
  );
}

function labelOf(path: string): ModelEntry | undefined {
  try {
    return modelEntrySchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    // A label that cannot be read labels nothing: the model can be pulled again.
    return undefined;
  }
}
