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
/** Logit up to which a boundary, or that there is none, is doubtful: about one in twenty. */
const DOUBTFUL = 3;
/** A reading that is so sure speaks for the cut that makes it. */
const SURE = 0.8;

/**
 * Reads the commands of one utterance from the model's logits.
 *
 * The utterance is cut where a word surely begins a new command; where that is doubtful, what the parts and the whole
 * then say decides. Each command's intent comes from its pieces' intent logits, weighted by the softmax of their pool
 * logits; its slots are the best BIO path over its words among the slots that its intent may carry, where a word's
 * first piece speaks for the word.
 * @param pieces at least one
 */
export function decode(logits: Logits, pieces: Pieces, labels: Labels): readonly Segment[] {
  const cuts = pieces.ids.flatMap((_, at) =>
    at === 0 || (pieces.beginsWord[at] === true && (logits.boundary[at] ?? 0) >= DOUBTFUL) ? [at] : [],
  );
  const read = (from: number, to: number) => readSegment(logits, pieces, labels, from, to);
  const doubtful = (at: number) => pieces.beginsWord[at] === true && (logits.boundary[at] ?? 0) > -DOUBTFUL;
  const likely = (at: number) => (logits.boundary[at] ?? 0) > 0;
  return repaired(
    cuts.flatMap((from, index) =>
      divided({ read, doubtful, likely }, from, cuts[index + 1] ?? pieces.ids.length),
    ),
  );
}

interface Places {
  readonly read: (from: number, to: number) => Segment;
  /** Whether a command may begin at a piece. */
  readonly doubtful: (at: number) => boolean;
  /** Whether it more probably does than not. */
  readonly likely: (at: number) => boolean;
}

/**
 * A stretch without sure cuts: where people say one wish after the other without an "and", the boundary is faint but
 * both parts are clear. It is cut where its parts are surest, if they are wishes for two things, or if the cut is likely
 * and the whole is not surely one. Of the same thing, "don't close it open it" is one wish.
 */
function divided(places: Places, from: number, to: number): readonly Segment[] {
  const whole = places.read(from, to);
  let best: { readonly at: number; readonly sure: number } | undefined;
  for (let at = from + 1; at < to; at++) {
    if (!places.doubtful(at)) continue;
    const [first, second] = [places.read(from, at).best, places.read(at, to).best];
    const sure = Math.min(first.confidence, second.confidence);
    const clear = targetOf(first) !== targetOf(second) && sure >= SURE && isWish(first) && isWish(second);
    if ((clear || places.likely(at)) && sure >= (best?.sure ?? 0)) best = { at, sure };
  }
  if (!best || (best.sure < SURE && whole.best.confidence >= SURE)) return [whole];
  return [...divided(places, from, best.at), ...divided(places, best.at, to)];
}

const targetOf = ({ intent }: Reading) => intent.slice(0, intent.lastIndexOf('.'));

/** Whether it stands for itself; "I'm cold" before "close the window" is its reason, "no" belongs to what is meant instead. */
const isWish = ({ intent }: Reading) =>
  !/^(?:none|climate\.comfort|dialogue\.(?:deny|cancel))\./.test(intent);

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
  const stretch = { start: pieces.starts[from] ?? 0, end: pieces.ends[to - 1] ?? 0 };
  const reading = (index: number): Reading => ({
    intent: labels.intents[index] ?? OUT_OF_SCOPE,
    confidence: confidenceOf(index, probabilities, labels),
    ...stretch,
    slots: findSlots(logits.slot, pieces, labels, labels.allowed[index] ?? [], from, to),
  });
  const [first = 0, ...rest] = likeliest(probabilities);
  const best = reading(first);
  const others = rest.map(reading);
  if (best.confidence >= labels.rejection || best.intent.startsWith('none.')) return { best, others };
  return {
    best: { ...reading(labels.intents.indexOf(OUT_OF_SCOPE)), slots: [] },
    others: [best, ...others].slice(0, MOST_OTHERS),
  };
}

/** The indices of the most probable intent, and of others that are worth telling. */
function likeliest(probabilities: Float64Array): readonly number[] {
  let best = 0;
  const others: number[] = [];
  for (let index = 0; index < probabilities.length; index++) {
    const probability = probabilities[index] ?? 0;
    if (probability > (probabilities[best] ?? 0)) best = index;
    if (probability >= WORTH_TELLING) others.push(index);
  }
  return [best, ...others.filter((index) => index !== best)]
    .sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0))
    .slice(0, MOST_OTHERS + 1);
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
  for (let at = from; at < to; at++) {
    const weight = (weights[at - from] ?? 0) / labels.temperature;
    const row = at * count;
    for (let index = 0; index < count; index++)
      sums[index] = (sums[index] ?? 0) + weight * (logits.intent[row + index] ?? 0);
  }
  return softmax(sums);
}

function softmax(values: Float64Array): Float64Array {
  let most = -Infinity;
  for (const value of values) if (value > most) most = value;
  let sum = 0;
  const powers = values.map((value) => {
    const power = Math.exp(value - most);
    sum += power;
    return power;
  });
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

  // By word and state: the state before on the best way there, and whether a slot begins.
  const states = 1 + allowed.length;
  const before = new Int16Array(words.length * states);
  const begun = new Uint8Array(words.length * states);
  let best = new Float64Array(states).fill(-Infinity);
  best[0] = 0;
  for (const [step, word] of words.entries()) {
    const top = highest(best);
    const reached = best[top] ?? 0;
    const next = new Float64Array(states);
    next[0] = reached + score(word, 0);
    before[step * states] = top;
    for (let state = 1; state < states; state++) {
      const slotIndex = allowed[state - 1] ?? 0;
      const begins = reached + score(word, 1 + 2 * slotIndex);
      const goesOn = (best[state] ?? -Infinity) + score(word, 2 + 2 * slotIndex);
      const isNew = begins >= goesOn;
      next[state] = isNew ? begins : goesOn;
      before[step * states + state] = isNew ? top : state;
      begun[step * states + state] = Number(isNew);
    }
    best = next;
  }

  const found: { name: SlotName; start: number; end: number }[] = [];
  let end: number | undefined;
  for (let step = words.length - 1, state = highest(best); step >= 0; step--) {
    const name = labels.slots[allowed[state - 1] ?? -1];
    if (name !== undefined) {
      end ??= pieces.ends[(words[step + 1] ?? to) - 1] ?? 0;
      if (begun[step * states + state]) {
        found.unshift({ name, start: pieces.starts[words[step] ?? 0] ?? 0, end });
        end = undefined;
      }
    }
    state = before[step * states + state] ?? 0;
  }
  return found;
}

/** The first of the highest. */
function highest(scores: Float64Array): number {
  let best = 0;
  for (let index = 1; index < scores.length; index++) {
    if ((scores[index] ?? 0) > (scores[best] ?? 0)) best = index;
  }
  return best;
}
