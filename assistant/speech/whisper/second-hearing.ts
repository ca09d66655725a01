import type { Seat } from '../../../vehicle/command.ts';
import { EventQueue } from '../event-queue.ts';
import {
  SpeechError,
  type AudioFrame,
  type Transcriber,
  type TranscriberEvent,
  type Transcript,
  type TranscriptionStream,
} from '../transcriber.ts';

export interface SecondHearingOptions {
  /** Hears while somebody speaks. */
  readonly first: Transcriber;
  /** Hears the same sound again where the first one is in doubt. */
  readonly second: Transcriber;
  /** Whether to hear again. */
  readonly doubts: (transcript: Transcript) => boolean | Promise<boolean>;
  /** Told once when the second one fails, and again only after it has worked. */
  readonly onProblem: (error: SpeechError) => void;
}

/**
 * Two transcribers as one: what the first has heard stands, unless it is in doubt and the second hears words, too. When
 * the second fails, the first carries on alone.
 */
export function withSecondHearing({ first, second, doubts, onProblem }: SecondHearingOptions): Transcriber {
  let failing = false;

  async function hearAgain(seat: Seat, frames: readonly AudioFrame[]): Promise<Transcript | undefined> {
    const stream = second.open({ seat });
    for (const frame of frames) stream.push(frame);
    stream.end();
    for await (const event of stream.events) {
      if (event.type === 'error') {
        if (!failing) onProblem(event.error);
        failing = true;
        return undefined;
      }
      if (event.type === 'final') {
        failing = false;
        return event.transcript;
      }
    }
    return undefined;
  }

  return {
    name: `${first.name}, then ${second.name}`,
    capabilities: {
      ...first.capabilities,
      openVocabulary: first.capabilities.openVocabulary || second.capabilities.openVocabulary,
      // The words may be the second one's.
      hearsOpening: first.capabilities.hearsOpening && second.capabilities.hearsOpening,
    },
    open: ({ seat, opening }): TranscriptionStream => {
      const stream = first.open({ seat, opening });
      const events = new EventQueue<TranscriberEvent>();
      const frames: AudioFrame[] = [];
      let open = true;
      const follow = async (): Promise<void> => {
        for await (const event of stream.events) {
          if (event.type !== 'final') {
            events.push(event);
            continue;
          }
          const { transcript } = event;
          const again = (await doubts(transcript)) ? await hearAgain(seat, frames) : undefined;
          events.push(
            again === undefined || again.text === '' ? event : { type: 'final', transcript: again },
          );
        }
      };
      follow()
        .catch((error: unknown) => {
          const message = `What was heard could not be judged: ${error instanceof Error ? error.message : String(error)}`;
          events.push({ type: 'error', error: new SpeechError('engine-failed', message, { cause: error }) });
        })
        .finally(() => {
          events.close();
        });
      return {
        events,
        push(frame) {
          if (!open) return;
          frames.push(frame.slice());
          stream.push(frame);
        },
        end() {
          open = false;
          stream.end();
        },
        cancel() {
          open = false;
          stream.cancel();
          events.drop();
        },
      };
    },
    async close() {
      await Promise.all([first.close(), second.close()]);
    },
  };
}
