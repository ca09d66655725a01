/** A source of numbers in [0, 1). */
export type Random = () => number;

/**
 * Mulberry32, by Tommy Ettinger (public domain): 32 bits of state, enough for layouts, never for secrets.
 * @param seed any integer; the same seed gives the same numbers on every machine
 */
export function mulberry32(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A stable number in [0, 1) for a text and a number (FNV-1a, then one round of mulberry32). */
export function hashUnit(text: string, salt = 0): number {
  let hash = 0x811c9dc5 ^ salt;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mulberry32(hash)();
}
