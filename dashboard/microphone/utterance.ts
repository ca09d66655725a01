import type { AudioStart } from '../../simulator/server/protocol.ts';
import type { CarSocket } from '../connection.ts';
import { toPcm16 } from './pcm.ts';

/** The server takes frames of at most this many bytes. */
const LARGEST_FRAME = 96_000;

/** One utterance on its way to the server. */
export interface Utterance {
  push(samples: Float32Array): void;
  end(): void;
  cancel(): void;
}

/** Announces an utterance; frames follow as 16-bit PCM. */
export function sendUtterance(socket: Pick<CarSocket, 'emit'>, start: AudioStart): Utterance {
  const { id } = start;
  socket.emit('audio-start', start);
  return {
    push(samples) {
      for (let from = 0; from < samples.length; from += LARGEST_FRAME / 2) {
        socket.emit('audio-frame', { id, pcm: toPcm16(samples.subarray(from, from + LARGEST_FRAME / 2)) });
      }
    },
    end() {
      socket.emit('audio-end', { id });
    },
    cancel() {
      socket.emit('audio-cancel', { id });
    },
  };
}
