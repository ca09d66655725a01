import type { Access, Handshake, Role, You } from '../../simulator/server/protocol.ts';
import type { CarSocket } from '../connection.ts';
import { isSeat, type Seat } from '../conversation/words.ts';

const REMEMBERED_ROLE = 'drivetalk.role';
const REMEMBERED_TOKEN = 'drivetalk.join';
const ROLES: readonly Role[] = ['driver', 'passenger', 'rear_left', 'rear_right', 'viewer', 'presenter'];

/** What this page is at the car, as the server has told it last. */
export class Crew {
  #you: You | undefined;
  readonly #watches = new Set<(you: You) => void>();
  readonly #socket: Pick<CarSocket, 'emit' | 'on'>;

  /** @param storage remembers, for this window, what it is: after a reload it is that again where it can be */
  constructor(socket: Pick<CarSocket, 'emit' | 'on'>, storage: Pick<Storage, 'setItem'>) {
    this.#socket = socket;
    socket.on('you', (you) => {
      this.#you = you;
      storage.setItem(REMEMBERED_ROLE, you.role);
      for (const tell of this.#watches) tell(you);
    });
  }

  /** From which seat the person at this page speaks and acts; undefined for one who looks on or presents. */
  get seat(): Seat | undefined {
    const role = this.#you?.role ?? null;
    return isSeat(role) ? role : undefined;
  }

  /** Tells what this page is, now where that is known, and whenever it changes. */
  onYou(tell: (you: You) => void): void {
    this.#watches.add(tell);
    if (this.#you) tell(this.#you);
  }

  /** Changes places; the driver's seat is asked for where somebody sits in it. */
  move(to: Role): void {
    this.#socket.emit('move', { to });
  }

  /** Answers whoever would like to drive. */
  answer(yes: boolean): void {
    this.#socket.emit('handover', { yes });
  }
}

/**
 * What this page says of itself when it connects: by which invitation it comes (`#join=…`), and what it would like to
 * be (`?as=viewer`, `?presenter`), else what it was before.
 * @param page a secret of this page: coming back with it after a break, it finds its seat free
 */
export function handshakeOf(
  address: Pick<Location, 'search' | 'hash'>,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  page: string,
): () => Handshake {
  const [, invited] = /^#join=([\w-]+)$/.exec(address.hash) ?? [];
  // Links within the page replace the fragment.
  if (invited !== undefined) storage.setItem(REMEMBERED_TOKEN, invited);
  const token = invited ?? storage.getItem(REMEMBERED_TOKEN) ?? undefined;
  const search = new URLSearchParams(address.search);
  const asked = search.has('presenter') ? 'presenter' : search.get('as');
  let wanted = ROLES.find((role) => role === asked);
  return () => {
    // What the address says is for the beginning; whoever has moved since comes back to where they were.
    const role = wanted ?? ROLES.find((known) => known === storage.getItem(REMEMBERED_ROLE));
    wanted = undefined;
    return { page, ...(token !== undefined && { token }), ...(role !== undefined && { role }) };
  };
}

/** Whether somebody who was let in so far may be that; the server has the last word. */
export const mayBe = (role: Role, access: Access): boolean =>
  role === 'viewer' || access === 'driver' || (access === 'passenger' && isSeat(role) && role !== 'driver');
