import { editDistance } from '../../understanding/nearest.ts';
import { FrameCutter } from '../frames.ts';
import { VOICE_FRAME } from '../voice-activity.ts';
import { frames, milliseconds } from './segment.ts';

/** Decibels of full scale: what is softer is all alike. */
const SILENCE = -70;
/** Decibels below the loudest frame at which a voice still counts. */
const VOICE = 35;
/** Sound that is kept to compare: the longest utterance, and what lies before it. */
const KEPT = frames(24_000);
/** Networks and buffers bring one sound so much apart. */
const APART = frames(400);
/** On both sides of a frame: against the mean of so much, its syllables stand out. */
const AROUND = frames(256);
/** Shorter stretches are alike by chance. */
const COMPARABLE = frames(500);
/**
 * How alike the loudness of two sounds goes, as a correlation, that come from one voice: with other words in them, and
 * with the same. Measured with 250 sentences of six voices in a cabin, one microphone without noise and one with speech
 * 12 dB above it: 95 % are above 0.78, and above 0.71 at 6 dB; of two different sentences 99 % are below 0.77, of one
 * sentence in two voices 95 % below 0.74.
 */
const ALIKE = { otherWords: 0.8, sameWords: 0.5 };
/** Share of the words that may differ where they are the same. */
const MISHEARD = 0.25;
/** Whoever hears a voice better gets so long to make sense of it. */
const PATIENCE = frames(1000);

/** Something that a microphone hears, from its lead to its end; times in frames of the cabin's clock. */
interface Voice {
  readonly from: number;
  to: number | undefined;
  text: string;
  /** What becomes of it: `taken` is told to the car. */
  is: 'open' | 'taken' | 'left';
}

/**
 * The microphones of one car. A voice that several of them hear is told to the car once: by the one at which somebody
 * holds the button, else by the one that it stands out best in, which is the nearest.
 */
export class Cabin {
  readonly #ears = new Set<Ear>();
  readonly #clock: () => number;

  /** @param clock monotonic milliseconds */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  join(): Ear {
    for (const ear of this.#ears) if (ear.isForgotten) this.#ears.delete(ear);
    const ear = new Ear(this.#ears, this.#clock);
    this.#ears.add(ear);
    return ear;
  }
}

/** One microphone among those of its cabin. */
export class Ear {
  readonly #all: Set<Ear>;
  readonly #clock: () => number;
  /** Decibels by frame; the first is frame `#first`. */
  readonly #levels: number[] = [];
  #first: number | undefined;
  readonly #frames = new FrameCutter(VOICE_FRAME);
  #isClosed = false;
  readonly #voices = new Map<number, Voice>();
  #waiting: { readonly until: number; readonly wake: () => void }[] = [];

  constructor(all: Set<Ear>, clock: () => number) {
    this.#all = all;
    this.#clock = clock;
  }

  /** Closed for so long that nothing is compared with it any more. */
  get isForgotten(): boolean {
    return this.#isClosed && this.#clock() / milliseconds(1) > this.#now + KEPT;
  }

  /** @param samples that follow those of the call before; any number */
  hear(samples: Float32Array): void {
    this.#first ??= Math.round(this.#clock() / milliseconds(1));
    for (const frame of this.#frames.cut(samples)) this.#levels.push(decibels(frame));
    const forgotten = this.#levels.splice(0, Math.max(0, this.#levels.length - KEPT)).length;
    this.#first += forgotten;
    for (const [id, { to, is }] of forgotten > 0 ? this.#voices : [])
      if (is !== 'open' && (to ?? Infinity) < this.#first) this.#voices.delete(id);
    this.#wake(({ until }) => until <= this.#now);
  }

  /** A segment begins. @param lead frames of its sound that have been heard */
  begin(segment: number, lead: number): void {
    this.#voices.set(segment, { from: this.#now - lead, to: undefined, text: '', is: 'open' });
  }

  /** What is understood of it so far. */
  read(segment: number, text: string): void {
    const voice = this.#voices.get(segment);
    if (voice) voice.text = text;
  }

  end(segment: number): void {
    const voice = this.#voices.get(segment);
    if (voice) voice.to = this.#now;
  }

  /** It is told to the car, whoever else hears it. */
  insist(segment: number): void {
    this.#decide(this.#voices.get(segment), 'taken');
  }

  /** It is nothing for the car. */
  leave(segment: number): void {
    this.#decide(this.#voices.get(segment), 'left');
  }

  /**
   * Whether the car is to be told of it: unless another microphone has told the same, or hears it better and is about to.
   * @param text what it says
   */
  async take(segment: number, text: string): Promise<boolean> {
    const voice = this.#voices.get(segment);
    if (!voice) return true;
    voice.text = text;
    voice.to ??= this.#now;
    const patience = this.#now + PATIENCE;
    for (;;) {
      const others = this.#othersOf(voice);
      if (others.some(({ of }) => of.is === 'taken')) {
        this.#decide(voice, 'left');
        return false;
      }
      const better = others.some(({ by, of }) => by.#standsOut(of) > this.#standsOut(voice));
      if (!better || this.#now >= patience || this.#isClosed) {
        this.#decide(voice, 'taken');
        return true;
      }
      await new Promise<void>((wake) => this.#waiting.push({ until: patience, wake }));
    }
  }

  /** The microphone is closed: what it has told is remembered for a while, what it has not is left. */
  close(): void {
    this.#isClosed = true;
    for (const voice of this.#voices.values()) {
      voice.to ??= this.#now;
      if (voice.is === 'open') this.#decide(voice, 'left');
    }
    this.#wake(() => true);
  }

  get #now(): number {
    return (this.#first ?? 0) + this.#levels.length;
  }

  #decide(voice: Voice | undefined, is: 'taken' | 'left'): void {
    if (!voice) return;
    voice.is = is;
    for (const ear of this.#all) ear.#wake(() => true);
  }

  #wake(which: (waiting: { readonly until: number }) => boolean): void {
    const woken = this.#waiting.filter(which);
    this.#waiting = this.#waiting.filter((each) => !woken.includes(each));
    for (const { wake } of woken) wake();
  }

  /** The same voice in the other microphones, unless it is nothing there. */
  #othersOf(voice: Voice): { readonly by: Ear; readonly of: Voice }[] {
    return [...this.#all]
      .filter((ear) => ear !== this)
      .flatMap((by) =>
        [...by.#voices.values()]
          .filter((of) => of.is !== 'left' && this.#isSame(voice, by, of))
          .map((of) => ({ by, of })),
      );
  }

  #isSame(mine: Voice, by: Ear, other: Voice): boolean {
    const [from, to] = this.#spoken(mine);
    const [begin, end] = by.#spoken(other);
    if (Math.min(to, end) - Math.max(from, begin) < Math.min(to - from, end - begin) / 2 - APART)
      return false;
    const words = mine.text.split(' ');
    const others = other.text.split(' ');
    const differ = editDistance(words, others) / Math.max(words.length, others.length);
    const least = differ <= MISHEARD ? ALIKE.sameWords : ALIKE.otherWords;
    const own = this.#between(from, to);
    for (let apart = -APART; apart <= APART; apart++)
      if (correlation(own, by.#between(from + apart, to + apart)) > least) return true;
    return false;
  }

  /** From the first to the last frame that is about as loud as a voice. */
  #spoken({ from, to = this.#now }: Voice): readonly [number, number] {
    const levels = this.#between(from, to);
    const least = Math.max(SILENCE, Math.max(...levels) - VOICE);
    const first = levels.findIndex((level) => level > least);
    const last = levels.findLastIndex((level) => level > least);
    return first < 0 ? [from, to] : [from + first, from + last + 1];
  }

  /** Decibels by which the voice is louder than what was heard around it. */
  #standsOut({ from, to = this.#now }: Voice): number {
    const sorted = this.#between(from, to).sort((a, b) => b - a);
    const mean = (levels: readonly number[]) =>
      levels.reduce((sum, level) => sum + level, 0) / Math.max(1, levels.length);
    return mean(sorted.slice(0, sorted.length / 3)) - mean(sorted.slice(-sorted.length / 8));
  }

  #between(from: number, to: number): number[] {
    const first = this.#first ?? 0;
    return from < first ? [] : this.#levels.slice(from - first, to - first);
  }
}

const decibels = (samples: Float32Array): number => {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return Math.max(SILENCE, 10 * Math.log10(power + Number.EPSILON));
};

/** Pearson's, of how both go up and down around their own means; 0 where there is too little to tell. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  if (length < COMPARABLE) return 0;
  const [x, y] = [syllables(a.slice(0, length)), syllables(b.slice(0, length))];
  const product = (one: readonly number[], other: readonly number[]) =>
    one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y) + Number.EPSILON);
}

function syllables(levels: readonly number[]): number[] {
  return levels.map((level, at) => {
    const near = levels.slice(Math.max(0, at - AROUND), at + AROUND + 1);
    return level - near.reduce((sum, each) => sum + each, 0) / near.length;
  });
}
