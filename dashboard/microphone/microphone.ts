import workletUrl from './capture-worklet.ts?worker&url';
import { level } from './pcm.ts';
import { PreRoll } from './pre-roll.ts';
import { UnreachableError } from './problem.ts';

/** What was said this long before the button was pressed still counts. */
const PRE_ROLL = 0.8;

export interface Microphone {
  /** Hertz; known once the stream is open. */
  readonly sampleRate: number;
  /** Sound from now on, beginning with what is kept from before. @returns a function that ends it */
  start(listener: (samples: Float32Array) => void): () => void;
  /** All sound while nobody has started an utterance of their own. */
  onSound: (samples: Float32Array) => void;
  /** 0 … 1, many times a second, recording or not. */
  onLevel: (level: number) => void;
  /** The device was unplugged, or the permission taken back. */
  onEnd: () => void;
  /** Gives the device back. */
  close(): void;
}

/**
 * Opens the microphone and keeps it open, so that the next press has its pre-roll.
 * @param echoCancellation whether the browser takes out of the sound what it plays itself
 * @throws DOMException as getUserMedia does, UnreachableError when the server is gone
 */
export async function openMicrophone(echoCancellation: boolean): Promise<Microphone> {
  // Made ready while the device opens or the person is asked: what sounds before anybody listens is lost.
  const ear = openEar();
  const closeEar = () => ear.then(({ context }) => context.close(), ignore);
  // A failure is told when the microphone is there to be listened to.
  ear.catch(ignore);
  let stream: MediaStream | undefined;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      // Otherwise as it is: a recogniser hears worse what was filtered for human ears.
      audio: { channelCount: 1, echoCancellation, noiseSuppression: false, autoGainControl: false },
    });
    return await listenTo(stream, await ear);
  } catch (error) {
    // Otherwise the browser goes on telling that it records.
    if (stream) stopAll(stream);
    void closeEar();
    throw error;
  }
}

const ignore = () => undefined;

/** What takes the sound of a microphone, and has none yet. */
interface Ear {
  readonly context: AudioContext;
  readonly capture: AudioWorkletNode;
}

/** @throws UnreachableError when the server is gone */
async function openEar(): Promise<Ear> {
  // The native rate: Firefox refuses any other for a microphone; the server resamples.
  const context = new AudioContext();
  try {
    await context.audioWorklet.addModule(workletUrl).catch((cause: unknown) => {
      throw new UnreachableError('The capture worklet could not be loaded.', { cause });
    });
    return { context, capture: new AudioWorkletNode(context, 'drivetalk-capture', { numberOfOutputs: 0 }) };
  } catch (error) {
    await context.close();
    throw error;
  }
}

async function listenTo(stream: MediaStream, { context, capture }: Ear): Promise<Microphone> {
  context.createMediaStreamSource(stream).connect(capture);
  await context.resume();
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
    onSound: () => undefined,
    onLevel: () => undefined,
    onEnd: () => undefined,
    close() {
      stopAll(stream);
      void context.close();
    },
  };
  capture.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
    microphone.onLevel(level(data));
    if (listener) listener(data);
    else {
      kept.push(data);
      microphone.onSound(data);
    }
  };
  stream.getAudioTracks()[0]?.addEventListener('ended', () => {
    void context.close();
    microphone.onEnd();
  });
  return microphone;
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
