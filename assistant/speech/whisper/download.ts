import { createHash, type Hash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { mkdir, open, rename, rm, statfs, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ModelError } from './model-error.ts';
import type { ModelEntry } from './model-registry.ts';

/** What is needed of an HTTP client. */
export type Fetch = (
  url: string,
  init: { readonly headers: Record<string, string> },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}>;

export interface DownloadOptions {
  readonly entry: ModelEntry;
  /** Where from, `entry.url` or a mirror's. */
  readonly url: string;
  /** Where to. */
  readonly file: string;
  readonly fetch: Fetch;
  /** Bytes that are there, of so many. */
  readonly progress: (done: number, total: number) => void;
}

/** A connection that breaks this often in a row, without a byte in between, is given up. */
const ATTEMPTS = 3;

/**
 * Brings a model's file. What came of it before is kept beside it as `.part` and gone on with; the file appears whole
 * and checked, or not at all.
 * @throws ModelError
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { entry, file } = options;
  const part = `${file}.part`;
  await prepare(dirname(file), entry.size - sizeOf(part));
  for (let failures = 0; sizeOf(part) !== entry.size;) {
    const before = sizeOf(part);
    if (before > entry.size) await rm(part);
    try {
      await fetchRest(options, part);
    } catch (error) {
      const problem = explain(error, options);
      failures = sizeOf(part) > before ? 0 : failures + 1;
      if (!problem.recoverable || failures >= ATTEMPTS) throw problem;
    }
  }
  await check(entry, part);
  await rename(part, file);
}

async function fetchRest({ entry, url, fetch, progress }: DownloadOptions, part: string): Promise<void> {
  const before = sizeOf(part);
  const response = await fetch(url, {
    headers: { 'Accept-Encoding': 'identity', ...(before > 0 && { Range: `bytes=${before}-` }) },
  });
  if (response.status === 416) {
    // What is kept is of another file: from the beginning.
    await rm(part);
    throw new ModelError('interrupted', interruption(entry));
  }
  const at = begins(response, before);
  if (at === undefined || !response.body) throw refusal(response.status, url);
  const announced = response.headers.get('content-length');
  if (announced !== null && at + Number(announced) !== entry.size)
    throw wrongSize(at + Number(announced), entry, url);
  const output = await open(part, at === 0 ? 'w' : 'r+');
  try {
    await write(output, at, response.body, { entry, url, progress });
  } finally {
    await output.close();
  }
}

async function write(
  output: FileHandle,
  from: number,
  body: AsyncIterable<Uint8Array>,
  { entry, url, progress }: Pick<DownloadOptions, 'entry' | 'url' | 'progress'>,
): Promise<void> {
  let at = from;
  for await (const piece of body) {
    if (at + piece.length > entry.size) throw wrongSize(at + piece.length, entry, url);
    await output.write(piece, 0, piece.length, at);
    at += piece.length;
    progress(at, entry.size);
  }
  if (at < entry.size) throw new ModelError('interrupted', interruption(entry));
}

/** From which byte on a server answers; undefined when it does not. A server that knows no ranges begins again. */
function begins(response: Awaited<ReturnType<Fetch>>, asked: number): number | undefined {
  if (response.status === 200) return 0;
  const range = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
  return response.status === 206 && Number(range?.[1]) === asked ? asked : undefined;
}

async function check(entry: ModelEntry, part: string): Promise<void> {
  const hash: Hash = createHash('sha256');
  await pipeline(createReadStream(part, { highWaterMark: 1024 * 1024 }), hash);
  if (hash.digest('hex') === entry.sha256) return;
  await rm(part);
  throw new ModelError(
    'wrong-checksum',
    `What came is not "${entry.name}": its checksum is another, so it was deleted. Pull it again, or from another mirror (--mirror).`,
  );
}

async function prepare(folder: string, bytes: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new ModelError('not-writable', notWritable(folder), { cause: error });
  }
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  throw new ModelError(
    'disk-full',
    `${megabytes(bytes)} are needed in ${folder}, ${megabytes(bavail * bsize)} are free. Make room, or set DRIVETALK_DATA to a folder on another disk.`,
  );
}

function explain(error: unknown, { entry, url, file }: DownloadOptions): ModelError {
  if (error instanceof ModelError) return error;
  const code = codeOf(error);
  if (code === 'ENOSPC')
    return new ModelError(
      'disk-full',
      `The disk is full. Make room, then pull "${entry.name}" again: it goes on.`,
      {
        cause: error,
      },
    );
  if (code === 'EACCES' || code === 'EROFS')
    return new ModelError('not-writable', notWritable(dirname(file)), { cause: error });
  if (sizeOf(`${file}.part`) > 0) return new ModelError('interrupted', interruption(entry), { cause: error });
  return new ModelError(
    'unreachable',
    `${new URL(url).host} cannot be reached${code === undefined ? '' : ` (${code})`}. Without a way to the internet: --mirror with an address of your own, or --proxy.`,
    { cause: error },
  );
}

/** `fetch` hides what happened in the error's cause. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return 'code' in error && typeof error.code === 'string' ? error.code : codeOf(error.cause);
}

function refusal(status: number, url: string): ModelError {
  if (status === 404)
    return new ModelError('not-found', `${url} is not there (404). Another address: --mirror.`);
  if (status >= 500)
    return new ModelError(
      'unreachable',
      `${url} cannot be had now (${status}). Try again later, or --mirror.`,
    );
  return new ModelError('refused', `${url} was refused (${status}). Another address: --mirror.`);
}

const wrongSize = (bytes: number, { name, size }: ModelEntry, url: string) =>
  new ModelError(
    'wrong-size',
    `${url} has ${bytes} bytes or more, "${name}" has ${size}: it is another file. Another address: --mirror.`,
  );
const interruption = ({ name }: ModelEntry) =>
  `The connection broke. What came is kept; go on with: npx drivetalk models pull ${name}`;
const notWritable = (folder: string) =>
  `Nothing can be written to ${folder}. Set DRIVETALK_DATA to a folder of yours.`;
const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;
const sizeOf = (path: string) => (existsSync(path) ? statSync(path).size : 0);
