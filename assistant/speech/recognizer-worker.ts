import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { PhraseBook } from '../understanding/phrase-book.ts';
import { commandGrammar, type ExtraVocabulary } from './grammar/command-grammar.ts';
import { Pronouncer } from './grammar/pronunciation.ts';
import { wordGraph } from './grammar/word-graph.ts';
import { MODEL_FOLDER, Recognizer } from './recognizer.ts';
import type { TranscriberEvent } from './transcriber.ts';
import { Lender, Utterance } from './utterance.ts';
import { VoiceActivity } from './voice-activity.ts';

/** To the worker. */
export type ToRecognizer =
  | {
      readonly type: 'grammar';
      readonly id: number;
      readonly book: PhraseBook;
      readonly extra: ExtraVocabulary;
    }
  | { readonly type: 'open'; readonly stream: number }
  | { readonly type: 'audio'; readonly stream: number; readonly frame: Float32Array }
  | { readonly type: 'end'; readonly stream: number }
  | { readonly type: 'cancel'; readonly stream: number };

/** From the worker. Errors travel as text: an error's class is lost between threads. */
export type FromRecognizer =
  | { readonly type: 'grammar-ready'; readonly id: number }
  | { readonly type: 'grammar-failed'; readonly id: number; readonly message: string }
  | {
      readonly type: 'event';
      readonly stream: number;
      readonly event: Exclude<TranscriberEvent, { type: 'error' }>;
    }
  | { readonly type: 'failed'; readonly stream: number; readonly message: string };

const port = parentPort;
if (!port) throw new Error('recognizer-worker.ts runs in a worker thread only');
const send = (message: FromRecognizer): void => {
  port.postMessage(message);
};

const lender = new Lender<Recognizer>();
const ready = Promise.all([
  VoiceActivity.open(),
  Recognizer.open(),
  readFile(join(MODEL_FOLDER, 'dict.txt'), 'utf8'),
]).then(([voice, recognizer, dictionary]) => {
  lender.giveBack(recognizer);
  return { voice, pronouncer: new Pronouncer(dictionary) };
});

async function setGrammar(book: PhraseBook, extra: ExtraVocabulary): Promise<void> {
  const { pronouncer } = await ready;
  const grammar = wordGraph(commandGrammar(book, extra));
  const pronunciations = pronouncer.pronounce(grammar.arcs.flatMap(({ words }) => words?.split(' ') ?? []));
  const recognizer = await lender.borrow();
  try {
    recognizer.setGrammar(grammar, pronunciations);
  } finally {
    lender.giveBack(recognizer);
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const utterances = new Map<number, Utterance>();

async function listen(stream: number, utterance: Utterance): Promise<void> {
  try {
    const { voice } = await ready;
    await utterance.run(voice.stream());
  } catch (error) {
    send({ type: 'failed', stream, message: reason(error) });
  } finally {
    utterances.delete(stream);
  }
}

port.on('message', (message: ToRecognizer) => {
  switch (message.type) {
    case 'grammar':
      setGrammar(message.book, message.extra).then(
        () => {
          send({ type: 'grammar-ready', id: message.id });
        },
        (error: unknown) => {
          send({ type: 'grammar-failed', id: message.id, message: reason(error) });
        },
      );
      break;
    case 'open': {
      const { stream } = message;
      const utterance = new Utterance(lender, (event) => {
        if (event.type !== 'error') send({ type: 'event', stream, event });
      });
      utterances.set(stream, utterance);
      void listen(stream, utterance);
      break;
    }
    case 'audio':
      utterances.get(message.stream)?.push(message.frame);
      break;
    case 'end':
      utterances.get(message.stream)?.end();
      break;
    case 'cancel':
      utterances.get(message.stream)?.cancel();
      break;
  }
});
