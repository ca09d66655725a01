/** Values that follow their targets smoothly, and know when they have arrived. A step makes nothing: it runs each frame. */
export class Approach {
  readonly #places = new Map<string, number>();
  readonly #now: number[] = [];
  readonly #target: number[] = [];

  /** @param immediately takes the value at once: the first picture, or a person who wants no motion */
  aim(name: string, target: number, immediately: boolean): void {
    const known = this.#places.get(name);
    const place = known ?? this.#now.length;
    if (known === undefined) this.#places.set(name, place);
    this.#target[place] = target;
    if (immediately || known === undefined) this.#now[place] = target;
  }

  value(name: string): number {
    const place = this.#places.get(name);
    return place === undefined ? 0 : (this.#now[place] ?? 0);
  }

  /**
   * Exponential smoothing, the same for any number of frames in `ms`.
   * @param constant milliseconds in which a value covers 63 % of its way
   * @returns whether something is still on its way
   */
  step(ms: number, constant: number): boolean {
    const share = 1 - Math.exp(-ms / constant);
    let moving = false;
    for (let place = 0; place < this.#now.length; place++) {
      const now = this.#now[place] ?? 0;
      const target = this.#target[place] ?? 0;
      if (now === target) continue;
      const next = now + (target - now) * share;
      const arrived = Math.abs(target - next) < 0.002;
      this.#now[place] = arrived ? target : next;
      moving ||= !arrived;
    }
    return moving;
  }
}
