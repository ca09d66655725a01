import { parentPort } from 'node:worker_threads';
import { collectGarbage } from '../collect-garbage.ts';
import type { PhraseBook } from '../understanding/phrase-book.ts';
import { namesWith, type Domain, type ExtraVocabulary } from './moonshine/domain.ts';
import { LanguageModel } from './moonshine/language-model.ts';
import type { ModelName } from './moonshine/model-sizes.ts';
import { Reader } from './moonshine/reader.ts';
import { ownDomain, shippedDomain } from './shipped-domain.ts';
import type { TranscriberEvent } from './transcriber.ts';
import { Utterance } from './utterance.ts';
import { VoiceActivity } from './voice-activity.ts';

/** To the worker. */
export type ToRecognizer =
  /** First. */
  | { readonly type: 'start'; readonly model: ModelName; readonly book: PhraseBook; readonly corpus: boolean }
  | { readonly type: 'names'; readonly id: number; readonly extra: ExtraVocabulary }
  | { readonly type: 'open'; readonly stream: number; readonly opening: string | undefined }
  | { readonly type: 'audio'; readonly stream: number; readonly frame: Float32Array }
  | { readonly type: 'end'; readonly stream: number }
  | { readonly type: 'cancel'; readonly stream: number }
  /** Last: the thread ends when nothing runs in it any more. */
  | { readonly type: 'close' };

/** From the worker. Errors travel as text: an error's class is lost between threads. */
export type FromRecognizer =
  | { readonly type: 'names-known'; readonly id: number }
  | { readonly type: 'names-refused'; readonly id: number; readonly message: string }
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

interface Parts {
  readonly voice: VoiceActivity;
  readonly reader: Reader;
  readonly domain: Domain;
  readonly language: LanguageModel;
}

let parts: Promise<Parts> | undefined;

async function start({ model, book, corpus }: Extract<ToRecognizer, { type: 'start' }>): Promise<Parts> {
  // One after the other: what each is made from is larger than what stays, and makes room for the next.
  const domain = corpus ? shippedDomain(book) : ownDomain(book);
  const language = new LanguageModel(domain.counted);
  collectGarbage();
  const voice = await VoiceActivity.open();
  const reader = await Reader.open(model);
  reader.expect(language);
  collectGarbage();
  return { voice, reader, domain, language };
}

function started(): Promise<Parts> {
  return parts ?? Promise.reject(new Error('it has not been started'));
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const utterances = new Map<number, Utterance>();
const listening = new Set<Promise<void>>();

async function listen(stream: number, utterance: Utterance): Promise<void> {
  try {
    const { voice, reader } = await started();
    await utterance.run(voice.stream(), reader);
  } catch (error) {
    send({ type: 'failed', stream, message: reason(error) });
  } finally {
    utterances.delete(stream);
  }
}

async function close(): Promise<void> {
  for (const utterance of utterances.values()) utterance.cancel();
  await Promise.all(listening);
  const all = await parts?.catch(() => undefined);
  await all?.reader.close();
  await all?.voice.close();
  port?.close();
}

async function setNames(id: number, extra: ExtraVocabulary): Promise<void> {
  try {
    const { domain, language } = await started();
    language.setNames(namesWith(domain, extra));
    send({ type: 'names-known', id });
    // The names before, and what these were made from.
    collectGarbage();
  } catch (error) {
    send({ type: 'names-refused', id, message: reason(error) });
  }
}

port.on('message', (message: ToRecognizer) => {
  switch (message.type) {
    case 'start':
      parts = start(message);
      // Whoever needs them is told.
      parts.catch(() => undefined);
      break;
    case 'names':
      void setNames(message.id, message.extra);
      break;
    case 'open': {
      const { stream, opening } = message;
      const tell = (event: TranscriberEvent): void => {
        if (event.type !== 'error') send({ type: 'event', stream, event });
      };
      const utterance = new Utterance(tell, () => performance.now(), opening);
      utterances.set(stream, utterance);
      const heard = listen(stream, utterance).finally(() => listening.delete(heard));
      listening.add(heard);
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
    case 'close':
      void close();
      break;
  }
});
