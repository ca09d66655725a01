/** Collects samples into pieces of one length. */
export class Pieces {
  readonly #length: number;
  readonly #give: (piece: Float32Array<ArrayBuffer>) => void;
  #piece: Float32Array<ArrayBuffer>;
  #filled = 0;

  /** @param give takes each full piece and owns it: it may transfer the memory to another thread */
  constructor(length: number, give: (piece: Float32Array<ArrayBuffer>) => void) {
    this.#length = length;
    this.#give = give;
    this.#piece = new Float32Array(length);
  }

  /** @param channels of the same sound, of equal length; their mean is kept */
  push(channels: readonly Float32Array[]): void {
    const count = channels[0]?.length ?? 0;
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (const channel of channels) sum += channel[i] ?? 0;
      this.#piece[this.#filled++] = sum / channels.length;
      if (this.#filled < this.#length) continue;
      const full = this.#piece;
      this.#piece = new Float32Array(this.#length);
      this.#filled = 0;
      this.#give(full);
    }
  }
}
