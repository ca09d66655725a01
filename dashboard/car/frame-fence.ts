/**
 * Tells whether the last frame is drawn. A page can order frames faster than a processor draws them: what happens then is
 * seen only after all that were ordered before.
 */
export class FrameFence {
  readonly #gl: WebGL2RenderingContext;
  #sync: WebGLSync | undefined;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
  }

  /** After a frame was ordered. */
  raise(): void {
    this.#forget();
    this.#sync = this.#gl.fenceSync(this.#gl.SYNC_GPU_COMMANDS_COMPLETE, 0) ?? undefined;
  }

  /** Whether what was ordered before is still being drawn; never of a context that is lost. */
  get isUp(): boolean {
    if (!this.#sync) return false;
    const isUp =
      this.#gl.clientWaitSync(this.#sync, this.#gl.SYNC_FLUSH_COMMANDS_BIT, 0) === this.#gl.TIMEOUT_EXPIRED;
    if (!isUp) this.#forget();
    return isUp;
  }

  #forget(): void {
    if (this.#sync) this.#gl.deleteSync(this.#sync);
    this.#sync = undefined;
  }
}
