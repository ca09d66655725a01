import assert from 'node:assert/strict';
import { Sharpness } from '../../../dashboard/car/sharpness.ts';

describe('the sharpness of the picture', () => {
  it('[WEB-39] a slow machine draws fewer pixels while something moves, and every one at rest', () => {
    const sharpness = new Sharpness(false, true);
    assert.equal(sharpness.moving(undefined), 1);
    assert.equal(sharpness.moving(16), 1);
    const coarse = sharpness.moving(120);
    assert.ok(coarse < 0.7, `${coarse}`);
    for (let frame = 0; frame < 9; frame++) sharpness.moving(120);
    assert.equal(sharpness.moving(120), 0.35);
    assert.equal(sharpness.atRest(500_000, 1), 1);
    assert.equal(sharpness.moving(undefined), 0.35, 'the next motion is slow from the start');
  });

  it('[WEB-39] a motion whose every frame was quick makes the next one finer', () => {
    const sharpness = new Sharpness(false, true);
    sharpness.moving(undefined);
    sharpness.moving(120);
    const coarse = sharpness.moving(undefined);
    for (const took of [16, 16, 17]) sharpness.moving(took);
    assert.ok(sharpness.moving(undefined) > coarse);
    for (const took of [16, 45, 16]) sharpness.moving(took);
    const slow = sharpness.moving(16);
    assert.equal(sharpness.moving(undefined), slow);
  });

  it('[WEB-39] where the processor draws, motion is coarse from the first frame, and rest is drawn finer than the page', () => {
    const sharpness = new Sharpness(true, true);
    assert.ok(sharpness.moving(undefined) < 1);
    assert.equal(sharpness.atRest(100_000, 1), 2);
    assert.equal(sharpness.atRest(100_000, 2), 1);
    const large = sharpness.atRest(934 * 524, 1);
    assert.ok(large > 1 && large < 1.6, `${large}`);
    assert.equal(sharpness.atRest(4_000_000, 1), 1);
  });

  it('[WEB-39] for pictures and films every frame has all pixels, however long it takes', () => {
    const sharpness = new Sharpness(true, false);
    for (const took of [undefined, 900, 2_000]) assert.equal(sharpness.of(false, took, 2), 2);
  });
});
