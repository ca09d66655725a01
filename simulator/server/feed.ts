import type { Patch, Snapshot } from './protocol.ts';
import type { DashboardSocket } from './client.ts';

/** Packets that may wait for a slow reader. At twenty patches a second, some seconds' worth. */
const MOST_WAITING = 100;

/** What one dashboard is sent. A reader that stalls costs a bounded queue, and gets a snapshot when it reads again. */
export class Feed {
  readonly #socket: DashboardSocket;
  readonly #snapshot: () => Snapshot;
  /** Packets handed to the connection since it was last empty. */
  #waiting = 0;
  #behind = false;

  constructor(socket: DashboardSocket, snapshot: () => Snapshot) {
    this.#socket = socket;
    this.#snapshot = snapshot;
    socket.conn.on('packetCreate', () => {
      this.#waiting++;
    });
    socket.conn.on('drain', () => {
      this.#waiting = 0;
      if (!this.#behind) return;
      this.#behind = false;
      this.sendSnapshot();
    });
  }

  sendSnapshot(): void {
    this.#socket.emit('snapshot', this.#snapshot());
  }

  sendPatch(patch: Patch): void {
    this.#behind ||= this.#waiting >= MOST_WAITING;
    if (!this.#behind) this.#socket.emit('patch', patch);
  }
}
