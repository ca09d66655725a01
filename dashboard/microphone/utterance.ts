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

/**
 * Announces an utterance; frames follow as 16-bit PCM. When the connection breaks, the rest is dropped: after a
 * reconnection nobody would know what it belongs to.
 */
export function sendUtterance(
  socket: Pick<CarSocket, 'emit' | 'connected' | 'id'>,
  start: AudioStart,
): Utterance {
  const { id } = start;
  const connection = socket.id;
  const reachable = () => socket.connected && socket.id === connection;
  socket.emit('audio-start', start);
  return {
    push(samples) {
      if (!reachable()) return;
      for (let from = 0; from < samples.length; from += LARGEST_FRAME / 2) {
        socket.emit('audio-frame', { id, pcm: toPcm16(samples.subarray(from, from + LARGEST_FRAME / 2)) });
      }
    },
    end() {
      if (reachable()) socket.emit('audio-end', { id });
    },
    cancel() {
      if (reachable()) socket.emit('audio-cancel', { id });
    },
  };
}
