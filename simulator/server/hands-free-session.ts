import type { OpenMicrophone } from '../../assistant/speech/turn-taking/open-microphone.ts';
import { AudioInput, type AudioSession } from './audio-session.ts';
import { createRateLimit } from './rate-limit.ts';

/** Seconds of sound that may come at once: a page that was held up sends what it has kept. */
const BURST = 10;
/** Sound may come this much faster than it was spoken: clocks differ. */
const FASTER = 1.1;

export interface HandsFreeSession extends AudioSession {
  /** What the page's voice says; null: it is silent. */
  saying(text: string | null): void;
}

/**
 * A microphone that stays open.
 * @param opening sound waits for it
 * @param sampleRate Hz
 * @param clock monotonic milliseconds
 */
export function handsFreeSession(
  opening: Promise<OpenMicrophone>,
  sampleRate: number,
  clock: () => number,
): HandsFreeSession {
  let microphone: OpenMicrophone | undefined;
  let isOver = false;
  const opened = opening.then(
    (open) => {
      microphone = open;
      if (isOver) open.close();
    },
    // Whoever opened it tells the page.
    () => undefined,
  );
  const input = new AudioInput(sampleRate, (frame) => microphone?.push(frame), opened);
  const mayCome = createRateLimit(BURST * sampleRate, FASTER * sampleRate, clock);
  const end = () => {
    isOver = true;
    microphone?.close();
    void input.finish();
  };
  return {
    push(pcm) {
      if (isOver) return undefined;
      if (!mayCome(pcm.length)) {
        end();
        return 'too-fast';
      }
      input.push(pcm);
      return undefined;
    },
    end,
    cancel: end,
    saying: (text) => microphone?.saying(text),
  };
}
