import type { Acceptor } from './acceptor.ts';
import type { CommandGrammar, WeightedAcceptor } from './command-grammar.ts';

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
/** Said before a wish, without changing it. */
const OPENINGS = [
  'please',
  'can you',
  'could you',
  'can you please',
  'could you please',
  'would you',
  'hey',
  'okay',
  'i want you to',
];
/** Said after it. */
const CLOSINGS = ['please', 'for me', 'thanks', 'thank you'];
/** Before another wish. */
const JOINERS = ['and', 'and then'];
/** Of all sentences: those that answer; of all wishes: those with an opening, a closing, another wish after them. */
const SHARES = { answers: 0.05, opened: 0.1, closed: 0.1, joined: 0.02 };

/**
 * Puts the lists where the grammar names them: one copy of a list for each state in which it can end, shared by all
 * states in which it can begin. So are openings, closings and further wishes.
 */
export function wordGraph({ wishes, answers, lists }: CommandGrammar): WordGraph {
  const arcs: WordArc[] = [];
  const hubs = new Map<string, number>();
  let states = 0;
  const make = (count: number): number => (states += count) - count;
  const [start, wished, end] = [make(1), make(1), make(1)];

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
    const first = make(acceptor.states.length);
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

  /** Writes sentences that end at `exit`; gives their first state. */
  const sentences = ({ acceptor, tally }: WeightedAcceptor, exit: number): number => {
    const first = make(acceptor.states.length);
    const place = (state: number): number => (isEnd(acceptor, state) ? exit : first + state);
    write(acceptor, place, exit, (state, words) => tally.share(state, words));
    return first + acceptor.start;
  };
  const wish = sentences(wishes, wished);
  const answer = sentences(answers, end);
  const add = (from: number, to: number, share: number, words?: string): void => {
    arcs.push({ from, to, words, probability: share ** CHOICE_WEIGHT });
  };
  add(start, answer, SHARES.answers);
  add(start, wish, 1 - SHARES.answers - SHARES.opened);
  for (const words of OPENINGS) add(start, wish, SHARES.opened / OPENINGS.length, words);
  add(wished, end, 1 - SHARES.closed - SHARES.joined);
  for (const words of CLOSINGS) add(wished, end, SHARES.closed / CLOSINGS.length, words);
  for (const words of JOINERS) add(wished, wish, SHARES.joined / JOINERS.length, words);
  return numbered(withShortcuts(joinWords(arcs, new Set([start, wish, wished, end]))), start, end);
}

/** Adds what two silent arcs make one after another, since the recogniser takes one at a time only. */
function withShortcuts(arcs: readonly WordArc[]): readonly WordArc[] {
  const silent = new Map<number, Map<number, number>>();
  for (const { from, to, words, probability } of arcs) {
    if (words !== undefined || from === to) continue;
    const onward = silent.get(from) ?? new Map<number, number>();
    silent.set(from, onward.set(to, Math.max(probability, onward.get(to) ?? 0)));
  }
  for (const onward of silent.values()) {
    // A Map gives back what is added while it is walked.
    for (const [middle, first] of onward) {
      for (const [to, second] of silent.get(middle) ?? []) {
        if (first * second > (onward.get(to) ?? 0)) onward.set(to, first * second);
      }
    }
  }
  const spoken = arcs.filter(({ words }) => words !== undefined);
  const shortcuts = [...silent].flatMap(([from, onward]) =>
    [...onward].map(([to, probability]) => ({ from, to, words: undefined, probability })),
  );
  return [...spoken, ...shortcuts];
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
