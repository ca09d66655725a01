import type { DashboardSocket } from './client.ts';
import type { Patch, Problem, Snapshot, You } from './protocol.ts';

/** Bytes that may wait for a slow reader before it gets no more patches: half a minute of an ordinary drive. */
export const MOST_WAITING = 256 * 1024;
/** Who has not read for so long does not come back by itself, in milliseconds. */
export const HOPELESS = 30_000;

/**
 * What one dashboard is sent. A reader that stalls costs a bounded queue and gets a snapshot when it reads again; one
 * that never does is disconnected.
 */
export class Feed {
  readonly #socket: DashboardSocket;
  readonly #snapshot: () => Snapshot;
  readonly #clock: () => number;
  /** Bytes that wait until the transport takes more. (Engine.IO drains its queue in whole.) */
  #waiting = 0;
  /** Since when nothing more has been queued; undefined while the reader keeps up. */
  #behindSince: number | undefined;

  /** @param clock monotonic milliseconds */
  constructor(socket: DashboardSocket, snapshot: () => Snapshot, clock: () => number) {
    this.#socket = socket;
    this.#snapshot = snapshot;
    this.#clock = clock;
    socket.conn.on('packetCreate', ({ data }: { data?: unknown }) => {
      this.#waiting += typeof data === 'string' ? data.length : 0;
    });
    socket.conn.on('drain', () => {
      this.#waiting = 0;
      if (this.#behindSince === undefined) return;
      this.#behindSince = undefined;
      this.sendSnapshot();
    });
  }

  sendSnapshot(): void {
    if (this.#isBehind()) return;
    this.#socket.emit('snapshot', this.#snapshot());
  }

  sendPatch(patch: Patch): void {
    if (!this.#isBehind()) this.#socket.emit('patch', patch);
  }

  /** Lost on a reader that stalls: by the time it reads again, the problem is over. */
  sendProblem(problem: Problem): void {
    if (!this.#isBehind()) this.#socket.emit('problem', problem);
  }

  sendYou(you: You): void {
    this.#socket.emit('you', you);
  }

  /** Whether nothing more is to be queued. Ends the connection when that has been so for too long. */
  #isBehind(): boolean {
    if (this.#behindSince === undefined && this.#waiting >= MOST_WAITING) this.#behindSince = this.#clock();
    if (this.#behindSince === undefined) return false;
    // Without waiting for what is queued: nobody reads it.
    if (this.#clock() - this.#behindSince >= HOPELESS) this.#socket.conn.close(true);
    return true;
  }
}
