import type { Utterance } from '../microphone/utterance.ts';

/** Seconds that are kept in all: the last handful of utterances, some ten megabytes at most. */
const MOST_SECONDS = 60;

interface Recording {
  readonly sampleRate: number;
  readonly pieces: Float32Array[];
  samples: number;
}

/** What was spoken at this page, to be heard again. It stays in this page, and is forgotten with it. */
export class SoundMemory {
  readonly #recordings = new Map<string, Recording>();

  /** Keeps the sound of an utterance on its way. @param turn id of the turn that it becomes */
  keep(turn: string, sampleRate: number, utterance: Utterance): Utterance {
    const recording: Recording = { sampleRate, pieces: [], samples: 0 };
    this.#recordings.set(turn, recording);
    return {
      push: (samples) => {
        recording.pieces.push(samples.slice());
        recording.samples += samples.length;
        this.#forgetOldest();
        utterance.push(samples);
      },
      end: () => {
        utterance.end();
      },
      cancel: () => {
        this.#recordings.delete(turn);
        utterance.cancel();
      },
    };
  }

  /** @returns the whole sound, mono, −1 to 1; undefined where it was not spoken here, or is forgotten */
  soundOf(
    turn: string,
  ): { readonly sampleRate: number; readonly samples: Float32Array<ArrayBuffer> } | undefined {
    const recording = this.#recordings.get(turn);
    if (!recording) return undefined;
    const samples = new Float32Array(recording.samples);
    let at = 0;
    for (const piece of recording.pieces) {
      samples.set(piece, at);
      at += piece.length;
    }
    return { sampleRate: recording.sampleRate, samples };
  }

  has(turn: string): boolean {
    return this.#recordings.has(turn);
  }

  #forgetOldest(): void {
    let seconds = 0;
    for (const [turn, { samples, sampleRate }] of [...this.#recordings].reverse()) {
      seconds += samples / sampleRate;
      if (seconds > MOST_SECONDS) this.#recordings.delete(turn);
    }
  }
}

/** Plays a sound of the memory. @throws Error where the browser has no sound */
export async function play({
  sampleRate,
  samples,
}: NonNullable<ReturnType<SoundMemory['soundOf']>>): Promise<void> {
  const context = new AudioContext();
  try {
    const buffer = context.createBuffer(1, Math.max(1, samples.length), sampleRate);
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(context.destination);
    await new Promise((resolve) => {
      source.addEventListener('ended', resolve);
      source.start();
    });
  } finally {
    await context.close();
  }
}
