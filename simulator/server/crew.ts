import { SEATS, type Seat } from '../../vehicle/command.ts';
import { HANDOVER_TIME, type Access, type Role, type Presence } from './protocol.ts';

/** Who was told no asks again after so long at the soonest, in milliseconds. */
const PAUSE_AFTER_NO = 30_000;

export type Move = 'moved' | 'asked' | { readonly refused: string };

interface Member {
  readonly access: Access;
  role: Role;
  /** Clock time from which they may ask for the driver's seat. */
  mayAskFrom: number;
}

/**
 * Who is at the car, and where. Each seat has one holder at most; the driver's is a lease that is handed over: who
 * asks for it gets it when the holder says yes, leaves, or has not answered after `HANDOVER_TIME`.
 */
export class Crew {
  readonly #clock: () => number;
  readonly #members = new Map<string, Member>();
  #ask: { readonly by: string; readonly until: number } | undefined;
  #presence: Presence = { taken: [], viewers: 0, asksToDrive: null };

  /** @param clock monotonic milliseconds */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** The same object until something changes. */
  get presence(): Presence {
    return this.#presence;
  }

  /** @returns undefined for somebody who has left */
  roleOf(id: string): Role | undefined {
    return this.#members.get(id)?.role;
  }

  /**
   * Somebody comes: as what they want to be where that is free, else to the next free seat, else to look on.
   * @returns what they are
   */
  join(id: string, access: Access, wanted?: Role): Role {
    const role =
      wanted !== undefined && this.#isFree(wanted, access) ? wanted : this.#nextFree(access, wanted);
    this.#members.set(id, { access, role, mayAskFrom: -Infinity });
    this.#tell();
    return role;
  }

  /** Somebody who was here as `before` is here again: where they sat, and what they have asked for, is as it was. */
  comeBack(before: string, id: string): void {
    const member = this.#members.get(before);
    if (!member) return;
    this.#members.delete(before);
    this.#members.set(id, member);
    if (this.#ask?.by === before) this.#ask = { ...this.#ask, by: id };
    this.#tell();
  }

  /** Somebody goes; who has asked for their seat has it. */
  leave(id: string): void {
    const role = this.roleOf(id);
    this.#members.delete(id);
    if (this.#ask?.by === id) this.#ask = undefined;
    if (role === 'driver') this.#handOver();
    this.#tell();
  }

  /** Changes places, or asks for the driver's seat where it is taken. */
  move(id: string, to: Role): Move {
    const member = this.#members.get(id);
    if (!member) return { refused: 'You have left the car: reload the page.' };
    if (member.role === to) return 'moved';
    if (!mayBe(to, member.access)) return { refused: refusal(member.access) };
    if (this.#isFree(to, member.access)) {
      const wasDriver = member.role === 'driver';
      if (this.#ask?.by === id) this.#ask = undefined;
      member.role = to;
      if (wasDriver) this.#handOver();
      this.#tell();
      return 'moved';
    }
    if (to !== 'driver') return { refused: 'Somebody sits there. Choose another seat.' };
    if (this.#clock() < member.mayAskFrom)
      return { refused: 'The driver has just said no. Ask again in half a minute.' };
    if (this.#ask && this.#ask.by !== id) return { refused: 'Somebody else is asking to drive already.' };
    this.#ask ??= { by: id, until: this.#clock() + HANDOVER_TIME };
    this.#tell();
    return 'asked';
  }

  /**
   * The driver answers whoever asks.
   * @returns who was told no, undefined when nobody was
   */
  answer(id: string, yes: boolean): string | undefined {
    if (this.roleOf(id) !== 'driver' || !this.#ask) return undefined;
    const { by } = this.#ask;
    if (yes) this.#handOver();
    else {
      const member = this.#members.get(by);
      if (member) member.mayAskFrom = this.#clock() + PAUSE_AFTER_NO;
      this.#ask = undefined;
    }
    this.#tell();
    return yes ? undefined : by;
  }

  /** Time has passed: a driver who has not answered hands over. */
  tick(): void {
    if (!this.#ask || this.#clock() < this.#ask.until) return;
    this.#handOver();
    this.#tell();
  }

  /** Who asks drives; who drove sits where the other sat. */
  #handOver(): void {
    const asking = this.#ask && this.#members.get(this.#ask.by);
    this.#ask = undefined;
    if (!asking) return;
    const driver = [...this.#members.values()].find(({ role }) => role === 'driver');
    if (driver) driver.role = asking.role;
    asking.role = 'driver';
  }

  #isFree(role: Role, access: Access): boolean {
    if (!mayBe(role, access)) return false;
    return !isSeat(role) || [...this.#members.values()].every((member) => member.role !== role);
  }

  #nextFree(access: Access, wanted: Role | undefined): Role {
    // Who came to look on does not want a seat.
    if (wanted === 'viewer' || wanted === 'presenter') return 'viewer';
    return SEATS.find((seat) => this.#isFree(seat, access)) ?? 'viewer';
  }

  #tell(): void {
    const roles = [...this.#members.values()].map(({ role }) => role);
    this.#presence = {
      taken: SEATS.filter((seat) => roles.includes(seat)),
      viewers: roles.filter((role) => role === 'viewer').length,
      asksToDrive: this.#ask ? (this.roleOf(this.#ask.by) ?? null) : null,
    };
  }
}

export const isSeat = (role: Role): role is Seat => role !== 'viewer' && role !== 'presenter';

/** Whether somebody who was let in so far may be there. */
function mayBe(role: Role, access: Access): boolean {
  if (role === 'viewer' || access === 'driver') return true;
  return access === 'passenger' && isSeat(role) && role !== 'driver';
}

const refusal = (access: Access): string =>
  access === 'passenger'
    ? 'You were invited as a passenger: the driver’s seat is not yours to take.'
    : 'You were invited to look on. To speak, ask for a passenger’s invitation.';
