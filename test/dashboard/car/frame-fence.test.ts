import assert from 'node:assert/strict';
import { FrameFence } from '../../../dashboard/car/frame-fence.ts';

/** As much of WebGL as a fence needs. */
class Orders {
  readonly SYNC_GPU_COMMANDS_COMPLETE = 1;
  readonly SYNC_FLUSH_COMMANDS_BIT = 2;
  readonly TIMEOUT_EXPIRED = 3;
  readonly CONDITION_SATISFIED = 4;
  readonly WAIT_FAILED = 5;
  answer = this.TIMEOUT_EXPIRED;
  syncs = 0;
  fenceSync = () => ({ number: ++this.syncs });
  clientWaitSync = () => this.answer;
  deleteSync = () => {
    this.syncs--;
  };
}

describe('dashboard/car/frame-fence', () => {
  const fenceOf = (gl: Orders) => new FrameFence(gl as unknown as WebGL2RenderingContext);

  it('[WEB-53] is up from when a frame is ordered until it is drawn', () => {
    const gl = new Orders();
    const fence = fenceOf(gl);
    assert.equal(fence.isUp, false);
    fence.raise();
    assert.equal(fence.isUp, true);
    gl.answer = gl.CONDITION_SATISFIED;
    assert.equal(fence.isUp, false);
    gl.answer = gl.TIMEOUT_EXPIRED;
    assert.equal(fence.isUp, false, 'nothing was ordered since');
  });

  it('[WEB-53] a context that is lost holds nothing up, and no more than one fence is kept', () => {
    const gl = new Orders();
    const fence = fenceOf(gl);
    fence.raise();
    fence.raise();
    assert.equal(gl.syncs, 1);
    gl.answer = gl.WAIT_FAILED;
    assert.equal(fence.isUp, false);
    assert.equal(gl.syncs, 0);
  });
});
