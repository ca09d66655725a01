import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  binomialMass,
  binomialTail,
  casesNeeded,
  criticalCount,
  exactMcNemar,
  holm,
  pairedPower,
} from '../../../assistant/regression/statistics.ts';
import { seededRandom } from '../../../assistant/training/random.ts';

const near = (got: number, wanted: number, within: number) =>
  assert.ok(Math.abs(got - wanted) <= within, `${got} is not ${wanted} (±${within})`);

describe('statistics', () => {
  it('[TEST-20] the exact McNemar test gives the published values', () => {
    // Fagerland, Lydersen and Laake 2013, table 1 (airway hyper-responsiveness): 1 and 7 pairs differ.
    near(exactMcNemar(7, 1).twoSided, 0.0703, 0.0001);
    near(exactMcNemar(7, 1).midP, 0.0391, 0.0001);
    // Their table 2 (complete response): 2 and 9.
    near(exactMcNemar(9, 2).twoSided, 0.0654, 0.0001);
    near(exactMcNemar(9, 2).midP, 0.0386, 0.0001);
    assert.equal(exactMcNemar(0, 0).p, 1);
    near(exactMcNemar(5, 0).p, 1 / 32, 1e-12);
    assert.equal(exactMcNemar(3, 3).twoSided, 1);
  });

  it('[TEST-20] binomial masses sum to one, and tails are their sums', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(300), (n, p, k) => {
        const masses = Array.from({ length: n + 1 }, (_, at) => binomialMass(at, n, p));
        near(
          masses.reduce((a, b) => a + b, 0),
          1,
          1e-9,
        );
        near(
          binomialTail(k, n, p),
          masses.slice(k).reduce((a, b) => a + b, 0),
          1e-9,
        );
      }),
    );
  });

  it('[TEST-20] the critical count is the least one whose tail is small enough', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.constantFrom(0.001, 0.005, 0.01, 0.05), (n, alpha) => {
        const k = criticalCount(n, alpha);
        assert.ok(k === n + 1 || binomialTail(k, n, 0.5) <= alpha + 1e-12);
        assert.ok(k === 0 || binomialTail(k - 1, n, 0.5) > alpha);
      }),
    );
  });

  it('[TEST-21] the power is the share of simulated suites in which the drop is found', () => {
    const [cases, drop, discordant, alpha] = [1000, 0.02, 0.06, 0.005];
    const random = seededRandom(7);
    let found = 0;
    const rounds = 2000;
    for (let round = 0; round < rounds; round++) {
      let [worse, better] = [0, 0];
      for (let at = 0; at < cases; at++) {
        const draw = random();
        if (draw < (discordant + drop) / 2) worse++;
        else if (draw < discordant) better++;
      }
      if (exactMcNemar(worse, better).p <= alpha) found++;
    }
    near(found / rounds, pairedPower(cases, drop, discordant, alpha), 0.03);
  });

  it('[TEST-21] as many cases as are said to be needed are enough, and a tenth fewer are not', () => {
    for (const discordant of [0.02, 0.05, 0.1]) {
      const needed = casesNeeded(0.9, 0.02, discordant, 0.005) ?? 0;
      assert.ok(pairedPower(needed, 0.02, discordant, 0.005) >= 0.9);
      assert.ok(pairedPower(Math.round(needed * 0.9), 0.02, discordant, 0.005) < 0.9);
    }
    assert.equal(casesNeeded(0.9, 0.0001, 0.5, 0.005), undefined);
  });

  it('[TEST-22] Holm: the smallest p has the hardest limit, and the first that fails ends it', () => {
    assert.deepEqual(holm([0.01, 0.04, 0.03, 0.005], 0.05), [true, false, false, true]);
    assert.deepEqual(holm([], 0.05), []);
  });
});
