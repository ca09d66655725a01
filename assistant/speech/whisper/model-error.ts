import { ForeseenError } from '../../../vehicle/foreseen-error.ts';

export type ModelProblem =
  | 'unknown-model'
  | 'not-installed'
  | 'not-found'
  | 'refused'
  | 'unreachable'
  | 'interrupted'
  | 'wrong-size'
  | 'wrong-checksum'
  | 'disk-full'
  | 'not-writable'
  | 'no-compiler'
  | 'build-failed';

/** A model cannot be had, kept or built; the message says what to do. */
export class ModelError extends ForeseenError {
  override readonly name = 'ModelError';
  readonly reason: ModelProblem;
  /** The same may work later. */
  readonly recoverable: boolean;
  constructor(reason: ModelProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
    this.recoverable = reason === 'unreachable' || reason === 'interrupted' || reason === 'disk-full';
  }
}
