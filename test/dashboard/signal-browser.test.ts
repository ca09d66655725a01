import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  found,
  limitWords,
  stateWords,
  typedValue,
  valueWords,
} from '../../dashboard/signal-browser/signal-words.ts';
import { stepPath } from '../../dashboard/signal-browser/sparkline.ts';
import { loadCatalogue } from '../../vehicle/load.ts';

const catalogue = loadCatalogue(['docs/examples/fragrance.vspec.yaml']);
const signals = [...catalogue.all()];
const speed = catalogue.get('Vehicle.Speed');

describe('dashboard: signal browser', () => {
  it('[PAGE-50] finds signals by words of path, description and spoken names, in any order', () => {
    const paths = (typed: string, kind = 'all') => found(signals, typed, kind).map(({ path }) => path);
    assert.deepEqual(paths('karaoke'), ['Vehicle.Cabin.Karaoke.IsOn']);
    assert.ok(paths('POSITION window row1').includes('Vehicle.Cabin.Door.Row1.DriverSide.Window.Position'));
    assert.deepEqual(paths('speed', 'actuator').includes('Vehicle.Speed'), false);
    assert.equal(paths('').length, signals.length);
    assert.deepEqual(paths('no such thing at all'), []);
  });

  it('[PAGE-51] shows a value with its unit, where an actuator is going, and what may be written', () => {
    assert.equal(valueWords(12.34567, 'cm'), '12.346 cm');
    assert.equal(valueWords([]), 'none');
    assert.equal(
      stateWords({ value: 20, target: 50 }, catalogue.get('Vehicle.Cabin.Sunroof.Position')),
      '20 percent → 50 percent',
    );
    assert.match(
      limitWords(catalogue.get('Vehicle.Cabin.Fragrance.Kind')),
      /FOREST \| OCEAN_BREEZE \| CITRUS/,
    );
  });

  it('[PAGE-52] what is typed becomes a value of the signal’s own type, or none', () => {
    for (const signal of signals) {
      const value = typedValue(signal, '1');
      if (value !== undefined && signal.allowed === undefined)
        assert.equal(
          Array.isArray(value) ? 'array' : typeof value,
          signal.datatype.endsWith('[]')
            ? 'array'
            : signal.datatype === 'boolean'
              ? 'boolean'
              : signal.datatype === 'string'
                ? 'string'
                : 'number',
        );
    }
    assert.equal(typedValue(speed, 'fast'), undefined);
    assert.equal(typedValue(speed, ' 3,5 '), 3.5);
  });

  it('[PAGE-53] the curve of a signal stays in its field, whatever the samples', () => {
    assert.equal(stepPath([], 5), '');
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 50 }),
        (values) => {
          const path = stepPath(
            values.map((value, at) => ({ at, value })),
            values.length,
          );
          const numbers = [...path.matchAll(/V(-?[\d.]+)/g)].map(([, y]) => Number(y));
          assert.ok(
            numbers.every((y) => y >= 0 && y <= 56),
            path,
          );
          assert.doesNotMatch(path, /NaN|Infinity/);
        },
      ),
      { seed: 23 },
    );
  });
});
