import { editDistance } from '../nearest.ts';
import type { Pattern } from '../pattern.ts';
import type { PhraseBook } from '../phrase-book.ts';
import { slotsOf } from '../phrase-book.ts';
import { wordsOf } from './number.ts';

/** Ways to say the values of a closed list, and the names of an open one. */
export class SpokenForms {
  readonly #values = new Map<string, string>();
  /** What is a value only when nothing else is said: "my" in "my wife" is none. */
  readonly #whole = new Map<string, string>();
  readonly #sounds = new Map<string, string | undefined>();
  readonly #names = new Map<string, string>();
  #longest = 0;

  /** The first value that is said so keeps the words. */
  add(spoken: string, value: string): void {
    const key = plain(spoken);
    if (key === '' || this.#values.has(key)) return;
    this.#values.set(key, value);
    this.#longest = Math.max(this.#longest, key.split(' ').length);
    const sound = soundOf(key);
    // What sounds like two values is neither.
    this.#sounds.set(
      sound,
      !this.#sounds.has(sound) || this.#sounds.get(sound) === value ? value : undefined,
    );
  }

  addWhole(spoken: string, value: string): void {
    this.#whole.set(plain(spoken), value);
  }

  /** An entry of an open list: the words are the value. */
  addName(name: string): void {
    if (!this.#names.has(squeezed(name))) this.#names.set(squeezed(name), name);
  }

  /** Whether anything else may be said: the list is but a sample. */
  get open(): boolean {
    return this.#names.size > 0 || this.#values.size === 0;
  }

  /** The known name with the same letters: its article belongs to it ("the beatles"), its spaces too ("cold play"). */
  name(text: string): string | undefined {
    return this.#names.get(squeezed(text));
  }

  /** The value that is said with exactly these words. */
  exact(text: string): string | undefined {
    const key = plain(text);
    return this.#whole.get(key) ?? this.#values.get(key);
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

  /** The value that is nearest in letters (one slip in five), else the one that sounds the same ("eek oh" is "eco"). */
  nearly(text: string): string | undefined {
    const said = plain(text);
    const most = Math.floor(said.length / 5);
    let best: { value: string; slips: number } | undefined;
    for (const [spoken, value] of this.#values) {
      if (Math.abs(spoken.length - said.length) > most) continue;
      const slips = editDistance(spoken, said);
      if (slips <= most && (!best || slips < best.slips)) best = { value, slips };
    }
    return best?.value ?? this.#sounds.get(soundOf(said));
  }
}

const squeezed = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** A rough skeleton of how English words sound: no vowels but whether one comes first, hard and soft consonants as one. */
function soundOf(words: string): string {
  const letters = words
    .replace(/[^a-z]/g, '')
    .replace(/^wr/, 'r')
    .replace(/^kn/, 'n')
    .replace(/gh/g, '')
    .replace(/ph|v/g, 'f')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/ck|ch|[cgq]/g, 'k')
    .replace(/x/g, 'ks')
    .replace(/z/g, 's')
    .replace(/d/g, 't');
  const single = letters.replace(/(.)\1+/g, '$1');
  return (/^[aeiou]/.test(single) ? 'a' : single.charAt(0)) + single.slice(1).replace(/[aeiouhwy]/g, '');
}

/** Words without articles, signs and the possessive 's. */
function plain(text: string): string {
  return (
    wordsOf(text.replaceAll('_', ' '))
      .filter((word) => !/^(the|a|an|please|[%°+#-])$/.test(word))
      .map((word) => word.replace(/'s?$/, ''))
      // "Automatically" says "automatic"; shorter words ("only") are no adverbs of another.
      .map((word) =>
        word.length > 5
          ? word.replace(/(ic)?(al)?ly$/, (all) => (all === 'ically' ? 'ic' : all === 'ally' ? 'al' : ''))
          : word,
      )
      .join(' ')
  );
}

/** Words that say a value only because of what is spoken about, and are no phrases of their own. By slot, or slot and target. */
const IN_PLACE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  zone: {
    son: 'rear', daughter: 'rear', baby: 'rear', dog: 'rear', girlfriend: 'passenger', boyfriend: 'passenger', grandma: 'passenger',
    grandpa: 'passenger', 'this side': 'speaker', 'other side': 'passenger',
  }, // prettier-ignore
  // The steering wheel is on the left where the lists say so.
  side: { driver: 'left', passenger: 'right' },
  position: { tad: 'slightly', wide: 'open' },
  'position seat.backrest': { flat: 'open', 'straight up': 'closed', upright: 'closed' },
  level: { soft: 'low', gentle: 'low', quiet: 'low', strong: 'high', hard: 'high', loud: 'high' },
  // The distance to the car in front.
  'level drive.cruise': {
    short: 'low',
    close: 'low',
    small: 'low',
    near: 'low',
    long: 'high',
    large: 'high',
    far: 'high',
    big: 'high',
  },
  direction: { 'closer to wheel': 'forward', 'away from wheel': 'back' },
  // A lamp, a wiper or a window at the back; a seat that moves goes back.
  'direction light.fog': { back: 'rear' },
  'direction climate.defrost': { back: 'rear' },
  'direction wiper': { back: 'rear' },
  'direction wiper.washer': { back: 'rear' },
  // What is named is what is to be avoided: nobody asks for more of it.
  route_option: {
    toll: 'avoid_tolls', tolls: 'avoid_tolls', highway: 'avoid_highways', highways: 'avoid_highways', motorway: 'avoid_highways',
    motorways: 'avoid_highways', freeway: 'avoid_highways', freeways: 'avoid_highways', autobahn: 'avoid_highways', ferry: 'avoid_ferries',
    ferries: 'avoid_ferries', traffic: 'avoid_traffic', jam: 'avoid_traffic', jams: 'avoid_traffic', congestion: 'avoid_traffic',
    shorter: 'shortest', quicker: 'fastest', faster: 'fastest',
  }, // prettier-ignore
};

/** Likewise, where nothing else is said. Who "her" and "they" are, people in a car agree on: beside the driver, and behind. */
const ALONE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  zone: {
    my: 'speaker', our: 'all', us: 'all', her: 'passenger', hers: 'passenger', his: 'passenger', him: 'passenger', their: 'rear',
    theirs: 'rear', them: 'rear', left: 'driver', right: 'passenger',
  }, // prettier-ignore
  'mode media.repeat': { it: 'one', this: 'one', that: 'one' },
};

/** The spoken forms of a slot: those of the lexicon of its name, and those of other lists that an intent's phrases fill it from. */
export type FormsOf = (slot: string, intent: string) => SpokenForms;

/**
 * Collects the spoken forms of all closed lists.
 * @param ownWords the values that the ontology itself names for a slot; of a slot without any, words that a phrase gives are values
 */
export function spokenForms(
  book: PhraseBook,
  ownWords: (slot: string) => readonly string[] | undefined,
): FormsOf {
  /** By slot and target: what one operation on a thing knows, the others know too. */
  const lists = new Map<string, Set<string>>();
  const given = new Map<string, Set<string>>();
  const add = (to: Map<string, Set<string>>, key: string, entry: string) =>
    to.set(key, (to.get(key) ?? new Set()).add(entry));
  for (const [intent, patterns] of book.intents) {
    for (const { slot, list, inline } of patterns.flatMap((pattern) => slotsOf(pattern, book.rules))) {
      const key = `${slot} ${targetOf(intent)}`;
      if (!inline) add(lists, key, list);
      else if (ownWords(slot) === undefined) for (const words of literal(inline)) add(given, key, words);
    }
  }
  const made = new Map<string, SpokenForms>();
  return (slot, intent) => {
    const key = `${slot} ${targetOf(intent)}`;
    const known = made.get(key);
    if (known) return known;
    const forms = new SpokenForms();
    for (const [words, value] of Object.entries({ ...IN_PLACE[slot], ...IN_PLACE[key] }))
      forms.add(words, value);
    for (const [words, value] of Object.entries({ ...ALONE[slot], ...ALONE[key] }))
      forms.addWhole(words, value);
    // The list of the slot's own name comes last: the others say more exactly what is meant here.
    for (const list of new Set([...(lists.get(key) ?? [])].filter((name) => name !== slot).concat(slot))) {
      for (const [value, spoken] of book.lexicons.get(list)?.values ?? [])
        for (const words of spoken) forms.add(words, value);
      for (const item of book.lexicons.get(list)?.items ?? []) forms.addName(item);
    }
    for (const words of given.get(key) ?? []) forms.add(words, words);
    for (const word of ownWords(slot) ?? []) forms.add(word, word);
    made.set(key, forms);
    return forms;
  };
}

/** The words of a plain choice, e.g. `(wave|full body)`; nothing of what is more than words. */
function literal(pattern: Pattern): readonly string[] {
  if (pattern.kind === 'word') return [pattern.text];
  if (pattern.kind === 'choice') return pattern.options.flatMap(literal);
  if (pattern.kind !== 'sequence') return [];
  const words = pattern.items.map((item) => (item.kind === 'word' ? item.text : undefined));
  return words.length > 0 && words.every((word) => word !== undefined) ? [words.join(' ')] : [];
}

const targetOf = (intent: string) => intent.slice(0, intent.lastIndexOf('.'));
