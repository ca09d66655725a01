import type { Transcript, Word } from '../transcriber.ts';
import { PAUSES, type Reading } from './completeness.ts';
import { isBackchannel, isEcho } from './own-voice.ts';
import { frames, milliseconds, Segment, type Addressed } from './segment.ts';
import type { TurnOptions } from './turn-options.ts';
import type { Waking } from './wake-word.ts';

/** What an open microphone does, as its speaker sees it. */
export type MicrophoneState =
  /** Waits for the wake word. */
  | 'asleep'
  /** Is listening: the next words need no wake word. */
  | 'awake'
  /** Hears somebody speak to the car. */
  | 'hearing'
  /** Understands and carries out. */
  | 'thinking'
  /** The car's voice is heard; who speaks stops it. */
  | 'speaking';

/** What happens outside. */
export type TurnInput =
  /** The next `VOICE_FRAME` samples, and how likely they are speech. They are the clock, too. */
  | { readonly is: 'frame'; readonly samples: Float32Array; readonly voice: number }
  /** Words of a segment so far. */
  | { readonly is: 'words'; readonly segment: number; readonly words: readonly Word[] }
  /** All of its words. */
  | { readonly is: 'final'; readonly segment: number; readonly transcript: Transcript }
  /** Nothing more is heard of it. */
  | { readonly is: 'failed'; readonly segment: number }
  /** What words mean that were to be read. */
  | { readonly is: 'reading'; readonly segment: number; readonly text: string; readonly reading: Reading }
  /** What was delivered has been carried out, or could not be. @param asks the car asked something back */
  | { readonly is: 'answered'; readonly asks: boolean }
  /** The car's voice says this now; null: it is silent. @param asks the car waits for an answer */
  | { readonly is: 'voice'; readonly says: string | null; readonly asks: boolean };

/** What is to be done. */
export type TurnEffect =
  /** A transcriber's stream for a new segment; its sound so far. */
  | { readonly do: 'open'; readonly segment: number; readonly sound: readonly Float32Array[] }
  | { readonly do: 'push'; readonly segment: number; readonly samples: Float32Array }
  /** The segment is over: its final words are wanted. */
  | { readonly do: 'end'; readonly segment: number }
  /** Nobody wants to know what it says. */
  | { readonly do: 'cancel'; readonly segment: number }
  | { readonly do: 'read'; readonly segment: number; readonly text: string }
  /** These words are for the car, from now on and from the segment's start. */
  | { readonly do: 'begin'; readonly segment: number }
  | { readonly do: 'show'; readonly segment: number; readonly words: readonly Word[] }
  /** Carry it out. @param pause milliseconds from the last voice to the decision that this was all */
  | {
      readonly do: 'deliver';
      readonly segment: number;
      readonly transcript: Transcript;
      readonly pause: number;
    }
  /** It was nothing; the segment may be forgotten. */
  | { readonly do: 'drop'; readonly segment: number }
  /** The car's voice is to stop. */
  | { readonly do: 'hush' }
  /** `no-input`: the car has asked, and nobody answered. */
  | { readonly do: 'state'; readonly state: MicrophoneState; readonly why?: 'no-input' };

/** Speech begins at this probability and goes on above the lower one. */
const BEGIN = 0.5;
const CONTINUE = 0.35;
/** Shorter sounds are clicks. */
const ONSET = frames(64);
const SHORTEST = frames(130);
/** Sound from before the speech was noticed. */
const PRE_ROLL = frames(800);
/** A wake word that a window cuts is whole in the next. */
const OVERLAP = frames(1200);
/** Talk without a pause is searched for the wake word in windows: long enough for most wishes in one breath. */
const WINDOW = frames(5000);
/** A transcriber that is behind gets so many windows' time. */
const WINDOWS_TO_WAIT = 2;
/** So few words of somebody who goes on may be a guess at the first sounds: the car's own voice begins like many things. */
const FEW_WORDS = 2;
/** Nobody speaks longer to a car. */
const LONGEST = frames(20_000);
/** Words that a command must have behind a wake word that was heard so well. */
const WORDS_AFTER: Readonly<Record<Waking['is'], number>> = { sure: 0, likely: 2, perhaps: 3 };
/**
 * A word of the wake word whose sounds are less likely than this, as a logarithm, may have been another. Measured: what
 * woke the car in an hour of talk was fainter, and in the quick reading only; of 144 calls in cabin noise none is lost.
 */
const FAINT = -5;
/** The car's voice still sounds in the room, and in the browser's buffers, for so long. */
const FADING = frames(500);
/** A question waits longer than a follow-up: somebody has to think. */
const MORE_FOR_AN_ANSWER = 2000;

/**
 * Who has the word: one open microphone, decided sample by sample. Pure but for its own state: the same inputs give the
 * same effects. Speech is cut into segments; each goes to a transcriber, and becomes an utterance when it begins with
 * the wake word, answers a question, or is a command in a conversation that is going on.
 */
export class TurnTaker {
  readonly #options: TurnOptions;
  /** The last frames, oldest first, from after the last utterance on. */
  #before: Float32Array[] = [];
  #now = 0;
  #onset = 0;
  /** Being spoken. */
  #open: Segment | undefined;
  /** Over, and waiting for their final words or reading. */
  readonly #ended = new Map<number, Segment>();
  #ids = 0;
  /** Delivered and not answered. */
  #delivered = 0;
  /** Frame until which no wake word is needed. */
  #awakeUntil = 0;
  #isAsking = false;
  /** Frame until which the next words are for the car, because the wake word was said by itself. */
  #calledUntil = 0;
  #says: string | null = null;
  /** What the voice said until it stopped, and when that was. */
  #said = { text: '', until: -Infinity };
  #shown: MicrophoneState = 'asleep';
  #effects: TurnEffect[] = [];

  constructor(options: TurnOptions) {
    this.#options = options;
  }

  get state(): MicrophoneState {
    if (this.#open?.isForTheCar) return 'hearing';
    if (this.#delivered > 0 || [...this.#ended.values()].some(({ isTold }) => isTold)) return 'thinking';
    if (this.#says !== null) return 'speaking';
    return this.#isAwake ? 'awake' : 'asleep';
  }

  /** @returns what is to be done, in order */
  step(input: TurnInput): readonly TurnEffect[] {
    this.#effects = [];
    this.#take(input);
    const { state } = this;
    if (state !== this.#shown) this.#show(state);
    return this.#effects;
  }

  #take(input: TurnInput): void {
    switch (input.is) {
      case 'frame':
        return this.#hear(input.samples, input.voice);
      case 'words':
        return this.#with(input.segment, (segment) => {
          segment.words = input.words;
          this.#judge(segment);
        });
      case 'final':
        return this.#with(input.segment, (segment) => {
          this.#close(segment);
          segment.final = input.transcript;
          segment.words = input.transcript.words;
          this.#judge(segment);
        });
      case 'reading':
        return this.#with(input.segment, (segment) => {
          if (input.text !== segment.text) return;
          segment.reading = input.reading;
          this.#judge(segment);
          // The pause may have been long enough before it was known what the words mean.
          if (segment === this.#open && this.#isOver(segment)) this.#stop(segment);
        });
      case 'failed':
        return this.#with(input.segment, (segment) => {
          this.#close(segment);
          this.#forget(segment);
        });
      case 'answered':
        this.#delivered--;
        this.#isAsking = input.asks;
        return this.#wake();
      case 'voice':
        this.#isAsking = input.asks;
        if (this.#says !== null) {
          this.#said = { text: this.#says, until: this.#now };
          this.#wake();
        }
        this.#says = input.says;
        // It began to speak while somebody spoke: both are in the microphone now.
        if (this.#open) this.#open.over ??= input.says;
    }
  }

  #hear(samples: Float32Array, voice: number): void {
    this.#now++;
    this.#before.push(samples);
    if (this.#before.length > OVERLAP) this.#before.shift();
    const segment = this.#open;
    if (!segment) {
      this.#onset = voice >= BEGIN ? this.#onset + 1 : 0;
      if (this.#onset >= ONSET) this.#begin(PRE_ROLL);
      else if (this.#isAsking && !this.#isBusy && this.#now > this.#awakeUntil) {
        this.#isAsking = false;
        this.#show('asleep', 'no-input');
      }
      return;
    }
    segment.hear(voice >= CONTINUE);
    this.#effects.push({ do: 'push', segment: segment.id, samples });
    if (this.#isOver(segment)) this.#stop(segment);
    else if (!segment.isWanted && segment.length >= this.#windowOf(segment)) {
      this.#cancel(segment);
      if (segment.quiet < ONSET) this.#begin(OVERLAP);
    } else if (segment.length >= LONGEST) this.#end(segment);
  }

  #isOver(segment: Segment): boolean {
    return segment.quiet >= this.#patience(segment);
  }

  /** It is over. */
  #stop(segment: Segment): void {
    // A click: not worth the transcriber's time.
    if (segment.voiced < SHORTEST && segment.words.length === 0) this.#cancel(segment);
    else this.#end(segment);
  }

  #windowOf({ words }: Segment): number {
    return words.length > 0 ? WINDOW : WINDOWS_TO_WAIT * WINDOW;
  }

  #begin(lead: number): void {
    const sound = this.#before.slice(-lead);
    const over = this.#now - this.#said.until <= FADING ? this.#said.text : null;
    this.#open = new Segment(++this.#ids, sound.length, this.#addressed(), this.#says ?? over);
    this.#effects.push({ do: 'open', segment: this.#open.id, sound });
  }

  /** To whom somebody speaks who begins now. */
  #addressed(): Addressed {
    if (this.#now <= this.#calledUntil) return 'wake-word';
    return this.#isAwake || this.#isBusy ? 'conversation' : 'nobody';
  }

  /** Frames of silence that end a segment. */
  #patience({ isWanted, words, text, reading }: Segment): number {
    if (!isWanted) return frames(words.length > 0 ? PAUSES.nothing : PAUSES.number);
    // After the wake word alone, the wish is waited for as a segment of its own.
    if (words.length > 0 && text === '') return frames(PAUSES.number);
    return frames(PAUSES[reading?.expects ?? 'unclear']);
  }

  /** What the words so far are to the car; with the final ones, what becomes of them. */
  #judge(segment: Segment): void {
    const { final } = segment;
    if (this.#isOwnVoice(segment)) {
      if (final) this.#forget(segment);
      return;
    }
    if (this.#interrupts(segment)) {
      this.#said = { text: this.#says ?? '', until: this.#now };
      this.#says = null;
      this.#effects.push({ do: 'hush' });
    }
    this.#lookForWakeWord(segment);
    if (segment.isWanted && segment.takeUnread())
      this.#effects.push({ do: 'read', segment: segment.id, text: segment.text });
    if (this.#isForTheCar(segment)) this.#tell(segment);
    if (!final) return;
    if (segment.text === '' || !segment.isWanted) {
      if (segment.isForTheCar && segment.words.length > 0) this.#call();
      this.#forget(segment);
    } else if (segment.reading && this.#isNext(segment)) this.#conclude(segment, final);
  }

  /** What was said before it is carried out or forgotten. */
  #isNext(segment: Segment): boolean {
    const [first] = this.#ended.keys();
    return first === segment.id;
  }

  /** Speech over the car's voice that means something. */
  #interrupts({ over, words, final, reading }: Segment): boolean {
    if (this.#says === null || over === null || words.length === 0) return false;
    const isWish = reading?.isCommand === true && reading.expects !== 'more';
    return words.length > FEW_WORDS || final !== undefined || isWish;
  }

  #lookForWakeWord(segment: Segment): void {
    const { wakeWord, hearsOpening = false } = this.#options;
    const waking = wakeWord.find(segment.spoken);
    const isUnsure = hearsOpening && (waking?.is !== 'sure' || this.#isFaint(segment, waking));
    if (!waking || isUnsure) {
      if (!segment.isForTheCar) segment.skipped = 0;
      return;
    }
    segment.skipped = waking.from;
    const isAlone = segment.text === '' && segment.final !== undefined;
    const isCommand =
      segment.reading?.isCommand === true && segment.wordsForTheCar.length >= WORDS_AFTER[waking.is];
    if (waking.is === 'sure' || (isAlone && waking.isNear) || isCommand) segment.addressed = 'wake-word';
  }

  /** By a quick reading: the thorough one has to have it, too. */
  #isFaint({ words, final }: Segment, { from }: Waking): boolean {
    const phrase = words.slice(Math.max(0, from - this.#options.wakeWord.phrase.split(' ').length), from);
    return !final && phrase.some(({ confidence }) => Math.log(confidence) < FAINT);
  }

  /** The wake word alone. */
  #call(): void {
    this.#wake();
    this.#calledUntil = this.#awakeUntil;
    if (this.#open) this.#open.addressed = 'wake-word';
  }

  #isForTheCar({ isForTheCar, addressed, text, reading }: Segment): boolean {
    if (text === '' || isForTheCar) return text !== '';
    return addressed === 'conversation' && (this.#isAsking || reading?.isCertain === true);
  }

  #tell(segment: Segment): void {
    if (!segment.isTold) this.#effects.push({ do: 'begin', segment: segment.id });
    segment.isTold = true;
    if (segment.text !== segment.shown && !segment.final)
      this.#effects.push({ do: 'show', segment: segment.id, words: segment.wordsForTheCar });
    segment.shown = segment.text;
  }

  #conclude(segment: Segment, final: Transcript): void {
    if (!this.#isForTheCar(segment)) return this.#forget(segment);
    this.#delivered++;
    this.#isAsking = false;
    this.#calledUntil = 0;
    const transcript = { ...final, text: segment.text, words: segment.wordsForTheCar };
    const pause = milliseconds(segment.quiet);
    this.#effects.push({ do: 'deliver', segment: segment.id, transcript, pause });
    this.#remove(segment);
  }

  /** The car's own words, or an "uh-huh" while it speaks. */
  #isOwnVoice({ over, spoken, words }: Segment): boolean {
    if (over !== null && isEcho(spoken, over)) return true;
    return (over !== null || !this.#isAsking) && words.length > 0 && isBackchannel(spoken);
  }

  #end(segment: Segment): void {
    this.#close(segment);
    this.#effects.push({ do: 'end', segment: segment.id });
  }

  /** No more sound of it. */
  #close(segment: Segment): void {
    if (this.#open !== segment) return;
    this.#open = undefined;
    this.#onset = 0;
    this.#before = [];
    this.#ended.set(segment.id, segment);
  }

  #cancel(segment: Segment): void {
    this.#open = undefined;
    this.#onset = 0;
    this.#effects.push({ do: 'cancel', segment: segment.id });
    this.#forget(segment);
  }

  #forget(segment: Segment): void {
    this.#effects.push({ do: 'drop', segment: segment.id });
    this.#remove(segment);
  }

  /** It is over; the one after it may have waited. */
  #remove(segment: Segment): void {
    if (!this.#ended.delete(segment.id)) return;
    const [next] = this.#ended.values();
    if (next?.final) this.#judge(next);
  }

  #with(id: number, use: (segment: Segment) => void): void {
    const segment = this.#open?.id === id ? this.#open : this.#ended.get(id);
    if (segment) use(segment);
  }

  /** From now on, for a while, the next words need no wake word. */
  #wake(): void {
    const patience = this.#options.followUp + (this.#isAsking ? MORE_FOR_AN_ANSWER : 0);
    this.#awakeUntil = this.#now + frames(patience);
  }

  get #isAwake(): boolean {
    return this.#now <= this.#awakeUntil && this.#awakeUntil > 0;
  }

  get #isBusy(): boolean {
    return this.#delivered > 0 || this.#says !== null;
  }

  #show(state: MicrophoneState, why?: 'no-input'): void {
    this.#shown = state;
    this.#effects.push({ do: 'state', state, ...(why && { why }) });
  }
}
