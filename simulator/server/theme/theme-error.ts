import { MistakeError } from '../../../vehicle/foreseen-error.ts';

/** A brand file that cannot be used; the message has a line for each mistake, with file, line and remedy. */
export class ThemeError extends MistakeError {
  override readonly name = 'ThemeError';
  readonly recoverable = true;
  readonly reason: 'unreadable' | 'invalid' | 'bad-logo';
  constructor(reason: ThemeError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
