import type { Acceptor } from './acceptor.ts';

/** How often sentences pass through each part of an acceptor, for the likelihood of each next word. */
export class Tally {
  readonly #acceptor: Acceptor;
  readonly #passed: Map<string, number>[];
  readonly #ended: number[];

  constructor(acceptor: Acceptor) {
    this.#acceptor = acceptor;
    this.#passed = acceptor.states.map(() => new Map<string, number>());
    this.#ended = acceptor.states.map(() => 0);
  }

  /** Sentences that stand at these states (by state: how many) and go on with `word`: where they stand then. */
  pass(standing: ReadonlyMap<number, number>, word: string): ReadonlyMap<number, number> {
    const after = new Map<number, number>();
    for (const [state, many] of standing) {
      const next = this.#acceptor.states[state]?.arcs.get(word);
      const passed = this.#passed[state];
      if (next === undefined || !passed) throw new RangeError(`the acceptor does not take "${word}" here`);
      passed.set(word, (passed.get(word) ?? 0) + many);
      after.set(next, (after.get(next) ?? 0) + many);
    }
    return after;
  }

  end(standing: ReadonlyMap<number, number>): void {
    for (const [state, many] of standing) this.#ended[state] = (this.#ended[state] ?? 0) + many;
  }

  /** Of the sentences at `state`, the share that goes on with `word`, or that ends. */
  share(state: number, word?: string): number {
    const passed = this.#passed[state] ?? new Map<string, number>();
    const ended = this.#ended[state] ?? 0;
    const all = [...passed.values()].reduce((sum, many) => sum + many, ended);
    return (word === undefined ? ended : (passed.get(word) ?? 0)) / all;
  }
}
