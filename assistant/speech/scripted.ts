import { EventQueue } from './event-queue.ts';
import {
  SAMPLE_RATE,
  type Transcriber,
  type TranscriberEvent,
  type Transcript,
  type Word,
} from './transcriber.ts';

/** What a scripted stream answers: the words, or all of the transcript. */
export type Script = string | Partial<Transcript>;

const WORD_MILLISECONDS = 300;

/**
 * The scripted twin of a transcriber: answers the given transcripts, one a stream, in the order in which streams are
 * opened; then empty ones. For demos that must not fail on stage, and for tests.
 */
export class ScriptedTranscriber implements Transcriber {
  readonly name = 'scripted';
  readonly capabilities = {
    streaming: true,
    partials: true,
    alternatives: true,
    openVocabulary: true,
    hearsOpening: false,
  };
  readonly #scripts: Script[];
  #closed = false;

  constructor(scripts: readonly Script[]) {
    this.#scripts = [...scripts];
  }

  open(): ReturnType<Transcriber['open']> {
    const script = this.#closed ? '' : (this.#scripts.shift() ?? '');
    const wanted = typeof script === 'string' ? { text: script } : script;
    const events = new EventQueue<TranscriberEvent>();
    let heard = 0;
    let spoken = 0;
    let open = true;
    const transcript = (): Transcript => {
      const duration = (heard / SAMPLE_RATE) * 1000;
      const text = wanted.text ?? '';
      return {
        text,
        words: evenly(text, duration),
        confidence: text === '' ? 0 : 1,
        alternatives: [],
        duration,
        ...wanted,
      };
    };
    return {
      events,
      push(frame) {
        if (!open) return;
        heard += frame.length;
        const words = transcript().words;
        const said = words.slice(0, Math.floor(((heard / SAMPLE_RATE) * 1000) / WORD_MILLISECONDS));
        if (said.length <= spoken) return;
        if (spoken === 0) events.push({ type: 'speech-start', at: 0 });
        spoken = said.length;
        events.push({ type: 'partial', text: said.map((word) => word.text).join(' '), words: said });
      },
      end() {
        if (!open) return;
        open = false;
        const final = transcript();
        if (spoken > 0) events.push({ type: 'speech-end', at: final.duration });
        events.push({ type: 'final', transcript: final });
        events.close();
      },
      cancel() {
        open = false;
        events.drop();
      },
    };
  }

  close(): Promise<void> {
    this.#closed = true;
    return Promise.resolve();
  }
}

/** The words at an even pace over the time that there is. */
function evenly(text: string, duration: number): readonly Word[] {
  const words = text.split(' ').filter((word) => word !== '');
  const each = Math.min(WORD_MILLISECONDS, duration / Math.max(1, words.length));
  return words.map((word, index) => ({
    text: word,
    start: index * each,
    end: (index + 1) * each,
    confidence: 1,
  }));
}
