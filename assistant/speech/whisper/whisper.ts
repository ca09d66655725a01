import { EventQueue } from '../event-queue.ts';
import { FrameCutter } from '../frames.ts';
import { joined } from '../resample.ts';
import { SpeechGate } from '../speech-gate.ts';
import {
  SAMPLE_RATE,
  SpeechError,
  type Transcriber,
  type TranscriberEvent,
  type Transcript,
  type TranscriptionStream,
  type Word,
} from '../transcriber.ts';
import { VOICE_FRAME, VoiceActivity, type VoiceStream } from '../voice-activity.ts';
import { MAX_AUDIO_SECONDS } from '../wav.ts';
import type { WhisperEngine } from './engine.ts';

/**
 * whisper.cpp 1.5.0 leaves out what is shorter than a second, and decodes what is shorter than three six times over,
 * hotter each time, and takes the last: so it always gets more.
 */
const SHORTEST = 3.2 * SAMPLE_RATE;
/** "[BLANK_AUDIO]", "(wind blowing)", "♪": what Whisper writes about sounds that are no words. */
const NO_WORD = /\[[^\]]*\]|\([^)]*\)|[♪♫*]+/g;

/**
 * A transcriber that hears any words: collects what is spoken, and lets Whisper hear it at the end.
 * @param engine is closed with the transcriber
 */
export async function openWhisper(engine: WhisperEngine): Promise<Transcriber> {
  const voice = await VoiceActivity.open();
  let closed = false;
  return {
    name: 'whisper',
    capabilities: {
      streaming: false,
      partials: false,
      alternatives: false,
      openVocabulary: true,
      hearsOpening: false,
    },
    open: () => (closed ? refused() : collect(engine, voice.stream())),
    async close() {
      if (closed) return;
      closed = true;
      // The engine's end is told to those who still wait for words.
      await engine.close();
      await voice.close();
    },
  };
}

function collect(engine: WhisperEngine, voice: VoiceStream): TranscriptionStream {
  const events = new EventQueue<TranscriberEvent>();
  const input = new EventQueue<Float32Array>();
  let heard = 0;
  let open = true;
  let cancelled = false;
  const run = async (): Promise<void> => {
    const gate = new SpeechGate();
    const spoken: Float32Array[] = [];
    const frames = new FrameCutter(VOICE_FRAME);
    let judged = 0;
    for await (const chunk of input) {
      for (const frame of frames.cut(chunk)) {
        if (cancelled) break;
        const { pass, event } = gate.offer(frame, await voice.probability(frame));
        judged += frame.length;
        spoken.push(...pass);
        if (event !== undefined) events.push({ type: event, at: milliseconds(judged) });
      }
    }
    if (cancelled) return;
    const words = spoken.length === 0 ? [] : await engine.hear(padded(joined(spoken)));
    events.push({ type: 'final', transcript: transcriptOf(words, gate.begin ?? 0, milliseconds(heard)) });
  };
  run()
    .catch((error: unknown) => {
      events.push({ type: 'error', error: asSpeechError(error) });
    })
    .finally(() => {
      events.close();
    });
  return {
    events,
    push(frame) {
      if (!open) return;
      heard += frame.length;
      input.push(frame);
      if (heard <= MAX_AUDIO_SECONDS * SAMPLE_RATE) return;
      const message = `The utterance is longer than ${MAX_AUDIO_SECONDS} s. Say it in shorter pieces.`;
      events.push({ type: 'error', error: new SpeechError('audio-too-long', message) });
      events.close();
      open = false;
      cancelled = true;
      input.drop();
    },
    end() {
      open = false;
      input.close();
    },
    cancel() {
      open = false;
      cancelled = true;
      input.drop();
      events.drop();
    },
  };
}

/** A sound with the silence that Whisper needs after what is short. */
export function padded(sound: Float32Array): Float32Array {
  if (sound.length >= SHORTEST) return sound;
  const longer = new Float32Array(SHORTEST);
  longer.set(sound);
  return longer;
}

/** @param begin where in the stream the sound begins, @param duration of the stream, both in milliseconds */
function transcriptOf(words: readonly Word[], begin: number, duration: number): Transcript {
  const within = (at: number) => Math.max(0, Math.min(duration, at + begin));
  const placed = spokenWords(words).map((word) => ({
    ...word,
    start: within(word.start),
    end: within(word.end),
  }));
  const text = placed.map((word) => word.text).join(' ');
  return { text, words: placed, confidence: meanConfidence(placed), alternatives: [], duration };
}

/** The geometric mean; Whisper's times are too rough to weigh the words by their lengths. */
function meanConfidence(words: readonly Word[]): number {
  if (words.length === 0) return 0;
  const sum = words.reduce((total, { confidence }) => total + Math.log(Math.max(confidence, 1e-6)), 0);
  return Math.exp(sum / words.length);
}

/** Without what Whisper writes about other sounds, which may go over several words. */
function spokenWords(words: readonly Word[]): readonly Word[] {
  const text = words.map((word) => word.text).join(' ');
  const kept = text.replace(NO_WORD, (about) => ' '.repeat(about.length));
  let at = 0;
  return words.flatMap((word) => {
    const said = kept.slice(at, at + word.text.length).trim();
    at += word.text.length + 1;
    return said === '' ? [] : [{ ...word, text: said }];
  });
}

function refused(): TranscriptionStream {
  const events = new EventQueue<TranscriberEvent>();
  events.push({
    type: 'error',
    error: new SpeechError('engine-failed', 'The transcriber is closed. Open a new one.'),
  });
  events.close();
  const nothing = (): void => undefined;
  return { events, push: nothing, end: nothing, cancel: nothing };
}

const milliseconds = (samples: number): number => (samples / SAMPLE_RATE) * 1000;

const asSpeechError = (error: unknown): SpeechError =>
  error instanceof SpeechError
    ? error
    : new SpeechError(
        'engine-failed',
        `Whisper has failed: ${error instanceof Error ? error.message : String(error)}.`,
        {
          cause: error,
        },
      );
