import type { Seat } from '../../vehicle/command.ts';
import type { Interpretation, Utterance } from '../understanding/interpreter.ts';
import { readerOf, shownOn, type Car } from './car.ts';
import { converse, NEW_CONVERSATION, type ConversationState, type Exchange } from './conversation.ts';
import type { DialogueData } from './dialogue-data.ts';
import type { Answer, HandOverProblem, Question } from './hand-over/larger-model.ts';
import { currentProfile, type Profiles, type ProfileStore } from './profile/profile.ts';
import type { Replies } from './replies.ts';
import { readAheadOf, showUnits, type Ahead } from './routines/carry-out-ahead.ts';
import { Turn, type Surroundings } from './turn.ts';
import { notify } from './watchers/notify.ts';

export interface DialogueParts {
  readonly car: Car;
  readonly replies: Replies;
  readonly data: DialogueData;
  readonly store: ProfileStore;
  /** People in the phone, who are nobody else's business. */
  readonly contacts: readonly string[];
  /** Whether a larger model can be asked. */
  readonly handsOver: boolean;
}

/** Words that are about to become a turn. */
export interface Hearing {
  /** What the model is to read. */
  readonly utterance: Utterance;
  readonly ahead: Ahead | undefined;
}

export interface DialogueTurn extends Omit<Exchange, 'state' | 'profiles' | 'handOver'> {
  /** What was understood, with places counted in all that was heard. */
  readonly understood: Pick<Interpretation, 'commands' | 'rejected'>;
  /** A larger model is to be asked, and the turn concluded with its answer. */
  readonly handsOver: boolean;
}

/** Milliseconds between two looks at the signals. */
const LOOK = 1000;

/**
 * The conversation of one car. Holds its state and profiles; everything else is a pure function of them.
 *
 * ```ts
 * const hearing = dialogue.hear('open the window');
 * const [read] = await interpreter.interpret([hearing.utterance], { now });
 * const { reply } = dialogue.turn(hearing, read, { seat: 'driver', now });
 * ```
 */
export class Dialogue {
  readonly #parts: DialogueParts;
  #state: ConversationState = NEW_CONVERSATION;
  #profiles: Profiles;
  #nextLook = -Infinity;

  /** @throws Error when the profiles cannot be read */
  constructor(parts: DialogueParts) {
    this.#parts = parts;
    this.#profiles = parts.store.load();
    const { units } = currentProfile(this.#profiles);
    if (Object.keys(units).length > 0)
      showUnits(new Turn(this.#state, this.#surroundings('driver', 0)), units);
  }

  /** The words for what the car did outside of the conversation. */
  get replies(): Replies {
    return this.#parts.replies;
  }

  get profiles(): Profiles {
    return this.#profiles;
  }

  /** The car waits for an answer; a list that may be chosen from is no question. */
  get isAsking(): boolean {
    const { question } = this.#state.context;
    return question !== null && question.kind !== 'list';
  }

  /** What stands before the model: the grammar of what no label says. */
  hear(text: string): Hearing {
    const context = this.#state.context;
    const ahead = readAheadOf(this.#parts.data.ahead, text, {
      profile: currentProfile(this.#profiles),
      profiles: this.#profiles,
      memory: context,
    });
    const utterance = { text: ahead?.body?.text ?? text, context: ahead ? [] : context.context };
    return { utterance, ahead };
  }

  /**
   * One turn.
   * @param read the model's reading of the utterance
   */
  turn(
    { ahead }: Hearing,
    read: Interpretation,
    by: { readonly seat: Seat; readonly now: number },
  ): DialogueTurn {
    const exchange = this.#keep(converse(this.#state, read, this.#surroundings(by.seat, by.now), ahead));
    const { outcomes, reply, handOver } = exchange;
    return { outcomes, reply, understood: understood(read, ahead), handsOver: handOver !== undefined };
  }

  /** What a larger model is told of the conversation, for an exchange that hands over. */
  questionFor(text: string): Question {
    const names = currentProfile(this.#profiles).names;
    return {
      text,
      exchanges: this.#state.context.exchanges,
      names: {
        contacts: this.#parts.contacts,
        places: names.flatMap(({ name, is, means }) => (is === 'place' ? [name, means] : [])),
      },
    };
  }

  /** A larger model's answer, or why there is none: its commands go through the same gate as any. */
  conclude(
    text: string,
    answer: Answer | HandOverProblem,
    by: { readonly seat: Seat; readonly now: number },
  ): Pick<Exchange, 'outcomes' | 'reply'> {
    const { car } = this.#parts;
    const turn = new Turn(this.#state, this.#surroundings(by.seat, by.now));
    if (typeof answer === 'string') turn.say(`dialogue.hand_over.${answer}`);
    else {
      if (answer.text !== '') turn.quote(answer.text);
      car.compound(() => {
        for (const command of answer.commands) turn.execute(command);
      });
    }
    return this.#keep(turn.finish({ text }));
  }

  /**
   * Lets virtual time pass: questions are forgotten, and watchers speak up.
   * @param isBusy somebody is speaking, or is being answered
   * @returns what the car says by itself; empty mostly
   */
  step(now: number, isBusy: boolean): string {
    if (now < this.#nextLook) return '';
    this.#nextLook = now + LOOK;
    const { data, replies, car } = this.#parts;
    const { state, reply } = notify(this.#state, data.watchers, {
      read: readerOf(car),
      shown: shownOn(car),
      replies,
      now,
      isBusy,
    });
    this.#state = state;
    return reply;
  }

  /** Plain JSON: everything that the continuation depends on, beside the profiles. */
  snapshot(): ConversationState {
    return structuredClone(this.#state);
  }

  restore(state: ConversationState): void {
    this.#state = structuredClone(state);
  }

  #keep(exchange: Exchange): Exchange {
    this.#state = exchange.state;
    if (exchange.profiles === this.#profiles) return exchange;
    this.#profiles = exchange.profiles;
    try {
      this.#parts.store.save(exchange.profiles);
      return exchange;
    } catch {
      // What the car has done is done: the turn is whole, and only its memory will not last.
      const { replies } = this.#parts;
      return { ...exchange, reply: `${exchange.reply} ${replies.say('dialogue.profile.unkept')}`.trim() };
    }
  }

  #surroundings(seat: Seat, now: number): Surroundings {
    const { car, replies, data, handsOver } = this.#parts;
    return { seat, now, car, replies, data, profiles: this.#profiles, handsOver };
  }
}

/** What the model read of words that the grammar ahead of it understood says nothing, but for a routine's body. */
function understood(
  { commands, rejected }: Interpretation,
  ahead: Ahead | undefined,
): Pick<Interpretation, 'commands' | 'rejected'> {
  if (!ahead) return { commands, rejected };
  const { body } = ahead;
  if (!body) return { commands: [], rejected: [] };
  const moved = commands.map((command) => {
    const [start, end] = command.span;
    return { ...command, span: [start + body.start, end + body.start] as const };
  });
  return { commands: moved, rejected: [] };
}
