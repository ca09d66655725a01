/**
 * Exact statistics of paired answers. Binomials are summed in logarithms, so that a thousand flips do not underflow.
 */

const logFactorials: number[] = [0, 0];

/** ln n!, summed and kept: exact to the last digits, and as fast as an approximation for the sizes of suites. */
function logFactorial(n: number): number {
  for (let at = logFactorials.length; at <= n; at++)
    logFactorials.push((logFactorials[at - 1] ?? 0) + Math.log(at));
  return logFactorials[n] ?? 0;
}

/** P(X = k) for X ~ Binomial(n, p). */
export function binomialMass(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return 0;
  if (p <= 0) return k === 0 ? 1 : 0;
  if (p >= 1) return k === n ? 1 : 0;
  const ways = logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  return Math.exp(ways + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/** P(X ≥ k) for X ~ Binomial(n, p). */
export function binomialTail(k: number, n: number, p: number): number {
  let sum = 0;
  for (let at = Math.max(0, k); at <= n; at++) sum += binomialMass(at, n, p);
  return Math.min(1, sum);
}

/**
 * The exact test of paired answers (McNemar 1947 in its exact form: a sign test on the pairs that differ).
 * @param worse pairs right before and wrong now
 * @param better pairs wrong before and right now
 * @returns `p` one-sided: how often at least so many would be worse if neither model were; `twoSided` as usually
 *   reported; `midP` two-sided with half the weight on what was seen (Fagerland, Lydersen and Laake 2013, BMC Med Res Methodol 13:91)
 */
export function exactMcNemar(
  worse: number,
  better: number,
): { readonly p: number; readonly twoSided: number; readonly midP: number } {
  const n = worse + better;
  const extreme = Math.max(worse, better);
  const twoSided = Math.min(1, 2 * binomialTail(extreme, n, 0.5));
  const seen = binomialMass(extreme, n, 0.5);
  const midP = worse === better ? 1 - seen / 2 : twoSided - seen;
  return { p: binomialTail(worse, n, 0.5), twoSided, midP: n === 0 ? 1 : midP };
}

/** The fewest worse ones of n differing pairs that are significant; n + 1 when none is. */
export function criticalCount(n: number, alpha: number): number {
  let tail = 0;
  let k = n + 1;
  while (k > 0 && tail + binomialMass(k - 1, n, 0.5) <= alpha) tail += binomialMass(--k, n, 0.5);
  return k;
}

/** Binomial masses below this change no digit of a power that is shown. */
const NEGLIGIBLE = 1e-9;

/**
 * How surely the exact one-sided test sees a drop: the sum over all numbers of differing pairs that the suite can show
 * (unconditional power; Lachenbruch 1992, Statistics in Medicine 11:1521).
 * @param cases pairs of the suite
 * @param drop share of cases by which the candidate is worse, 0 to 1
 * @param discordant share of pairs that differ, 0 to 1; at least `drop`
 */
export function pairedPower(cases: number, drop: number, discordant: number, alpha: number): number {
  const differing = Math.min(1, Math.max(drop, discordant));
  const worse = (differing + drop) / 2 / differing;
  let power = 0;
  for (let n = 0; n <= cases; n++) {
    const share = binomialMass(n, cases, differing);
    if (share > NEGLIGIBLE) power += share * binomialTail(criticalCount(n, alpha), n, worse);
  }
  return Math.min(1, power);
}

/** No team writes more cases than this by hand; beyond it the answer is "many". */
const MOST_CASES = 50_000;

/** About how many cases see the drop with the wanted power; undefined when no suite of a sensible size does. */
export function casesNeeded(
  wanted: number,
  drop: number,
  discordant: number,
  alpha: number,
): number | undefined {
  let few = 0;
  let many = 50;
  while (pairedPower(many, drop, discordant, alpha) < wanted) {
    few = many;
    many *= 2;
    if (many > MOST_CASES) return undefined;
  }
  // Power zigzags by a few cases between neighbouring sizes: two digits are honest.
  while (many - few > many / 50 + 1) {
    const middle = Math.round((few + many) / 2);
    if (pairedPower(middle, drop, discordant, alpha) < wanted) few = middle;
    else many = middle;
  }
  return many;
}

/**
 * Which of several tests are significant together at `alpha` (Holm 1979, Scandinavian Journal of Statistics 6:65).
 * @returns for each p value, in order
 */
export function holm(pValues: readonly number[], alpha: number): readonly boolean[] {
  const order = [...pValues.keys()].sort((a, b) => (pValues[a] ?? 1) - (pValues[b] ?? 1));
  const significant = pValues.map(() => false);
  for (const [rank, index] of order.entries()) {
    if ((pValues[index] ?? 1) > alpha / (pValues.length - rank)) break;
    significant[index] = true;
  }
  return significant;
}
