import { Pieces } from './pieces.ts';

/** Runs on the browser's audio thread: collects what the microphone gives and posts it in pieces of 40 ms: whoever waits for an answer waits for the last of them. */
interface Processor {
  readonly port: MessagePort;
}
declare const AudioWorkletProcessor: new () => Processor;
declare const registerProcessor: (name: string, processor: new () => Processor) => void;
/** Hertz, of the audio context. */
declare const sampleRate: number;

class Capture extends AudioWorkletProcessor {
  readonly #pieces = new Pieces(Math.round(sampleRate / 25), (piece) => {
    this.port.postMessage(piece, [piece.buffer]);
  });

  /** @param inputs one microphone with its channels, 128 samples each @returns true: goes on */
  process([channels]: readonly (readonly Float32Array[])[]): boolean {
    if (channels) this.#pieces.push(channels);
    return true;
  }
}

registerProcessor('drivetalk-capture', Capture);
