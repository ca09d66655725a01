import { SAMPLE_RATE } from '../transcriber.ts';
import { readAloud } from './read-aloud.ts';
import { SynthesisError, type Synthesizer } from './synthesizer.ts';

const WORD = 0.3 * SAMPLE_RATE;
const GAP = 0.1 * SAMPLE_RATE;
const LOUDNESS = 0.2;
/** The lowest tone, and how much higher each further letter of a word makes it, in hertz. */
const LOWEST = 200;
const STEP = 25;

/**
 * The scripted twin of a voice: a tone for each word, the longer the word the higher. The same text always sounds the
 * same, for tests and for shows on which no voice may be heard.
 */
export class ScriptedVoice implements Synthesizer {
  readonly name = 'scripted';
  readonly capabilities = { languages: ['en'] };
  #closed = false;

  say(text: string): ReturnType<Synthesizer['say']> {
    if (this.#closed)
      return Promise.reject(new SynthesisError('closed', 'The voice is closed. Open a new one.'));
    const words = readAloud(text).split(' ').filter(Boolean);
    const samples = new Float32Array(words.length * (WORD + GAP));
    words.forEach((word, index) => {
      const pitch = (2 * Math.PI * (LOWEST + STEP * word.length)) / SAMPLE_RATE;
      for (let at = 0; at < WORD; at++) {
        // Without a click at either end.
        const loudness = LOUDNESS * Math.sin((Math.PI * at) / WORD);
        samples[index * (WORD + GAP) + at] = loudness * Math.sin(pitch * at);
      }
    });
    return Promise.resolve({ samples, rate: SAMPLE_RATE });
  }

  close(): Promise<void> {
    this.#closed = true;
    return Promise.resolve();
  }
}
