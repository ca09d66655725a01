/** A signal's value in VSS: boolean, number, string, or an array of one of them. */
export type SignalValue =
  boolean | number | string | readonly boolean[] | readonly number[] | readonly string[];

export interface SignalChange {
  readonly path: string;
  readonly from: SignalValue | null;
  readonly to: SignalValue;
  /** `value` is what the car measures, `target` what an actuator is told to reach. */
  readonly field: 'value' | 'target';
}
