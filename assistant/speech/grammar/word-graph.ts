import type { Acceptor } from './acceptor.ts';
import type { CommandGrammar } from './command-grammar.ts';

/** The grammar as the recogniser takes it: numbered states, one start, one end. */
export interface WordGraph {
  readonly states: number;
  readonly start: number;
  readonly end: number;
  readonly arcs: readonly WordArc[];
}

export interface WordArc {
  readonly from: number;
  readonly to: number;
  /** A word, or a name of several; undefined: nothing is said. */
  readonly words: string | undefined;
  /** That this arc is taken, among those of its state. */
  readonly probability: number;
}

/**
 * How much the likelihood of a choice counts, as its exponent, against how it sounds. Less than 1, since the shares of
 * the phrases are a guess at what people say.
 */
const CHOICE_WEIGHT = 0.8;
/** Words in one entry at most: people pause between more. */
const MAX_JOINED = 3;
/** That another wish follows the one just said. */
const CHAIN_PROBABILITY = 0.01;
const JOINERS = ['and', 'and then'];

/**
 * Puts the lists where the grammar names them: one copy of a list for each state in which it can end, shared by all
 * states in which it can begin.
 */
export function wordGraph({ wishes, tally, lists }: CommandGrammar): WordGraph {
  const arcs: WordArc[] = [];
  const hubs = new Map<string, number>();
  let states = wishes.states.length;
  const end = states++;

  const write = (
    acceptor: Acceptor,
    at: (state: number) => number,
    exit: number,
    share: (state: number, words?: string) => number,
  ): void => {
    for (const [state, { final, arcs: choices }] of acceptor.states.entries()) {
      const from = at(state);
      if (final && from !== exit) {
        arcs.push({ from, to: exit, words: undefined, probability: share(state) ** CHOICE_WEIGHT });
      }
      for (const [words, next] of choices) {
        const probability = share(state, words) ** CHOICE_WEIGHT;
        const list = /^\{(.*)\}$/.exec(words)?.[1];
        if (list === undefined) arcs.push({ from, to: at(next), words, probability });
        else arcs.push({ from, to: hub(list, at(next)), words: undefined, probability });
      }
    }
  };

  const hub = (list: string, exit: number): number => {
    const key = `${list} ${exit}`;
    const known = hubs.get(key);
    if (known !== undefined) return known;
    const acceptor = lists.get(list);
    if (!acceptor) throw new RangeError(`the grammar has no list {${list}}`);
    const first = states;
    states += acceptor.states.length;
    hubs.set(key, first);
    // An end from which nothing goes on is the exit itself.
    const place = (state: number): number => (isEnd(acceptor, state) ? exit : first + state);
    // Of a list, no name is likelier than another.
    const equally = (state: number): number => {
      const choices = acceptor.states[state];
      return choices ? 1 / (choices.arcs.size + (choices.final ? 1 : 0)) : 0;
    };
    write(acceptor, place, exit, equally);
    return first;
  };

  write(
    wishes,
    (state) => (isEnd(wishes, state) ? end : state),
    end,
    (state, words) => tally.share(state, words),
  );
  const [start = 0, again = start] = wishes.starts;
  for (const words of JOINERS)
    arcs.push({ from: end, to: again, words, probability: CHAIN_PROBABILITY ** CHOICE_WEIGHT });
  return numbered(joinWords(arcs, new Set([start, again, end])), start, end);
}

/**
 * Takes out states with one way on by making the words before and after into one entry ("turn on", "of the"). The
 * recogniser looks at each state in each hundredth of a second, whether it is in use or not, so that fewer states are
 * worth more than fewer words.
 * @param kept states that must stay
 */
function joinWords(arcs: readonly WordArc[], kept: ReadonlySet<number>): readonly WordArc[] {
  const onward = new Map<number, WordArc[]>();
  const inward = new Map<number, Set<WordArc>>();
  for (const arc of arcs) {
    onward.set(arc.from, [...(onward.get(arc.from) ?? []), arc]);
    inward.set(arc.to, (inward.get(arc.to) ?? new Set()).add(arc));
  }
  const made = new Set<WordArc>(arcs);
  for (const [state, outs] of onward) {
    const [out] = outs;
    const before = inward.get(state);
    if (outs.length !== 1 || !out || !before || kept.has(state)) continue;
    const longest = Math.max(...[...before].map(({ words }) => count(words))) + count(out.words);
    if (
      longest > MAX_JOINED ||
      (out.words !== undefined && [...before].some(({ words }) => words === undefined))
    )
      continue;
    made.delete(out);
    inward.get(out.to)?.delete(out);
    for (const arc of before) {
      const words = [arc.words, out.words].filter((part) => part !== undefined).join(' ');
      const joined = {
        from: arc.from,
        to: out.to,
        words: words === '' ? undefined : words,
        probability: arc.probability * out.probability,
      };
      made.delete(arc);
      made.add(joined);
      onward.set(arc.from, [...(onward.get(arc.from) ?? []).filter((other) => other !== arc), joined]);
      inward.set(out.to, (inward.get(out.to) ?? new Set()).add(joined));
    }
    onward.set(state, []);
    inward.delete(state);
  }
  return [...made];
}

function count(words: string | undefined): number {
  return words === undefined ? 0 : words.split(' ').length;
}

/** The states that are in use, numbered without gaps. */
function numbered(arcs: readonly WordArc[], start: number, end: number): WordGraph {
  const numbers = new Map<number, number>();
  const number = (state: number): number => {
    const known = numbers.get(state) ?? numbers.size;
    numbers.set(state, known);
    return known;
  };
  const renumbered = arcs.map((arc) => ({ ...arc, from: number(arc.from), to: number(arc.to) }));
  return { start: number(start), end: number(end), arcs: renumbered, states: numbers.size };
}

function isEnd(acceptor: Acceptor, state: number): boolean {
  const found = acceptor.states[state];
  return found !== undefined && found.final && found.arcs.size === 0;
}
