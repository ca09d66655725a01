import assert from 'node:assert/strict';
import { VissError } from '../../../simulator/viss/errors.ts';
import { decode, encode } from '../../../simulator/viss/values.ts';
import { DATATYPES, type Datatype } from '../../../vehicle/signals/catalogue.ts';
import type { SignalValue } from '../../../vehicle/signals/signal.ts';

const signal = (datatype: Datatype) => ({
  path: 'Vehicle.Test',
  type: 'actuator' as const,
  datatype,
  description: '',
});

describe('VISS values', () => {
  const examples: Record<Datatype, SignalValue[]> = {
    boolean: [true, false],
    uint8: [0, 255],
    int8: [-128],
    uint16: [65_535],
    int16: [-1],
    uint32: [4_294_967_295],
    int32: [-2_147_483_648],
    float: [0, -0.5, 1e-7],
    double: [48.137154, 1e21],
    string: ['', 'true', '12', 'Grüße'],
    'string[]': [[], ['a', 'b,c']],
    'uint8[]': [[], [0, 255]],
  };
  for (const datatype of DATATYPES) {
    it(`[VISS-4] ${datatype}: a string (or strings) on the wire, and back the same`, () => {
      for (const value of examples[datatype]) {
        const wire = encode(value);
        assert.ok([wire].flat().every((item) => typeof item === 'string'));
        assert.deepEqual(decode(signal(datatype), wire), value);
      }
    });
  }

  it('[VISS-13] a value in another shape than its datatype: invalid_data', () => {
    const wrong: [Datatype, unknown][] = [
      ['string[]', 'a'],
      ['string[]', [1]],
      ['uint8[]', ['a']],
      ['boolean', ['true']],
      ['boolean', 'True'],
      ['string', 5],
      ['float', ''],
      ['float', 'NaN'],
      ['float', ' 1'],
      ['float', '1,5'],
      ['double', null],
    ];
    for (const [datatype, value] of wrong) {
      assert.throws(
        () => decode(signal(datatype), value),
        (error) => error instanceof VissError && error.reason === 'invalid_data',
      );
    }
  });
});
