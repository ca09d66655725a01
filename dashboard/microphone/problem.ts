import { t } from '../language/language.ts';

/** The part of the page that takes the sound could not be loaded: it comes from the server, when it is first needed. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** Why there is no sound, and what a person can do about it. */
export function microphoneProblem(error: unknown, secure: boolean): string {
  if (!secure) {
    return t('microphone.insecure');
  }
  if (error instanceof UnreachableError) return t('microphone.unreachable');
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return t('microphone.denied');
    case 'NotFoundError':
    case 'OverconstrainedError':
      return t('microphone.missing');
    case 'NotReadableError':
    case 'AbortError':
      return t('microphone.busy');
    default:
      return t('microphone.failed', { reason: error instanceof Error ? error.message : String(error) });
  }
}
