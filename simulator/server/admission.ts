import { timingSafeEqual } from 'node:crypto';
import type { Access, Invitation } from './protocol.ts';

/** Who asks to be let in. */
export interface Visitor {
  /** Address of the other end of the connection. */
  readonly address: string;
  /** The `Host` that was asked for; it has been checked to be one of ours. */
  readonly host: string;
  readonly token?: string | undefined;
}

export interface Admission {
  /** @returns how far they are let in; undefined: not at all */
  accessOf(visitor: Visitor): Access | undefined;
  /** What others can join by; empty where nobody is invited. */
  readonly invitations: readonly Invitation[];
}

/** Everybody who may open the page has the whole car. */
export const OPEN: Admission = { accessOf: () => 'driver', invitations: [] };

const INVITED: readonly Access[] = ['viewer', 'passenger', 'driver'];
/** 128 bits: nobody guesses them. */
const TOKEN_BYTES = 16;

/**
 * Lets in whoever has an invitation, and whoever sits at this very machine.
 * @param origin under which others reach the page, such as `http://192.168.1.7:8080`
 * @param random gives so many unguessable bytes
 */
export function byInvitation(origin: string, random: (bytes: number) => Uint8Array): Admission {
  const tokens = new Map(
    INVITED.map((access) => [access, Buffer.from(random(TOKEN_BYTES)).toString('base64url')]),
  );
  return {
    accessOf({ address, host, token = '' }) {
      const found = [...tokens].find(([, known]) => isSame(known, token));
      if (found) return found[0];
      // Behind a tunnel everybody comes from this machine, but under another name.
      return isLoopback(address) && LOOPBACK_NAMES.has(host.replace(/:\d+$/, '')) ? 'driver' : undefined;
    },
    // The fragment is never sent to a server, and stays out of every log.
    invitations: [...tokens].map(([access, token]) => ({ access, url: `${origin}/#join=${token}` })),
  };
}

export const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** In IPv4, in IPv6, and in IPv4 as an IPv6 socket names it. */
const isLoopback = (address: string): boolean =>
  address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);

function isSame(known: string, given: string): boolean {
  const [one, two] = [Buffer.from(known), Buffer.from(given)];
  return one.length === two.length && timingSafeEqual(one, two);
}
