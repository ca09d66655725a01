import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread; from TypeScript source by way of tsx, which new threads do not inherit.
 * @param file its source, beside the module that asks: `new URL('./recognizer-worker.ts', import.meta.url)`
 */
export function startWorker(file: URL, options: Omit<WorkerOptions, 'eval'> = {}): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL(file.href.replace(/\.ts$/, '.js')), options);
  // By hand, because `import.meta.resolve` is missing where tsx runs a module as CommonJS, as mocha lets it.
  const home = pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json'));
  const tsx = new URL('dist/esm/api/index.mjs', home).href;
  return new Worker(
    `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(file.href)}); })`,
    { ...options, eval: true },
  );
}
