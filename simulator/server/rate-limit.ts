/**
 * Token bucket: `capacity` at once, refilled at `perSecond`.
 * @param clock monotonic milliseconds
 */
export function createRateLimit(
  capacity: number,
  perSecond: number,
  clock: () => number,
): (cost?: number) => boolean {
  let tokens = capacity;
  let at = clock();
  return (cost = 1) => {
    const now = clock();
    tokens = Math.min(capacity, tokens + ((now - at) / 1000) * perSecond);
    at = now;
    if (tokens < cost) return false;
    tokens -= cost;
    return true;
  };
}
