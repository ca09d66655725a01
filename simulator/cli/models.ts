import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { download, type Fetch } from '../../assistant/speech/whisper/download.ts';
import { findModel, readRegistry, type ModelEntry } from '../../assistant/speech/whisper/model-registry.ts';
import {
  installedModels,
  labelModel,
  removeModel,
  verifyModel,
  weightsOf,
} from '../../assistant/speech/whisper/model-store.ts';
import { buildPrograms } from '../../assistant/speech/whisper/whisper-programs.ts';
import { userDataFolder } from '../user-data.ts';
import { UsageError } from './exit.ts';
import { progressBar } from './progress.ts';
import { modelList, programSources } from './whisper-files.ts';

export interface ModelsOptions {
  /** Another list of models than the shipped one. */
  readonly registry?: string;
  readonly json?: boolean;
}

export interface PullOptions extends ModelsOptions {
  /** Address under which the same files lie. */
  readonly mirror?: string;
  readonly proxy?: string;
}

/** A server that says nothing for so long has gone, in milliseconds. */
const SILENCE = 30_000;
const MEGA = 1_000_000;

const known = ({ registry }: ModelsOptions): readonly ModelEntry[] => readRegistry(registry ?? modelList());

/** `drivetalk models list`: what can be had, and what is here. */
export function listModels(options: ModelsOptions): void {
  const data = userDataFolder();
  const here = new Map(installedModels(data).map(({ entry, file }) => [entry.name, { entry, file }]));
  const entries = [...known(options)];
  for (const { entry } of here.values()) {
    if (!entries.some(({ name }) => name === entry.name)) entries.push(entry);
  }
  const rows = entries.map((entry) => ({ ...entry, file: here.get(entry.name)?.file ?? null }));
  if (options.json) {
    console.log(JSON.stringify(rows));
    return;
  }
  for (const { name, size, licence, about, file } of rows) {
    const bytes = `${Math.ceil(size / MEGA)} MB`.padStart(8);
    console.log(`${file === null ? ' ' : '✓'} ${name.padEnd(20)}${bytes}  ${licence}  ${about}`);
  }
  console.log(
    here.size === 0
      ? '\nNone is here. Get one: npx drivetalk models pull whisper-base.en'
      : `\n✓ is here, in ${join(data, 'models')}`,
  );
}

/**
 * `drivetalk models pull`: brings a model and builds the programs that hear with it; what is there already is checked.
 * @throws ModelError | ConfigError | UsageError
 */
export async function pullModel(name: string, options: PullOptions): Promise<void> {
  const entry = findModel(known(options), name);
  const url = addressOf(entry, options.mirror ?? process.env['DRIVETALK_MODELS_MIRROR']);
  const data = userDataFolder();
  const file = weightsOf(data, entry);
  if (existsSync(file)) await verifyModel({ entry, file });
  else await bring(entry, url, file, options.proxy);
  await labelModel(data, entry);
  await buildPrograms({ data, sources: programSources(), progress: progressBar('building') });
  console.log(
    options.json
      ? JSON.stringify({ name, file })
      : `${name} is in ${file}. Speech in doubt is heard by Whisper now; always: --transcriber whisper.`,
  );
}

/** `drivetalk models remove`. @throws ModelError `not-installed` */
export async function removeModels(names: readonly string[]): Promise<void> {
  const data = userDataFolder();
  for (const name of names) {
    const bytes = await removeModel(data, name);
    console.log(`${name} is removed: ${Math.ceil(bytes / MEGA)} MB are free again.`);
  }
  // Without a model the programs that were built are of no use.
  if (installedModels(data).length === 0) await rm(join(data, 'whisper'), { recursive: true, force: true });
}

async function bring(entry: ModelEntry, url: string, file: string, proxy: string | undefined): Promise<void> {
  // The usual variables (https_proxy, no_proxy …) hold where no proxy is named.
  const dispatcher = new EnvHttpProxyAgent({
    ...(proxy !== undefined && { httpProxy: proxy, httpsProxy: proxy }),
    headersTimeout: SILENCE,
    bodyTimeout: SILENCE,
    connect: { timeout: SILENCE },
  });
  const bar = progressBar(`${entry.name}, MB`);
  let told = 0;
  const progress = (done: number, total: number) => {
    const megabytes = Math.ceil(done / MEGA);
    if (megabytes > told) bar(megabytes, Math.ceil(total / MEGA));
    told = megabytes;
  };
  const request: Fetch = (address, init) => fetch(address, { ...init, dispatcher });
  try {
    await download({ entry, url, file, fetch: request, progress });
  } finally {
    await dispatcher.destroy();
  }
}

/** @throws UsageError when the mirror is no address */
function addressOf({ url, file }: ModelEntry, mirror: string | undefined): string {
  if (mirror === undefined || mirror === '') return url;
  const folder = mirror.endsWith('/') ? mirror : `${mirror}/`;
  if (URL.canParse(folder) && /^https?:/.test(folder)) return new URL(file, folder).href;
  throw new UsageError(
    `"${mirror}" is no address of a mirror. Such as: --mirror https://models.example.com/whisper`,
  );
}
