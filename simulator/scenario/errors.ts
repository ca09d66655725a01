import { ForeseenError, MistakeError } from '../../vehicle/foreseen-error.ts';

/** A scenario that cannot be run; the message has a line for each mistake, with file, line, column and remedy. */
export class ScenarioError extends MistakeError {
  override readonly name = 'ScenarioError';
  readonly recoverable = true;
  readonly reason: 'unreadable' | 'invalid';
  constructor(reason: ScenarioError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export type RecordingProblem =
  'not-a-recording' | 'newer-version' | 'broken-line' | 'other-parts' | 'file-exists' | 'nothing-said';

/** A recording that cannot be used; the message says what to do. */
export class RecordingError extends ForeseenError {
  override readonly name = 'RecordingError';
  readonly recoverable = true;
  readonly reason: RecordingProblem;
  constructor(reason: RecordingProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
