/** Values that follow their targets smoothly, each by its own time constant, and know when they have arrived. */
export class Approach {
  readonly #now = new Map<string, number>();
  readonly #target = new Map<string, number>();

  /** @param immediately takes the value at once: the first picture, or a person who wants no motion */
  aim(name: string, target: number, immediately: boolean): void {
    this.#target.set(name, target);
    if (immediately || !this.#now.has(name)) this.#now.set(name, target);
  }

  value(name: string): number {
    return this.#now.get(name) ?? 0;
  }

  /**
   * Exponential smoothing, the same for any number of frames in `ms`.
   * @param constant milliseconds in which a value covers 63 % of its way
   * @returns whether something is still on its way
   */
  step(ms: number, constant: number): boolean {
    const share = 1 - Math.exp(-ms / constant);
    let moving = false;
    for (const [name, target] of this.#target) {
      const now = this.#now.get(name) ?? target;
      if (now === target) continue;
      const next = now + (target - now) * share;
      const arrived = Math.abs(target - next) < 0.002;
      this.#now.set(name, arrived ? target : next);
      moving ||= !arrived;
    }
    return moving;
  }
}
