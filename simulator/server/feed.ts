import type { DashboardSocket } from './client.ts';
import type { Patch, Problem, Role, Show, Snapshot, You } from './protocol.ts';

/** Bytes that may wait for a slow reader before it gets no more patches: half a minute of an ordinary drive. */
export const MOST_WAITING = 256 * 1024;
/** Who has not read for so long does not come back by itself, in milliseconds. */
export const HOPELESS = 30_000;

/** Who reads the notes of a scripted drive: who moves it on. The audience could look at what its page is sent. */
const READS_NOTES: ReadonlySet<Role> = new Set(['driver', 'presenter']);

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
  #readsNotes = false;
  #hasBegun = false;

  /** @param clock monotonic milliseconds */
  constructor(socket: DashboardSocket, snapshot: () => Snapshot, clock: () => number) {
    this.#socket = socket;
    this.#snapshot = snapshot;
    this.#clock = clock;
    socket.conn.on('packetCreate', ({ data }: { data?: unknown }) => {
      this.#waiting += sizeOf(data);
    });
    socket.conn.on('drain', () => {
      this.#waiting = 0;
      if (this.#behindSince === undefined) return;
      this.#behindSince = undefined;
      this.sendSnapshot();
    });
  }

  sendSnapshot(): void {
    if (this.isBehind()) return;
    this.#hasBegun = true;
    const { version, state } = this.#snapshot();
    this.#socket.emit('snapshot', { version, state: { ...state, show: this.#shown(state.show) } });
  }

  sendPatch(patch: Patch): void {
    if (this.isBehind()) return;
    this.#socket.emit('patch', patch.show ? { ...patch, show: this.#shown(patch.show) } : patch);
  }

  /** Lost on a reader that stalls: by the time it reads again, the problem is over. */
  sendProblem(problem: Problem): void {
    if (!this.isBehind()) this.#socket.emit('problem', problem);
  }

  /** Whoever may read the notes from now on gets them at once. */
  sendYou(you: You): void {
    const readNotes = this.#readsNotes;
    this.#readsNotes = READS_NOTES.has(you.role);
    this.#socket.emit('you', you);
    if (this.#hasBegun && this.#readsNotes && !readNotes) this.sendSnapshot();
  }

  #shown<Any extends Show | null>(show: Any): Any {
    if (show === null || this.#readsNotes) return show;
    return { ...show, note: '', next: show.next && { ...show.next, note: '' } };
  }

  /** Whether nothing more is to be queued. Ends the connection when that has been so for too long. */
  isBehind(): boolean {
    if (this.#behindSince === undefined && this.#waiting >= MOST_WAITING) this.#behindSince = this.#clock();
    if (this.#behindSince === undefined) return false;
    // Without waiting for what is queued: nobody reads it.
    if (this.#clock() - this.#behindSince >= HOPELESS) this.#socket.conn.close(true);
    return true;
  }
}

/** Of a packet: text, or bytes in whichever shape they were given. */
function sizeOf(data: unknown): number {
  if (typeof data === 'string') return data.length;
  return data instanceof ArrayBuffer || ArrayBuffer.isView(data) ? data.byteLength : 0;
}
