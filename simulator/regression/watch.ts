import { existsSync, watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';

/** Editors save in several steps; what comes within this many milliseconds is one change. */
const SETTLE = 300;

/**
 * Runs now and again after each change of a suite or of the model, until somebody ends it.
 * @param files found anew each time, so that new suites are seen
 * @param ended resolves when it is enough
 */
export async function watchAndRun(
  files: () => readonly string[],
  model: string | undefined,
  run: () => Promise<void>,
  ended: Promise<void>,
): Promise<void> {
  let over = false;
  let wake: (() => void) | undefined;
  void ended.then(() => {
    over = true;
    wake?.();
  });
  while (!over) {
    let changed = false;
    const watchers = watched(files(), model).map((path): FSWatcher =>
      watch(path, () => {
        changed = true;
        wake?.();
      }),
    );
    try {
      await run();
      // What changed meanwhile is run at once.
      if (!changed) {
        await new Promise<void>((resolve) => (wake = resolve));
        await new Promise((resolve) => setTimeout(resolve, SETTLE));
      }
    } finally {
      wake = undefined;
      for (const watcher of watchers) watcher.close();
    }
  }
}

/** Folders rather than files: an editor that saves by renaming puts another file in the place. */
const watched = (files: readonly string[], model: string | undefined): readonly string[] => [
  ...new Set([
    ...files.map((file) => dirname(file)),
    ...(model !== undefined && existsSync(model) ? [model] : []),
  ]),
];
