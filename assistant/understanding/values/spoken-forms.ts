import type { PhraseBook } from '../phrase-book.ts';
import { slotsOf } from '../phrase-book.ts';
import { wordsOf } from './number.ts';

/** Ways to say the values of a closed list, and names that begin with an article of their own. */
export class SpokenForms {
  readonly #values = new Map<string, string>();
  readonly #names = new Set<string>();
  #longest = 0;
  #open = false;

  /** Whether anything else may be said: the list is but a sample. */
  get open(): boolean {
    return this.#open || this.#values.size === 0;
  }

  /** An entry of an open list: the words are the value. */
  addName(name: string): void {
    this.#open = true;
    if (/^(a|an|the) /i.test(name)) this.#names.add(name.toLowerCase());
  }

  /** Whether the article belongs to it: "the beatles", but not "the airport". */
  isName(text: string): boolean {
    return this.#names.has(text.toLowerCase());
  }

  /** The first value that is said so keeps the words. */
  add(spoken: string, value: string): void {
    const key = plain(spoken);
    if (key === '' || this.#values.has(key)) return;
    this.#values.set(key, value);
    this.#longest = Math.max(this.#longest, key.split(' ').length);
  }

  /** The value that is said with exactly these words. */
  exact(text: string): string | undefined {
    return this.#values.get(plain(text));
  }

  /** The value of the longest stretch of words that says one. */
  within(text: string): string | undefined {
    const words = plain(text).split(' ');
    for (let length = Math.min(this.#longest, words.length); length > 0; length--) {
      for (let from = 0; from + length <= words.length; from++) {
        const value = this.#values.get(words.slice(from, from + length).join(' '));
        if (value !== undefined) return value;
      }
    }
    return undefined;
  }

  /** The value that is nearest in letters: one slip in five letters. */
  nearly(text: string): string | undefined {
    const said = plain(text);
    const most = Math.floor(said.length / 5);
    let best: { value: string; slips: number } | undefined;
    for (const [spoken, value] of this.#values) {
      if (Math.abs(spoken.length - said.length) > most) continue;
      const slips = editDistance(spoken, said);
      if (slips <= most && (!best || slips < best.slips)) best = { value, slips };
    }
    return best?.value;
  }
}

/** Words without articles and signs. */
function plain(text: string): string {
  return (
    wordsOf(text.replaceAll('_', ' '))
      .filter((word) => !/^(the|a|an|please|[%°+#-])$/.test(word))
      // "Automatically" says "automatic"; shorter words ("only") are no adverbs of another.
      .map((word) =>
        word.length > 5
          ? word.replace(/(ic)?(al)?ly$/, (all) => (all === 'ically' ? 'ic' : all === 'ally' ? 'al' : ''))
          : word,
      )
      .join(' ')
  );
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Words that say a value only because of what is spoken about, and are no phrases of their own. By slot, or slot and target. */
const IN_PLACE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  zone: { my: 'speaker', our: 'all', baby: 'rear', grandma: 'rear', "grandma's": 'rear' },
  // The steering wheel is on the left where the lists say so.
  side: { driver: 'left', "driver's": 'left', passenger: 'right', "passenger's": 'right' },
  position: { tad: 'slightly', wide: 'open' },
  level: { soft: 'low', gentle: 'low', quiet: 'low', strong: 'high', hard: 'high', loud: 'high' },
  direction: { 'closer to wheel': 'forward', 'away from wheel': 'back' },
  // What is named is what is to be avoided: nobody asks for more of it.
  route_option: {
    toll: 'avoid_tolls', tolls: 'avoid_tolls', highway: 'avoid_highways', highways: 'avoid_highways', motorway: 'avoid_highways',
    motorways: 'avoid_highways', freeway: 'avoid_highways', freeways: 'avoid_highways', autobahn: 'avoid_highways', ferry: 'avoid_ferries',
    ferries: 'avoid_ferries', traffic: 'avoid_traffic', jam: 'avoid_traffic', jams: 'avoid_traffic', congestion: 'avoid_traffic',
    shorter: 'shortest', quicker: 'fastest', faster: 'fastest',
  }, // prettier-ignore
  'mode media.repeat': { it: 'one', this: 'one', that: 'one' },
  'mode media.equalizer': { base: 'bass' },
  // A lamp, a wiper or a window at the back; a seat that moves goes back.
  'direction light.fog': { back: 'rear' },
  'direction climate.defrost': { back: 'rear' },
  'direction wiper': { back: 'rear' },
  'direction wiper.washer': { back: 'rear' },
};

/** The spoken forms of a slot: those of the lexicon of its name, and those of other lists that an intent's phrases fill it from. */
export type FormsOf = (slot: string, intent: string) => SpokenForms;

/** Collects the spoken forms of all closed lists. @param ownWords the values that the ontology itself names for a slot */
export function spokenForms(book: PhraseBook, ownWords: (slot: string) => readonly string[]): FormsOf {
  const listsOf = new Map<string, Set<string>>();
  for (const [intent, patterns] of book.intents) {
    for (const { slot, list, inline } of patterns.flatMap((pattern) => slotsOf(pattern, book.rules))) {
      if (inline || list === slot) continue;
      // Two operations on one thing know the same modes.
      for (const key of [`${slot} ${intent}`, `${slot} ${targetOf(intent)}`]) {
        const lists = listsOf.get(key) ?? new Set();
        listsOf.set(key, lists.add(list));
      }
    }
  }
  const made = new Map<string, SpokenForms>();
  return (slot, intent) => {
    const key = `${slot} ${intent}`;
    const known = made.get(key);
    if (known) return known;
    const forms = new SpokenForms();
    const inPlace = { ...IN_PLACE[`${slot} ${targetOf(intent)}`], ...IN_PLACE[slot] };
    for (const [words, value] of Object.entries(inPlace)) forms.add(words, value);
    const lists = [...(listsOf.get(key) ?? []), ...(listsOf.get(`${slot} ${targetOf(intent)}`) ?? []), slot];
    for (const list of lists) {
      for (const [value, spoken] of book.lexicons.get(list)?.values ?? [])
        for (const words of spoken) forms.add(words, value);
      for (const item of book.lexicons.get(list)?.items ?? []) forms.addName(item);
    }
    for (const word of ownWords(slot)) forms.add(word, word);
    made.set(key, forms);
    return forms;
  };
}

const targetOf = (intent: string) => intent.slice(0, intent.lastIndexOf('.'));
