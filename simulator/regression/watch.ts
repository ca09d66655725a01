import { existsSync, watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';

/** Editors save in several steps; what comes within this many milliseconds is one change. */
const SETTLE = 300;

/**
 * Runs now and again after each change of a suite or of the model, until somebody ends it.
 * @param files found anew each time, so that new suites are seen
 */
export async function watchAndRun(
  files: () => readonly string[],
  model: string | undefined,
  run: () => Promise<void>,
  ended: AbortSignal,
): Promise<void> {
  while (!ended.aborted) {
    const changed = new AbortController();
    const watchers = watched(files(), model).map((path): FSWatcher => watch(path, () => changed.abort()));
    try {
      // What changes meanwhile is run at once.
      await run();
      await either(changed.signal, ended);
      await new Promise((resolve) => setTimeout(resolve, SETTLE));
    } finally {
      for (const watcher of watchers) watcher.close();
    }
  }
}

function either(...signals: readonly AbortSignal[]): Promise<void> {
  const any = AbortSignal.any([...signals]);
  return new Promise((resolve) => {
    if (any.aborted) resolve();
    else any.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Folders rather than files: an editor that saves by renaming puts another file in the place. */
const watched = (files: readonly string[], model: string | undefined): readonly string[] => [
  ...new Set([
    ...files.map((file) => dirname(file)),
    ...(model !== undefined && existsSync(model) ? [model] : []),
  ]),
];
