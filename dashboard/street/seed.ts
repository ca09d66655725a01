/** @returns a number in [0, 1) that only three whole numbers decide (Wang's integer hash, 2007) */
export function chance(a: number, b: number, c = 0): number {
  let n = Math.imul(a | 0, 0x9e3779b1) ^ Math.imul(b | 0, 0x85ebca6b) ^ Math.imul(c | 0, 0xc2b2ae35);
  n = n ^ 61 ^ (n >>> 16);
  n = Math.imul(n, 9);
  n ^= n >>> 4;
  n = Math.imul(n, 0x27d4eb2d);
  n ^= n >>> 15;
  return (n >>> 0) / 4_294_967_296;
}
