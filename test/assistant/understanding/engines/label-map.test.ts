import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readLabelMap } from '../../../../assistant/understanding/engines/label-map.ts';
import { UnderstandingError } from '../../../../assistant/understanding/interpreter.ts';
import { ontology } from '../../../support/own-words.ts';

const read = (text: string) => readLabelMap(text, 'map.yaml', ontology);

describe('map of labels', () => {
  const reading = (intent: string, slots: Record<string, string> = {}) => ({
    intent,
    confidence: 1,
    span: [0, 1] as const,
    slots: Object.entries(slots).map(([name, text]) => ({ name, text })),
  });

  it('[NLU-37] the first rule whose slots fit says what a label is', () => {
    const { intentOf } = read(`
intents:
  switch_on:
    - {when: {device: [AC, air con]}, to: climate.ac.on}
    - {when: {device: fog lights, place: front}, to: light.fog.on, slots: {direction: front}}
    - pass-through
  driver_window: {to: window.open, slots: {zone: driver, position: {value: 20, unit: percent}}}
`);
    assert.equal(intentOf(reading('switch_on', { device: 'Air Con' }))?.intent, 'climate.ac.on');
    assert.deepEqual(intentOf(reading('switch_on', { device: 'fog lights', place: 'front' })), {
      intent: 'light.fog.on',
      slots: { direction: { value: 'front' } },
    });
    assert.equal(intentOf(reading('switch_on', { device: 'fog lights' }))?.intent, 'pass-through');
    assert.deepEqual(intentOf(reading('driver_window'))?.slots, {
      zone: { value: 'driver' },
      position: { value: 20, unit: 'percent' },
    });
    assert.equal(intentOf(reading('else')), undefined);
  });

  it('[NLU-37] the map in the documentation is one', () => {
    const docs = readFileSync(new URL('../../../../docs/models.md', import.meta.url), 'utf8');
    const [, example = ''] = /```yaml\n([^`]+)```/.exec(docs) ?? [];
    const { threshold, intentOf, slotOf } = read(example);
    assert.equal(threshold, 0.4);
    assert.equal(intentOf(reading('switch_on', { device: 'AC' }))?.intent, 'climate.ac.on');
    assert.deepEqual(slotOf('seat')?.valueOf({ name: 'seat', text: 'mine', value: 'FR' }), {
      value: 'passenger',
    });
  });

  it('[NLU-37] an empty file maps nothing', () => {
    assert.equal(read('').intentOf(reading('trunk.open')), undefined);
    assert.equal(read('').threshold, 0);
  });

  const wrong: [what: string, text: string, message: RegExp][] = [
    ['is no YAML', 'intents: {a: [', /^map\.yaml:1:\d+: /],
    ['has an unknown key', 'intents: {}\nslot: {}\n', /^map\.yaml:2:1: slot: Unrecognized key/],
    ['has a threshold above 1', 'threshold: 3\n', /^map\.yaml:1:1: threshold: Too big/],
    [
      'names a label that the car does not have',
      'intents:\n  open_trunk: trunk.opne\n',
      /^map\.yaml:2:3: the car has no label "trunk\.opne", did you mean "trunk\.open"\?/,
    ],
    [
      'names a slot that the car does not have',
      'slots:\n  place:\n    to: zones\n',
      /^map\.yaml:2:3: the car has no slot "zones", did you mean "zone"\?/,
    ],
    [
      'gives a value that the slot cannot have',
      'slots:\n  place: {to: zone, values: {FL: driver, FR: copilot}}\n',
      /^map\.yaml:2:42: zone cannot be "copilot"; it is one of speaker, driver/,
    ],
    [
      'gives a slot to a label that takes none',
      'intents:\n  a: {to: frunk.open, slots: {zone: driver}}\n',
      /^map\.yaml:2:3: frunk\.open takes no slot "zone"/,
    ],
    [
      'has a rule without a label',
      'intents:\n  a: {slots: {}}\n',
      /^map\.yaml:2:3: intents\.a\S* .*expected string/,
    ],
    ['is a list', '- a\n', /^map\.yaml:1:\d: .*expected object/],
  ];
  for (const [what, text, message] of wrong)
    it(`[NLU-38] a file that ${what} is refused where it is wrong`, () => {
      assert.throws(
        () => read(text),
        (error) => {
          assert.ok(error instanceof UnderstandingError);
          assert.equal(error.reason, 'labels-mismatch');
          assert.match(error.message, message);
          return true;
        },
      );
    });
});
