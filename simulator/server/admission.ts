import { timingSafeEqual } from 'node:crypto';
import type { Access } from './protocol.ts';

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
  /** What others are let in by, and how far; empty where nobody is invited. */
  readonly tokens: ReadonlyMap<Access, string>;
}

/** Everybody who may open the page has the whole car. */
export const OPEN: Admission = { accessOf: () => 'driver', tokens: new Map() };

const INVITED: readonly Access[] = ['viewer', 'passenger', 'driver'];
/** 128 bits: nobody guesses them. */
const TOKEN_BYTES = 16;

/**
 * Lets in whoever has an invitation, and whoever sits at this very machine.
 * @param random gives so many unguessable bytes
 */
export function byInvitation(random: (bytes: number) => Uint8Array): Admission {
  const newToken = () => Buffer.from(random(TOKEN_BYTES)).toString('base64url');
  const tokens = new Map(INVITED.map((access) => [access, newToken()]));
  return {
    accessOf({ address, host, token = '' }) {
      const found = [...tokens].find(([, known]) => isSame(known, token));
      if (found) return found[0];
      // Behind a tunnel everybody comes from this machine, but under another name.
      return isLoopback(address) && LOOPBACK_NAMES.has(host.replace(/:\d+$/, '')) ? 'driver' : undefined;
    },
    tokens,
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
