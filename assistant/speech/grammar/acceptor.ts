/** Sentences as a graph: from each state one arc per word, or name of several words, that may come next. */
export interface Acceptor {
  readonly start: number;
  /** By state: the next words and where each leads. */
  readonly states: readonly AcceptorState[];
}

export interface AcceptorState {
  /** A sentence may end here. */
  readonly final: boolean;
  readonly arcs: ReadonlyMap<string, number>;
}

/**
 * Builds acceptors from their ends to their beginnings. Each state is complete when it is made and equal states are
 * one state, so what comes out is deterministic and minimal by construction: `{contact}` at the end of forty phrases
 * is one piece of graph, which is what keeps the recogniser's search small.
 */
export class AcceptorBuilder {
  readonly #states: AcceptorState[] = [];
  readonly #ids = new Map<string, number>();
  readonly #unions = new Map<string, number>();
  readonly #words = new Map<string, number>();
  /** The end of a sentence. */
  readonly end = this.#state(new Map(), true);

  /** The state from which `word` leads to `next`. */
  word(word: string, next: number): number {
    return this.#state(new Map([[word, next]]), false);
  }

  /** The state from which everything goes that goes from one of `states`. */
  union(states: readonly number[]): number {
    const sorted = [...new Set(states)].sort((a, b) => a - b);
    const [only] = sorted;
    if (sorted.length === 1 && only !== undefined) return only;
    const key = sorted.join(' ');
    const known = this.#unions.get(key);
    if (known !== undefined) return known;
    const targets = new Map<string, number[]>();
    let final = false;
    for (const id of sorted) {
      const state = this.#at(id);
      final ||= state.final;
      for (const [word, next] of state.arcs) {
        const together = targets.get(word);
        if (together) together.push(next);
        else targets.set(word, [next]);
      }
    }
    const made = this.#state(new Map([...targets].map(([word, next]) => [word, this.union(next)])), final);
    this.#unions.set(key, made);
    return made;
  }

  /** The part of the graph that `start` reaches, renumbered. */
  finish(start: number): Acceptor {
    const order = new Map<number, number>([[start, 0]]);
    const states: AcceptorState[] = [];
    // A Map gives back what is added while it is walked.
    for (const [id] of order) {
      const { arcs, final } = this.#at(id);
      const renumbered = new Map<string, number>();
      for (const [word, next] of arcs) {
        const known = order.get(next) ?? order.size;
        order.set(next, known);
        renumbered.set(word, known);
      }
      states.push({ final, arcs: renumbered });
    }
    return { start: 0, states };
  }

  #at(id: number): AcceptorState {
    const state = this.#states[id];
    if (!state) throw new RangeError(`the acceptor has no state ${id}`);
    return state;
  }

  #state(arcs: ReadonlyMap<string, number>, final: boolean): number {
    const key = [...arcs]
      .map(([word, next]) => `${this.#wordId(word)}>${next}`)
      .sort()
      .join(' ');
    const full = final ? `!${key}` : key;
    const known = this.#ids.get(full);
    if (known !== undefined) return known;
    this.#states.push({ arcs, final });
    this.#ids.set(full, this.#states.length - 1);
    return this.#states.length - 1;
  }

  #wordId(word: string): number {
    const id = this.#words.get(word) ?? this.#words.size;
    this.#words.set(word, id);
    return id;
  }
}

/** Whether the acceptor takes this sentence (words parted by single spaces). */
export function accepts(acceptor: Acceptor, sentence: string): boolean {
  const reaches = (id: number, rest: string): boolean => {
    const state = acceptor.states[id];
    if (rest === '') return state?.final ?? false;
    return [...(state?.arcs ?? [])].some(
      ([words, next]) => `${rest} `.startsWith(`${words} `) && reaches(next, rest.slice(words.length + 1)),
    );
  };
  return reaches(acceptor.start, sentence);
}
