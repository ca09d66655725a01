import { fileURLToPath } from 'node:url';
import { liveSafely } from './safe-life.ts';

const ROUND = 100_000;

/** `npm run soak -- [steps] [seed]`: random cars for as long as wanted, each hundred thousand steps from another seed. */
function soak(steps = 1_000_000, first = Date.now() % 2 ** 31): void {
  if (!Number.isSafeInteger(steps) || steps < 1 || !Number.isSafeInteger(first)) {
    console.error('Usage: npm run soak -- [steps] [seed], both whole numbers.');
    process.exitCode = 2;
    return;
  }
  const tell = (done: number, seed: number) => {
    const line = `${done} of ${steps} steps, seed ${seed}`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}`);
    else console.log(line);
  };
  for (let done = 0, seed = first; done < steps; done += ROUND, seed += 1) {
    tell(done, seed);
    // A failure names its step and its seed: the same seed again leads there.
    liveSafely(Math.min(ROUND, steps - done), seed, (step) => {
      if (process.stdout.isTTY && step % 5_000 === 0) tell(done + step, seed);
    });
  }
  tell(steps, first);
  console.log('\nNo invariant was broken.');
}

// Mocha loads every file below `test/`; only asked for by name does this one run.
if (process.argv[1] === fileURLToPath(import.meta.url)) soak(...process.argv.slice(2).map(Number));
