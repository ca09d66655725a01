import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { loadCatalogue, loadRules } from '../../../vehicle/load.ts';
import { packageFile } from '../../../simulator/open-drive.ts';
import { ScenarioError } from '../../../simulator/scenario/errors.ts';
import { readScenario } from '../../../simulator/scenario/read-scenario.ts';
import { scenarioJsonSchema } from '../../../simulator/scenario/scenario.ts';
import { clockTime, milliseconds } from '../../../simulator/scenario/time.ts';

const catalogue = loadCatalogue();
const car = { catalogue, rules: loadRules(catalogue) };
const read = (text: string) => readScenario(text, 'drive.yaml', car);
const mistakes = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    assert.ok(error instanceof ScenarioError);
    return error.message;
  }
  return '';
};

describe('scenarios as they are written', () => {
  it('[SCENE-1] a scenario has its times in milliseconds and each step its line', () => {
    const { steps, start } = read(
      [
        'scenario: Test',
        'steps:',
        '  - at: 1:30',
        '    say: hello',
        '  - after: 2 min',
        '    park: true',
      ].join('\n'),
    );
    assert.deepEqual(
      steps.map(({ at, after, line }) => ({ at, after, line })),
      [
        { at: 90_000, after: undefined, line: 3 },
        { at: undefined, after: 120_000, line: 5 },
      ],
    );
    assert.match(start, /^\d{4}-/);
  });

  for (const [written, ms] of [
    [90, 90_000],
    ['90', 90_000],
    ['0:05', 5_000],
    ['1:02:03.5', 3_723_500],
    ['500 ms', 500],
    ['1.5 h', 5_400_000],
    ['soon', undefined],
    ['1:75', undefined],
    ['-3', undefined],
  ] as const) {
    it(`[SCENE-1] the time ${JSON.stringify(written)} is ${ms ?? 'none'}`, () => {
      assert.equal(milliseconds(written), ms);
      if (ms !== undefined) assert.equal(milliseconds(clockTime(ms)), ms);
    });
  }

  const wrong: [name: string, text: string, at: string, says: RegExp][] = [
    ['no YAML', 'scenario: [', '1:12', /not YAML/],
    ['a key with a typo', 'scenario: A\nsteps:\n  - sayy: hello\n', '3:5', /"sayy".*did you mean "say"/],
    [
      'a signal with a typo',
      'scenario: A\nsteps:\n  - when:\n      Vehicle.Sped: 3\n',
      '4:7',
      /"Vehicle\.Sped".*"Vehicle\.Speed"/,
    ],
    [
      'an unknown signal that is expected',
      'scenario: A\nsteps:\n  - expect:\n      signals: { Vehicle.Moon: 1 }\n',
      '4:18',
      /Vehicle\.Moon/,
    ],
    [
      'a value out of range',
      'scenario: A\nsteps:\n  - set: { Vehicle.Cabin.Sunroof.Position: 900 }\n',
      '3:44',
      /900/,
    ],
    [
      'a sensor of another type',
      'scenario: A\nsensors: { Vehicle.Speed: fast }\nsteps:\n  - park: true\n',
      '2:27',
      /float/,
    ],
    [
      'an unknown rule',
      'scenario: A\nsteps:\n  - say: x\n    expect: { refused: SAFE-999 }\n',
      '4:24',
      /SAFE-999/,
    ],
    [
      'an unknown intent',
      'scenario: A\nsteps:\n  - say: x\n    expect: { intents: [window.opn] }\n',
      '4:25',
      /"window\.opn".*"window\.open"/,
    ],
    ['a time that is none', 'scenario: A\nsteps:\n  - at: soon\n    say: x\n', '3:9', /"soon" is no time/],
    ['a reply of nobody', 'scenario: A\nsteps:\n  - expect: { reply: hello }\n', '3:5', /add "say"/],
    ['two pedals', 'scenario: A\nsteps:\n  - drive: true\n    park: true\n', '3:5', /one of/],
    [
      'a broken expression',
      'scenario: A\nsteps:\n  - say: x\n    expect: { reply: "/(/" }\n',
      '4:22',
      /regular expression/,
    ],
    ['no steps', 'scenario: A\n', '1:1', /./],
    ['a seat that is none', 'scenario: A\nsteps:\n  - say: x\n    seat: roof\n', '4:11', /driver/],
  ];
  it('[SCENE-1] a market’s own rule is known where the market is', () => {
    const text = 'scenario: A\nsteps:\n  - say: x\n    expect: { refused: CITY-1 }\n';
    assert.match(mistakes(text), /CITY-1/);
    const rules = loadRules(catalogue, packageFile('docs/examples/quiet-city.market.yaml'));
    readScenario(text, 'drive.yaml', { catalogue, rules });
  });

  for (const [name, text, at, says] of wrong) {
    it(`[SCENE-1] ${name} is told with its place`, () => {
      const [first = ''] = mistakes(text).split('\n');
      assert.ok(first.startsWith(`drive.yaml:${at}: `), first);
      assert.match(first, says);
    });
  }

  it('[SCENE-1] all mistakes are told at once', () => {
    const told = mistakes('scenario: A\nsteps:\n  - sya: x\n  - at: soon\n    colour: red\n');
    assert.equal(told.split('\n').length, 3, told);
  });

  it('[SCENE-2] the schema for editors is that of the format', () => {
    assert.equal(
      readFileSync(packageFile('scenarios/scenario.schema.json'), 'utf8'),
      scenarioJsonSchema(),
      'run npm run generate',
    );
  });
});
