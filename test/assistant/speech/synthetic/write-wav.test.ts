import assert from 'node:assert/strict';
import fc from 'fast-check';
import { writeWav } from '../../../../assistant/speech/synthetic/write-wav.ts';
import { readWav } from '../../../../assistant/speech/wav.ts';

describe('speech: writing WAV files', () => {
  it('[TEST-93] what is written is read back, within one step of 16 bits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 500 }),
        fc.constantFrom(8000, 16_000, 44_100),
        (values, rate) => {
          const read = readWav(writeWav({ samples: Float32Array.from(values), rate }));
          assert.equal(read.rate, rate);
          assert.equal(read.samples.length, values.length);
          for (const [at, value] of values.entries())
            assert.ok(Math.abs((read.samples[at] ?? 9) - value) < 1 / 16_000);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('[TEST-93] what is too loud is cut, not wrapped around', () => {
    const { samples } = readWav(writeWav({ samples: Float32Array.of(3, -3), rate: 16_000 }));
    assert.ok((samples[0] ?? 0) > 0.99 && (samples[1] ?? 0) < -0.99);
  });
});
