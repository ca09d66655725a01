import assert from 'node:assert/strict';
import { ConfigError } from '../../../vehicle/config-file.ts';
import { vssSignals, type Catalogue } from '../../../vehicle/signals/catalogue.ts';
import { buildCatalogue, parseOverlay } from '../../../vehicle/signals/overlay.ts';
import { CATALOGUE, newCar, tell } from '../../support/small-car.ts';

const over = (text: string): Catalogue =>
  buildCatalogue(CATALOGUE.all(), [parseOverlay(text, 'my.vspec.yaml')]);

const FRAGRANCE = `
Vehicle.Cabin.Fragrance:
  type: branch
  description: Scents.
Vehicle.Cabin.Fragrance.Intensity:
  type: actuator
  datatype: uint8
  unit: percent
  min: 0
  max: 100
  default: 20
  spokenNames: [fragrance, scent]
  description: How strong it smells.
`;

describe('vehicle/signals/overlay', () => {
  it('[SIG-5] adds signals without code: they have a value, can be written, and keep their spoken names', () => {
    const catalogue = over(FRAGRANCE);
    const car = newCar({ catalogue });
    assert.deepEqual(catalogue.get('Vehicle.Cabin.Fragrance.Intensity').spokenNames, ['fragrance', 'scent']);
    assert.equal(car.write('Vehicle.Cabin.Fragrance.Intensity', 55, { seat: 'driver' }).status, 'done');
    assert.deepEqual(car.read('Vehicle.Cabin.Fragrance.Intensity'), { value: 55, target: 55 });
    assert.equal(
      car.write('Vehicle.Cabin.Fragrance.Intensity', 101, { seat: 'driver' }).code,
      'signal.out_of_range',
    );
  });

  it('[SIG-6] narrows limits, and the spoken command obeys them', () => {
    const catalogue = over('Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature: { min: 18, max: 24 }');
    const outcome = tell(newCar({ catalogue }), 'climate.temperature.set', { temperature: 26 });
    assert.equal(outcome.code, 'climate.temperature.range');
    assert.deepEqual([outcome.facts.low, outcome.facts.high], [18, 24]);
  });

  it('[SIG-7] an empty overlay is an overlay', () => {
    assert.equal([...over('# nothing yet\n').all()].length, [...CATALOGUE.all()].length);
  });

  for (const [name, text, line, reason] of [
    ['broken YAML', 'Vehicle.Cabin.A:\n  type: actuator\n   datatype: x: y', 2, 'not-yaml'],
    ['a list', '- Vehicle.Cabin.A', 1, 'bad-entry'],
    ['a path that is none', '\n\nwarp drive:\n  type: actuator', 3, 'bad-entry'],
    [
      'an unknown datatype',
      'Vehicle.Cabin.A:\n  type: actuator\n  datatype: number\n  description: x',
      3,
      'bad-entry',
    ],
    [
      'an unknown key',
      'Vehicle.Cabin.A:\n  type: sensor\n  datatype: float\n  colour: red\n  description: x',
      4,
      'bad-entry',
    ],
    ['a signal without a type', 'Vehicle.Cabin.A: { description: x }', 1, 'contradiction'],
    ['another datatype', 'Vehicle.Speed: { datatype: uint8 }', 1, 'contradiction'],
    [
      'a wider limit',
      '# wide\nVehicle.Cabin.HVAC.Station.Row1.Driver.Temperature: { max: 40 }',
      2,
      'contradiction',
    ],
    [
      'a new choice',
      'Vehicle.Powertrain.Transmission.PerformanceMode: { allowed: [NORMAL, WARP] }',
      1,
      'contradiction',
    ],
    [
      'min above max',
      'Vehicle.Cabin.A: { type: actuator, datatype: uint8, min: 9, max: 3, description: x }',
      1,
      'contradiction',
    ],
    [
      'a default out of range',
      'Vehicle.Cabin.A: { type: actuator, datatype: uint8, max: 3, default: 7, description: x }',
      1,
      'contradiction',
    ],
    ['an actuator made a sensor', 'Vehicle.Body.Horn.IsActive: { type: sensor }', 1, 'contradiction'],
  ] as const) {
    it(`[SIG-8] refuses ${name} with file, line and reason`, () => {
      assert.throws(
        () => over(text),
        (error) => {
          assert.ok(error instanceof ConfigError);
          assert.deepEqual(
            [error.file, error.line, error.reason],
            ['my.vspec.yaml', line, reason],
            error.message,
          );
          assert.match(error.message, /^my\.vspec\.yaml:\d+: ./);
          return true;
        },
      );
    });
  }

  it('[SIG-9] the shipped VSS subset stands without any overlay', () => {
    assert.equal([...buildCatalogue(vssSignals(), []).all()].length, 217);
  });
});
