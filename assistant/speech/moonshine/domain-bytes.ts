import { deserialize, serialize } from 'node:v8';
import type { Domain } from './domain.ts';

/** A domain as bytes. @param source tells what it was learnt from */
export const domainAsBytes = (domain: Domain, source: string): Uint8Array => serialize({ source, domain });

/** The domain of `domainAsBytes`; nothing where it was learnt from something else, or the bytes are damaged. */
export function domainFromBytes(bytes: Uint8Array, source: string): Domain | undefined {
  try {
    const kept = deserialize(bytes) as { readonly source?: unknown; readonly domain: Domain };
    return kept.source === source ? kept.domain : undefined;
  } catch {
    return undefined;
  }
}
