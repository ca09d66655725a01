import type { Intent, SlotName } from '../../../vehicle/ontology.generated.ts';
import type { Labels } from './labels.ts';
import type { Pieces } from './tokenizer.ts';

/** The model's answer for one utterance's own pieces, row by row. */
export interface Logits {
  /** [pieces × intents] */
  readonly intent: Float32Array;
  /** [pieces]: how much a piece counts for its command's intent. */
  readonly pool: Float32Array;
  /** [pieces]: whether a piece begins a new command. */
  readonly boundary: Float32Array;
  /** [pieces × (1 + 2 slots)]: O, then B and I of each slot. */
  readonly slot: Float32Array;
}

/** A stretch of text, in UTF-16 units, end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface Reading extends Stretch {
  readonly intent: Intent;
  readonly confidence: number;
  readonly slots: readonly (Stretch & { readonly name: SlotName })[];
}

/** One command of an utterance: what it most probably is, and what else it could be. */
export interface Segment {
  readonly best: Reading;
  /** Most likely first; the first one is what was rejected, where `best` says `none.out_of_scope.select`. */
  readonly others: readonly Reading[];
}

const OUT_OF_SCOPE: Intent = 'none.out_of_scope.select';
const SILENCE: Intent = 'none.silence.select';
/** Other readings less likely than this are noise. */
const WORTH_TELLING = 0.05;
const MOST_OTHERS = 3;
/** When a command and its contrary are nearer than this, neither is carried out: asking again is cheaper than closing a window on a hand. */
const OPPOSITE_MARGIN = 0.2;

/**
 * Reads the commands of one utterance from the model's logits.
 *
 * The utterance is cut where a word's boundary probability passes one half. Each command's intent comes from its
 * pieces' intent logits, weighted by the softmax of their pool logits; its slots are the best BIO path over its words
 * among the slots that its intent may carry, where a word's first piece speaks for the word.
 * @param pieces at least one
 */
export function decode(logits: Logits, pieces: Pieces, labels: Labels): readonly Segment[] {
  const cuts = pieces.ids.flatMap((_, at) =>
    at === 0 || (pieces.beginsWord[at] === true && (logits.boundary[at] ?? 0) > 0) ? [at] : [],
  );
  const segments = cuts.map((from, index) =>
    readSegment(logits, pieces, labels, from, cuts[index + 1] ?? pieces.ids.length),
  );
  return repaired(segments);
}

/** Noise beside a command is nothing to answer, and a command said twice in one breath is one command. */
function repaired(segments: readonly Segment[]): readonly Segment[] {
  const spoken = segments.filter(({ best }) => best.intent !== SILENCE);
  const kept: Segment[] = [];
  for (const segment of spoken.length > 0 ? spoken : segments.slice(0, 1)) {
    const last = kept.at(-1);
    const again =
      last?.best.intent === segment.best.intent &&
      (segment.best.slots.length === 0 || segment.best.intent === OUT_OF_SCOPE);
    if (last && again) kept[kept.length - 1] = { ...last, best: { ...last.best, end: segment.best.end } };
    else kept.push(segment);
  }
  return kept;
}

function readSegment(logits: Logits, pieces: Pieces, labels: Labels, from: number, to: number): Segment {
  const probabilities = intentProbabilities(logits, labels, from, to);
  const ranked = [...probabilities.keys()]
    .sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0))
    .slice(0, MOST_OTHERS + 1);
  const stretch = { start: pieces.starts[from] ?? 0, end: pieces.ends[to - 1] ?? 0 };
  const reading = (index: number): Reading => ({
    intent: labels.intents[index] ?? OUT_OF_SCOPE,
    confidence: confidenceOf(index, probabilities, labels),
    ...stretch,
    slots: findSlots(logits.slot, pieces, labels, labels.allowed[index] ?? [], from, to),
  });
  const [first = 0, ...rest] = ranked;
  const best = reading(first);
  const others = rest.filter((index) => (probabilities[index] ?? 0) >= WORTH_TELLING).map(reading);
  if (best.confidence >= labels.rejection || best.intent.startsWith('none.')) return { best, others };
  return {
    best: { ...best, intent: OUT_OF_SCOPE, confidence: 1 - best.confidence, slots: [] },
    others: [best, ...others].slice(0, MOST_OTHERS),
  };
}

/** A command as likely as its contrary is worth no more than the distance between them. */
function confidenceOf(index: number, probabilities: Float64Array, labels: Labels): number {
  const own = probabilities[index] ?? 0;
  const contrary = Math.max(0, ...(labels.opposites[index] ?? []).map((other) => probabilities[other] ?? 0));
  const margin = own - contrary;
  return margin < OPPOSITE_MARGIN && contrary > WORTH_TELLING ? Math.max(0, margin) : own;
}

function intentProbabilities(logits: Logits, labels: Labels, from: number, to: number): Float64Array {
  const weights = softmax(Float64Array.from(logits.pool.subarray(from, to)));
  const count = labels.intents.length;
  const sums = new Float64Array(count);
  for (const [offset, weight] of weights.entries()) {
    const row = logits.intent.subarray((from + offset) * count, (from + offset + 1) * count);
    for (const [index, logit] of row.entries())
      sums[index] = (sums[index] ?? 0) + (weight * logit) / labels.temperature;
  }
  return softmax(sums);
}

function softmax(values: Float64Array): Float64Array {
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = values.map((value) => Math.exp(value - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** Viterbi over words. State 0 is outside, state k is inside of the k-th slot allowed; `I` follows its own slot only. */
function findSlots(
  slot: Float32Array,
  pieces: Pieces,
  labels: Labels,
  allowed: readonly number[],
  from: number,
  to: number,
): Reading['slots'] {
  const words: number[] = [];
  for (let at = from; at < to; at++) if (at === from || pieces.beginsWord[at]) words.push(at);
  if (allowed.length === 0) return [];
  const tags = 1 + 2 * labels.slots.length;
  const score = (word: number, tag: number) => slot[word * tags + tag] ?? -Infinity;

  let best: readonly Step[] = [];
  for (const word of words) {
    const top = highest(best);
    const reached = top?.score ?? 0;
    best = [
      { score: reached + score(word, 0), state: 0, begins: false, before: top },
      ...allowed.map((index, position): Step => {
        const same = best[position + 1];
        const begins = reached + score(word, 1 + 2 * index);
        const goesOn = same ? same.score + score(word, 2 + 2 * index) : -Infinity;
        return goesOn > begins
          ? { score: goesOn, state: position + 1, begins: false, before: same }
          : { score: begins, state: position + 1, begins: true, before: top };
      }),
    ];
  }
  const path: Step[] = [];
  for (let step = highest(best); step; step = step.before) path.unshift(step);

  const found: { name: SlotName; start: number; end: number }[] = [];
  for (const [at, { state, begins }] of path.entries()) {
    const name = labels.slots[allowed[state - 1] ?? -1];
    if (state === 0 || name === undefined) continue;
    const end = pieces.ends[(words[at + 1] ?? to) - 1] ?? 0;
    const last = found.at(-1);
    if (begins || !last) found.push({ name, start: pieces.starts[words[at] ?? 0] ?? 0, end });
    else last.end = end;
  }
  return found;
}

/** The best way to be in a state at a word. */
interface Step {
  readonly score: number;
  readonly state: number;
  readonly begins: boolean;
  readonly before: Step | undefined;
}

const highest = (steps: readonly Step[]): Step | undefined =>
  steps.reduce<Step | undefined>((a, b) => (a && a.score >= b.score ? a : b), undefined);
