import assert from 'node:assert/strict';
import { ConfigError } from '../../vehicle/config-file.ts';
import { loadRules } from '../../vehicle/load.ts';
import { parseMarket } from '../../vehicle/market.ts';
import { SAFETY_RULES } from '../../vehicle/safety-rules.ts';
import { CATALOGUE, command, newCar, sense, tell } from '../support/small-car.ts';

const FILE = 'docs/examples/quiet-city.market.yaml';
const RULE =
  'id: X-1\n    title: t\n    intents: [horn.start]\n    verdict: refuse\n    remedy: Not here, please.';

describe('vehicle: markets', () => {
  it('[SAFE-60] a market adds rules above the car’s own, in its own words, and leaves some out', () => {
    const rules = loadRules(CATALOGUE, FILE);
    assert.equal(rules.length, SAFETY_RULES.length + 1);
    const car = newCar({ rules });
    const horn = tell(car, 'horn.start');
    assert.equal(horn.status, 'refused');
    assert.equal(horn.code, 'The horn is for the road only.');
    const loud = tell(car, 'media.volume.set', { level: { value: 90, unit: 'percent' } });
    assert.equal('decision' in loud && loud.decision.rule, 'CITY-2');
    sense(car, { Speed: 50 });
    assert.equal(tell(car, 'drive.lane_assist.off').status, 'done');
    assert.equal(car.preview(command('door.open'), { seat: 'driver' }).verdict, 'refuse');
  });

  it('[SAFE-60] without a file the default rules hold', () => {
    assert.equal(loadRules(CATALOGUE), SAFETY_RULES);
    assert.deepEqual(parseMarket('market: bare\nextends: none', 'm', CATALOGUE), []);
  });

  for (const [name, text, line, why] of [
    ['broken YAML', 'market: a\nrules: }', 2, /./],
    ['no market', '- 1', 1, /market/],
    ['an unknown key', 'market: a\nrule: []', 2, /rule/],
    ['a rule to leave out that is none', 'market: a\nwithout:\n  - SAFE-999', 2, /no rule SAFE-999/],
    ['an id used twice', `market: a\nrules:\n  - ${RULE.replace('X-1', 'SAFE-2')}`, 3, /SAFE-2 already/],
    [
      'an unknown intent',
      `market: a\nrules:\n  - ${RULE.replace('horn.start', 'horn.warp')}`,
      5,
      /horn\.warp/,
    ],
    [
      'an unknown path',
      `market: a\nrules:\n  - ${RULE}\n    when: [{ path: Vehicle.Warp, is: 1 }]`,
      8,
      /Vehicle\.Warp/,
    ],
    [
      'a remedy that is no sentence',
      `market: a\nrules:\n  - ${RULE.replace('Not here, please.', 'stop')}`,
      7,
      /remedy/,
    ],
    [
      'a rule about nothing',
      'market: a\nrules:\n  - { id: X-1, title: t, verdict: refuse, remedy: No way. }',
      3,
      /intents, writes/,
    ],
  ] as const) {
    it(`[SAFE-61] ${name} is refused with file, line and reason`, () => {
      assert.throws(
        () => parseMarket(text, 'my.market.yaml', CATALOGUE),
        (error) => {
          assert.ok(error instanceof ConfigError, String(error));
          assert.equal(error.line, line, error.message);
          assert.match(error.message, /^my\.market\.yaml:\d+: /);
          assert.match(error.message, why);
          return true;
        },
      );
    });
  }
});
