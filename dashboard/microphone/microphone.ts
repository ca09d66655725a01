import workletUrl from './capture-worklet.ts?worker&url';
import { level } from './pcm.ts';
import { PreRoll } from './pre-roll.ts';

/** What was said this long before the button was pressed still counts. */
const PRE_ROLL = 0.8;

export interface Microphone {
  /** Hertz; known once the stream is open. */
  readonly sampleRate: number;
  /** Sound from now on, beginning with what is kept from before. @returns a function that ends it */
  start(listener: (samples: Float32Array) => void): () => void;
  /** 0 … 1, each tenth of a second, recording or not. */
  onLevel: (level: number) => void;
  /** The device was unplugged, or the permission taken back. */
  onEnd: () => void;
}

/**
 * Opens the microphone and keeps it open, so that the next press has its pre-roll.
 * @throws DOMException as getUserMedia does
 */
export async function openMicrophone(): Promise<Microphone> {
  const stream = await navigator.mediaDevices.getUserMedia({
    // As it is: a recogniser hears worse what was filtered for human ears, and the car is silent while one speaks.
    audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  // The native rate: Firefox refuses any other for a microphone; the server resamples.
  const context = new AudioContext();
  await context.audioWorklet.addModule(workletUrl);
  await context.resume();
  const capture = new AudioWorkletNode(context, 'drivetalk-capture', { numberOfOutputs: 0 });
  context.createMediaStreamSource(stream).connect(capture);
  const kept = new PreRoll(Math.round(PRE_ROLL * context.sampleRate));
  let listener: ((samples: Float32Array) => void) | undefined;
  const microphone: Microphone = {
    sampleRate: context.sampleRate,
    start(next) {
      listener = next;
      const before = kept.take();
      if (before.length > 0) next(before);
      return () => {
        if (listener === next) listener = undefined;
      };
    },
    onLevel: () => undefined,
    onEnd: () => undefined,
  };
  capture.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
    microphone.onLevel(level(data));
    if (listener) listener(data);
    else kept.push(data);
  };
  stream.getAudioTracks()[0]?.addEventListener('ended', () => {
    void context.close();
    microphone.onEnd();
  });
  return microphone;
}
