/** Runs on the browser's audio thread: collects what the microphone gives and posts it in pieces of a tenth of a second. */
interface Processor {
  readonly port: MessagePort;
}
declare const AudioWorkletProcessor: new () => Processor;
declare const registerProcessor: (name: string, processor: new () => Processor) => void;
/** Hertz, of the audio context. */
declare const sampleRate: number;

class Capture extends AudioWorkletProcessor {
  #piece = new Float32Array(Math.round(sampleRate / 10));
  #filled = 0;

  /** @param inputs one microphone with its channels, 128 samples each @returns true: goes on */
  process([channels]: readonly (readonly Float32Array[])[]): boolean {
    const count = channels?.[0]?.length ?? 0;
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (const channel of channels ?? []) sum += channel[i] ?? 0;
      this.#piece[this.#filled++] = sum / (channels?.length ?? 1);
      if (this.#filled < this.#piece.length) continue;
      this.port.postMessage(this.#piece, [this.#piece.buffer]);
      this.#piece = new Float32Array(this.#piece.length);
      this.#filled = 0;
    }
    return true;
  }
}

registerProcessor('drivetalk-capture', Capture);
