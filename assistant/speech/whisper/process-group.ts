import type { ChildProcess } from 'node:child_process';

/** Ends a process that was started `detached`, with all that it has started itself. */
export function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Gone by itself meanwhile, or a system without groups.
    child.kill('SIGKILL');
  }
}
