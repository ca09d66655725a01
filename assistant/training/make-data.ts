import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Intent, SlotName } from '../../vehicle/ontology.generated.ts';
import type { CorpusExample, Example } from '../understanding/corpus.ts';
import { openCorpus, openOntology, openPhraseBook } from '../understanding/open-phrase-book.ts';
import type { Ontology } from '../understanding/ontology.ts';
import type { PhraseBook } from '../understanding/phrase-book.ts';
import {
  phraseSampler,
  type Mention,
  type PhraseSampler,
  type Random,
  type Sentence,
  type Token,
} from '../understanding/sample-phrases.ts';
import { answer, chatter, followUp, textOf } from './follow-ups.ts';
import { holdOut, sameWords, splitOf, SPLITS, type Split } from './hold-out.ts';
import { nameMaker, renamed } from './names.ts';
import { seededRandom, stableHash } from './random.ts';
import { soundAlikes } from './sounds.ts';
import { OPENINGS } from './spoken-words.ts';
import {
  joined,
  misheard,
  mistyped,
  polite,
  render,
  stammered,
  standsAlone,
  takenBack,
  withSigns,
  type Breath,
} from './variations.ts';

/**
 * `npx tsx assistant/training/make-data.ts --out DIR [--seed 7] [--per-intent 250]`: writes train.jsonl, dev.jsonl and
 * test.jsonl, one example a line: `{id, text, context, commands, source}`, offsets in UTF-16 units.
 */
type Source = 'phrases' | 'unseen' | 'joined' | 'noise' | 'context' | 'corpus' | 'corpus-varied';
interface Row extends Example {
  readonly id: string;
  readonly source: Source;
}

/** One split: what it holds follows from the seed and from the phrases, lexicons and corpus alone. */
class Writer {
  readonly rows: Row[] = [];
  readonly #seen = new Set<string>();
  readonly #split: Split;
  readonly #elsewhere: ReadonlySet<string>;

  /** @param elsewhere sentences (`sameWords`) of other splits, which this one must not draw */
  constructor(split: Split, elsewhere: ReadonlySet<string>) {
    this.#split = split;
    this.#elsewhere = elsewhere;
  }

  /** A hand-written line always stands in its own split. Elsewhere, short follow-ups are said after many things. */
  #taken(source: Source, text: string): boolean {
    if (source === 'corpus' || (source === 'context' && this.#split !== 'train')) return false;
    return this.#elsewhere.has(sameWords(text));
  }

  /** @returns whether it was new */
  add(source: Source, example: Example): boolean {
    const key = JSON.stringify([example.text, example.context]);
    if (this.#seen.has(key) || example.text === '' || this.#taken(source, example.text)) return false;
    this.#seen.add(key);
    const { text, context, commands } = example;
    this.rows.push({ id: `${this.#split}-${source}-${this.rows.length}`, text, context, commands, source });
    return true;
  }
}

interface Materials {
  /** Words that sound like another. */
  readonly alike: (word: string) => readonly string[];
  readonly ontology: Ontology;
  readonly book: PhraseBook;
  readonly corpus: readonly CorpusExample[];
  readonly seed: number;
  readonly perIntent: number;
}

function makeSplit(
  split: Split,
  elsewhere: ReadonlySet<string>,
  { alike, ontology, book, corpus, seed, perIntent }: Materials,
): readonly Row[] {
  const random = seededRandom(seed + SPLITS.indexOf(split));
  const allowed = holdOut(book, split);
  const drawn = phraseSampler(book, allowed, random);
  const unseen = phraseSampler(book, { pattern: allowed.unseen, item: allowed.item }, random);
  const intents = [...book.intents.keys()].filter((intent): intent is Intent => ontology.labels.has(intent));
  const several = intents.filter((intent) => !standsAlone(intent));
  const written = (sentence: Sentence) => (random() < 0.3 ? withSigns(sentence) : sentence);
  const said = split === 'train' ? withMadeUpNames(drawn, { book, several, random }) : drawn;
  const sampler: PhraseSampler = { ...said, sentence: (intent) => written(said.sentence(intent)) };
  const count = split === 'train' ? perIntent : Math.max(8, Math.round(perIntent / 10));
  const total = count * intents.length;
  const writer = new Writer(split, elsewhere);
  const style = () => ({ typed: random() < 0.2 });
  const context = (about?: Intent) => (random() < 0.25 ? chatter(sampler, intents, random, about) : []);
  const draw = (times: number, source: Source, make: () => Example | undefined) => {
    for (let tries = 0, made = 0; made < times && tries < times * 4; tries++) {
      const example = make();
      if (example && writer.add(source, example)) made++;
    }
  };

  // Written by hand first: where a drawn sentence says the same, the hand-written one stands.
  const own = corpus.filter(({ text }) => splitOf(text) === split);
  for (const example of own) writer.add('corpus', example);
  for (const intent of intents) {
    if (book.intents.get(intent)?.some((_, index) => allowed.unseen(intent, index))) {
      draw(Math.round(count / 3), 'unseen', () => render([unseen.sentence(intent)], [], style(), random));
    }
    draw(count, 'phrases', () =>
      render(
        [random() < 0.6 ? sampler.sentence(intent) : polite(sampler.sentence(intent), random)],
        context(intent),
        style(),
        random,
      ),
    );
    draw(Math.round(count * 0.15), 'noise', () => {
      const sentence = polite(sampler.sentence(intent), random);
      const kind = random();
      const noisy =
        kind < 0.5
          ? misheard(sentence, random, alike)
          : kind < 0.7
            ? mistyped(sentence, random)
            : kind < 0.8
              ? stammered(sentence, random)
              : takenBack(sentence, (name) => sampler.mention(name), random);
      if (!noisy) return undefined;
      return intent.startsWith('none.')
        ? undefined
        : render([noisy], context(intent), { typed: false }, random);
    });
  }
  draw(Math.round(total * 0.3), 'joined', () =>
    render(inOneBreath(sampler, several, alike, random), context(), style(), random),
  );
  draw(Math.round(total * 0.06), 'context', () => {
    const drawn =
      random() < 0.85 ? followUp(ontology, sampler, several, random) : answer(sampler, several, random);
    return drawn && render([polite(drawn.sentence, random)], drawn.context, style(), random);
  });
  if (split === 'train') varyCorpus(own, writer, { sampler, book, several, alike, random });
  return writer.rows;
}

/** Names that nobody has thought of in a part of the open slots; none of those that are held out. */
function withMadeUpNames(
  drawn: PhraseSampler,
  { book, several, random }: Pick<Variation, 'book' | 'several' | 'random'>,
): PhraseSampler {
  const allowed = holdOut(book, 'train');
  const held = new Set(
    [...book.lexicons].flatMap(([list, { items }]) => items.filter((item) => !allowed.item(list, item))),
  );
  const make = nameMaker(random, () =>
    textOf(drawn.sentence(several[Math.floor(random() * several.length)] ?? 'horn.start')),
  );
  const isFree = (name: string) => !held.has(name);
  return { ...drawn, sentence: (intent) => renamed(drawn.sentence(intent), make, isFree, random) };
}

/** Two or three commands, seldom of the same target; sometimes after "yes" or "thanks". */
function inOneBreath(
  sampler: PhraseSampler,
  several: readonly Intent[],
  alike: Materials['alike'],
  random: Random,
): Breath {
  const any = () => several[Math.floor(random() * several.length)] ?? 'horn.start';
  const first = any();
  const sameOperation = several.filter((intent) => intent.split('.').at(-1) === first.split('.').at(-1));
  const near = () =>
    random() < 0.35 ? (sameOperation[Math.floor(random() * sameOperation.length)] ?? any()) : any();
  const chosen = [first, near(), ...(random() < 0.25 ? [near()] : [])].filter(
    (intent, index, all) => all.indexOf(intent) === index,
  );
  const opening = random() < 0.1 ? OPENINGS[Math.floor(random() * OPENINGS.length)] : undefined;
  const sentences = chosen.map((intent, index) => {
    const sentence = sampler.sentence(intent);
    return random() < (index === 0 ? 0.4 : 0.1) ? polite(sentence, random) : sentence;
  });
  const noisy = (sentence: Sentence) => (random() < 0.1 ? misheard(sentence, random, alike) : sentence);
  const breath = joined(sentences, random).map(noisy);
  if (!opening) return breath;
  const [intent, said] = opening;
  const words = (said[Math.floor(random() * said.length)] ?? '').split(' ');
  return [{ intent, tokens: words.map((text) => ({ text })) }, ...breath.slice(0, 2)];
}

interface Variation {
  readonly sampler: PhraseSampler;
  readonly book: PhraseBook;
  readonly several: readonly Intent[];
  readonly alike: Materials['alike'];
  readonly random: Random;
}

/** Words that point at what was said before: a line that has them means something else after other turns. */
const POINTING =
  /\b(it|its|it's|that|that's|this|them|they|those|these|one|ones|too|also|more|less|again|same|other|instead|there|her|him|both|yes|yeah|no|higher|lower|back)\b/i;

/**
 * The hand-written lines again, a few times each: with other names in open slots, politeness, noise, a value taken back,
 * another line or a drawn sentence in the same breath, and after turns that have nothing to do with them.
 */
function varyCorpus(
  corpus: readonly CorpusExample[],
  writer: Writer,
  { sampler, book, several, alike, random }: Variation,
): void {
  const one = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)];
  const lines = corpus.flatMap((example) => {
    const breath = breathOf(example);
    return breath && !breath.some(({ intent }) => intent === 'none.silence.select')
      ? [{ example, breath }]
      : [];
  });
  const simple = lines.flatMap(({ example, breath: [only, ...rest] }) =>
    only && rest.length === 0 && example.context.length === 0 && !standsAlone(only.intent) ? [only] : [],
  );
  const another = () =>
    (random() < 0.6 ? one(simple) : undefined) ?? sampler.sentence(one(several) ?? 'horn.start');
  for (const { example, breath } of lines) {
    const selfContained = example.context.length === 0 && !POINTING.test(example.text);
    for (let time = 0; time < 5; time++) {
      const swappedBreath = breath.map((sentence): Sentence => ({
        ...sentence,
        tokens: swapped(sentence.tokens, example, sampler, book),
      }));
      const [first, ...rest] = swappedBreath;
      if (!first) continue;
      const kind = random();
      const together = rest.length === 0 && !standsAlone(first.intent);
      const varied: Breath =
        kind < 0.3
          ? swappedBreath.map((sentence) => misheard(sentence, random, alike))
          : kind < 0.5
            ? [polite(first, random), ...rest]
            : kind < 0.75
              ? together
                ? joined(random() < 0.5 || !selfContained ? [first, another()] : [another(), first], random)
                : swappedBreath
              : kind < 0.85
                ? [
                    takenBack(first, (name) => sampler.mention(name), random) ?? mistyped(first, random),
                    ...rest,
                  ]
                : swappedBreath;
      const context =
        selfContained && random() < 0.3 ? chatter(sampler, several, random, first.intent) : example.context;
      writer.add('corpus-varied', render(varied, context, { typed: random() < 0.12 }, random));
    }
  }
}

/** The words of an example; undefined where a slot begins or ends inside of a word. */
function breathOf({ text, commands }: Example): Breath | undefined {
  const breath: Sentence[] = [];
  for (const { intent, start, end, slots } of commands) {
    const mentions = slots.map((slot) => ({ ...slot, mention: { name: slot.name } satisfies Mention }));
    const tokens: Token[] = [];
    for (const word of text.slice(start, end).matchAll(/\S+/g)) {
      const from = start + word.index;
      const to = from + word[0].length;
      const hit = mentions.find((slot) => slot.start < to && from < slot.end);
      if (hit && (from < hit.start || to > hit.end)) return undefined;
      tokens.push(hit ? { text: word[0], mention: hit.mention } : { text: word[0] });
    }
    breath.push({ intent, tokens });
  }
  return breath;
}

/** Other names in the open slots: what stands there is not what decides the meaning. */
function swapped(
  tokens: readonly Token[],
  example: Example,
  sampler: PhraseSampler,
  book: PhraseBook,
): readonly Token[] {
  const written = new Set<SlotName>(
    example.commands.flatMap(({ slots }) =>
      slots.flatMap(({ name, value }) => (value === undefined ? [] : [name])),
    ),
  );
  const result: Token[] = [];
  let open: Mention | undefined;
  for (const token of tokens) {
    const { mention } = token;
    const lexicon = mention && book.lexicons.get(mention.name);
    const swappable = mention && lexicon && lexicon.items.length > 0 && !written.has(mention.name);
    if (!swappable) result.push(token);
    else if (mention !== open) result.push(...sampler.mention(mention.name));
    open = mention;
  }
  return result;
}

/** In an order that depends on the seed only: neighbours of one intent make poor batches. */
const shuffled = (rows: readonly Row[], seed: number): readonly Row[] =>
  rows
    .map((row) => ({ row, key: stableHash(`${seed} ${row.id}`) }))
    .sort((a, b) => a.key - b.key)
    .map(({ row }) => row);

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    seed: { type: 'string', default: '7' },
    'per-intent': { type: 'string', default: '250' },
  },
});
if (values.out === undefined) throw new Error('Say where to write: --out DIR');
const [seed, perIntent] = [Number(values.seed), Number(values['per-intent'])];
if (!Number.isInteger(seed) || !Number.isInteger(perIntent) || perIntent < 1)
  throw new Error('--seed and --per-intent take whole numbers');
const ontology = openOntology();
const corpus = openCorpus(ontology);
const alike = soundAlikes(
  corpus.flatMap(({ text }) =>
    splitOf(text) === 'train' ? (text.toLowerCase().match(/[a-z']+/g) ?? []) : [],
  ),
);
const materials = { alike, ontology, book: openPhraseBook(ontology), corpus, seed, perIntent };
mkdirSync(values.out, { recursive: true });
const measured = new Set(
  materials.corpus.flatMap(({ text }) => (splitOf(text) === 'train' ? [] : [sameWords(text)])),
);
const trained = new Set<string>();
for (const split of SPLITS) {
  const rows = shuffled(makeSplit(split, split === 'train' ? measured : trained, materials), seed);
  if (split === 'train') for (const { text } of rows) trained.add(sameWords(text));
  writeFileSync(join(values.out, `${split}.jsonl`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const bySource = new Map<string, number>();
  for (const { source } of rows) bySource.set(source, (bySource.get(source) ?? 0) + 1);
  console.log(
    `${split}: ${rows.length} (${[...bySource].map(([source, number]) => `${source} ${number}`).join(', ')})`,
  );
}
const silent = [...ontology.labels.keys()].filter((label) => !materials.book.intents.has(label));
if (silent.length > 0)
  console.log(`no phrases yet for ${silent.length} label(s): ${silent.slice(0, 8).join(', ')} …`);
