import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread; from TypeScript source by way of tsx, which new threads do not inherit.
 * @param file its source, beside the module that asks: `new URL('./recognizer-worker.ts', import.meta.url)`
 */
export function startWorker(file: URL, options: Omit<WorkerOptions, 'eval'> = {}): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL(file.href.replace(/\.ts$/, '.js')), options);
  const [tsx, worker] = [import.meta.resolve('tsx/esm/api'), file.href].map((url) => JSON.stringify(url));
  return new Worker(
    `import(${tsx ?? ''}).then(({ register }) => { register(); return import(${worker ?? ''}); })`,
    { ...options, eval: true },
  );
}
