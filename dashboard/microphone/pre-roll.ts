/** The last moments of sound, kept so that a word begun before the button was pressed is not cut. */
export class PreRoll {
  readonly #ring: Float32Array;
  #at = 0;
  #filled = 0;

  /** @param length samples to keep */
  constructor(length: number) {
    this.#ring = new Float32Array(length);
  }

  push(samples: Float32Array): void {
    const kept = samples.subarray(Math.max(0, samples.length - this.#ring.length));
    const first = Math.min(kept.length, this.#ring.length - this.#at);
    this.#ring.set(kept.subarray(0, first), this.#at);
    this.#ring.set(kept.subarray(first), 0);
    this.#at = (this.#at + kept.length) % this.#ring.length;
    this.#filled = Math.min(this.#ring.length, this.#filled + kept.length);
  }

  /** Everything that is kept, oldest first; afterwards nothing is. */
  take(): Float32Array {
    const samples = new Float32Array(this.#filled);
    const start = (this.#at - this.#filled + this.#ring.length) % this.#ring.length;
    const first = Math.min(this.#filled, this.#ring.length - start);
    samples.set(this.#ring.subarray(start, start + first));
    samples.set(this.#ring.subarray(0, this.#filled - first), first);
    this.#filled = 0;
    return samples;
  }
}
