import { ForeseenError, MistakeError } from '../../vehicle/foreseen-error.ts';

/** Exit statuses of every command; also printed by `drivetalk --help`. */
export const EXIT = { done: 0, failure: 1, usage: 2, notDone: 3 } as const;

/** A mistake in how a command was called; the message says how it is called. */
export class UsageError extends MistakeError {
  override readonly name = 'UsageError';
}

/** There is no car where one was looked for; the message says how to start it. */
export class UnreachableError extends ForeseenError {
  override readonly name = 'UnreachableError';
}

/** One line for a person, and the status to leave with. Anything unforeseen keeps its stack: it is a bug worth reporting. */
export function explainFailure(error: unknown): { readonly line: string; readonly status: number } {
  if (error instanceof MistakeError) return { line: error.message, status: EXIT.usage };
  if (error instanceof ForeseenError) return { line: error.message, status: EXIT.failure };
  if (isSystemError(error)) return { line: inWords(error), status: EXIT.failure };
  return {
    line: error instanceof Error ? (error.stack ?? error.message) : String(error),
    status: EXIT.failure,
  };
}

/** What the operating system says of a file or a socket. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException & { readonly code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string';

function inWords({ code, path, message }: NodeJS.ErrnoException): string {
  if (code === 'EISDIR') return `${path ?? 'What was named'} is a folder: name a file.`;
  if (path === undefined) return message;
  if (code === 'ENOENT') return `There is no file or folder ${path}.`;
  if (code === 'ENOTDIR') return `${path} is in no folder: a file stands in its way.`;
  if (code === 'EACCES' || code === 'EPERM') return `${path} may not be read or written by you.`;
  return message;
}
