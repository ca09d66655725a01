import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FrameCutter } from '../../../assistant/speech/frames.ts';
import { joined } from '../../../assistant/speech/resample.ts';

describe('FrameCutter', () => {
  it('[HEAR-5] gives whole frames of the same sound, however it is cut into pieces', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 20 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 16 }), (pieces, length) => {
        const sound = Float32Array.from({ length: pieces.reduce((sum, one) => sum + one, 0) }, (_, at) => at);
        const cutter = new FrameCutter(length);
        let at = 0;
        const frames = pieces.flatMap((piece) => cutter.cut(sound.subarray(at, (at += piece))));
        assert.ok(frames.every((frame) => frame.length === length));
        assert.equal(cutter.rest, sound.length % length);
        assert.deepEqual(joined(frames), sound.slice(0, sound.length - cutter.rest));
      }),
    );
  });

  it('[HEAR-5] a frame stays what it was when the piece is written over', () => {
    const piece = new Float32Array([1, 2, 3]);
    const [frame] = new FrameCutter(2).cut(piece);
    piece.fill(0);
    assert.deepEqual(frame, new Float32Array([1, 2]));
  });
});
