import type { EncodedText } from './export-tokenizer.ts';
import type { Place } from './align.ts';

/** A tagged stretch of text. */
export interface TaggedSpan {
  readonly name: string;
  readonly place: Place;
  /** Mean probability of its words' tags. */
  readonly confidence: number;
}

interface TaggedWord {
  readonly tag: string;
  readonly probability: number;
  readonly place: Place;
}

/**
 * Reads the tags of a token classifier: IOB2 and IOB1 (`B-x I-x O`), BIOES/BILOU, or bare names. A word has the tag of
 * its first token, as such models are trained.
 * @param probabilities [tokens × tags]
 * @param goesOn names whose spans go on after an interruption by another name, as a command does around its slots
 */
export function taggedSpans(
  { places }: Pick<EncodedText, 'places'>,
  text: string,
  probabilities: Float32Array,
  tags: readonly string[],
  goesOn: (name: string) => boolean = () => false,
): readonly TaggedSpan[] {
  const spans: { name: string; places: Place[]; probabilities: number[] }[] = [];
  let previous: string | undefined;
  for (const { tag, probability, place } of words(places, text, probabilities, tags)) {
    const [, prefix = '', name = tag] = /^([BIESLU])[-_](.+)$/.exec(tag) ?? [];
    if (/^o$/i.test(tag)) {
      previous = undefined;
      continue;
    }
    const last = spans.findLast((span) => span.name === name);
    const continued =
      'IEL'.includes(prefix) || prefix === ''
        ? previous === name ||
          (prefix !== '' && goesOn(name) && last === spans.findLast((span) => goesOn(span.name)))
        : false;
    if (continued && last) {
      last.places.push(place);
      last.probabilities.push(probability);
    } else {
      spans.push({ name, places: [place], probabilities: [probability] });
    }
    previous = name;
  }
  return spans.map(({ name, places: own, probabilities: each }) => ({
    name,
    place: [own[0]?.[0] ?? 0, own.at(-1)?.[1] ?? 0],
    confidence: each.reduce((sum, one) => sum + one, 0) / each.length,
  }));
}

/** Words with the tags of their first tokens. Marks at a word's ends stand alone; an apostrophe within is the word's. */
function words(
  places: EncodedText['places'],
  text: string,
  probabilities: Float32Array,
  tags: readonly string[],
): readonly TaggedWord[] {
  const found: { tag: string; probability: number; place: [number, number]; word: Place }[] = [];
  for (const [token, place] of places.entries()) {
    if (!place || place[1] <= place[0]) continue;
    const last = found.at(-1);
    if (last && place[0] < last.word[1]) {
      last.place[1] = Math.max(last.place[1], place[1]);
      continue;
    }
    const own = probabilities.subarray(token * tags.length, (token + 1) * tags.length);
    const best = own.reduce((top, probability, index) => (probability > (own[top] ?? 0) ? index : top), 0);
    found.push({
      tag: tags[best] ?? 'O',
      probability: own[best] ?? 0,
      place: [place[0], place[1]],
      word: wordAt(place, text),
    });
  }
  return found;
}

const MARKS = /^[^\p{L}\p{N}]+$/u;

/** The word that begins with a token: to the next space, without marks at the end. */
function wordAt([start, end]: Place, text: string): Place {
  if (MARKS.test(text.slice(start, end))) return [start, end];
  const [rest = ''] = /^\S*/.exec(text.slice(start)) ?? [];
  const bare = rest.replace(/[^\p{L}\p{N}]+$/u, '');
  return [start, Math.max(end, start + bare.length)];
}
