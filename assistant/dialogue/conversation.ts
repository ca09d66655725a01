import type { Command, Seat, SlotValue, Slots } from '../../vehicle/command.ts';
import type { Outcome } from '../../vehicle/outcome.ts';
import type { Place } from '../../vehicle/world.ts';
import type { ContextTurn, InterpretedCommand, Interpretation } from '../understanding/interpreter.ts';
import type { Car } from './car.ts';
import type { Replies } from './replies.ts';

/** A question of the car that waits for an answer. At most one is open. */
export type Question =
  | { readonly kind: 'confirm'; readonly command: Command; readonly expires: number }
  | {
      readonly kind: 'slot';
      readonly command: Command;
      readonly slot: string;
      readonly choices: readonly Place[];
      readonly expires: number;
    };

/** Everything a conversation remembers; plain data. */
export interface ConversationState {
  /** The last turns, oldest first: the model's context. */
  readonly context: readonly ContextTurn[];
  readonly question: Question | null;
  /** What was carried out last, for "again", "no, the rear one" and "and the passenger too". */
  readonly last: readonly Command[];
  readonly lastOutcomes: readonly Outcome[];
  readonly lastReply: string;
}

export interface Exchange {
  readonly state: ConversationState;
  readonly outcomes: readonly Outcome[];
  /** Empty: the car says nothing (silence). */
  readonly reply: string;
}

/** A question older than this is forgotten: nobody answers "yes" to something asked a minute ago. */
export const QUESTION_LIFETIME = 30_000;
/** The model was trained with at most three turns of context. */
const CONTEXT_TURNS = 3;

export const NEW_CONVERSATION: ConversationState = {
  context: [],
  question: null,
  last: [],
  lastOutcomes: [],
  lastReply: '',
};

/**
 * One turn: carries out what was understood and finds the reply.
 * @param now epoch milliseconds, virtual time
 */
export function converse(
  state: ConversationState,
  heard: Interpretation,
  by: { readonly seat: Seat; readonly now: number; readonly car: Car; readonly replies: Replies },
): Exchange {
  const turn = new Turn(state, by);
  by.car.compound(() => {
    for (const command of heard.commands) turn.take(command, heard.text);
  });
  return turn.finish(heard.text);
}

class Turn {
  readonly #before: ConversationState;
  readonly #by: Parameters<typeof converse>[2];
  readonly #outcomes: Outcome[] = [];
  readonly #said: string[] = [];
  readonly #carriedOut: Command[] = [];
  #question: Question | null;

  constructor(before: ConversationState, by: Parameters<typeof converse>[2]) {
    this.#before = before;
    this.#by = by;
    this.#question = before.question && before.question.expires > by.now ? before.question : null;
  }

  take({ intent, slots }: InterpretedCommand, text: string): void {
    switch (intent) {
      case 'dialogue.affirm.select':
        return this.#answer((question) =>
          question.kind === 'confirm' ? this.#execute(question.command, true) : undefined,
        );
      case 'dialogue.deny.select':
        return this.#drop('dialogue.deny');
      case 'dialogue.cancel.select':
        // "Stop" cancels what is being asked; with nothing open it means the music.
        if (!this.#question && /^\W*stop\W*$/i.test(text))
          return this.#execute({ intent: 'media.playback.stop', slots });
        return this.#drop('dialogue.cancel');
      case 'dialogue.choose.select':
        return this.#answer((question) => {
          const value = question.kind === 'slot' ? chosen(question, slots) : undefined;
          if (value && question.kind === 'slot')
            this.#execute(withSlots(question.command, { [question.slot]: value }));
        });
      case 'dialogue.undo.select':
        return this.#tell(this.#by.car.undo({ seat: this.#by.seat }));
      case 'dialogue.again.select':
        if (this.#before.last.length === 0) return this.#say('dialogue.nothing_before');
        for (const command of this.#before.last) this.#execute(withSlots(command, slots));
        return;
      case 'dialogue.correct.select':
        return this.#correct(slots);
      case 'dialogue.repeat.select':
        return void this.#said.push(
          this.#before.lastReply || this.#by.replies.say('dialogue.nothing_before'),
        );
      case 'dialogue.why.query':
        return this.#why();
      case 'dialogue.help.query':
        return this.#say('dialogue.help');
      case 'dialogue.greet.select':
        return this.#say('dialogue.greet');
      case 'dialogue.thanks.select':
        return this.#say('dialogue.thanks');
      case 'none.out_of_scope.select':
        return this.#say('none.out_of_scope');
      case 'none.silence.select':
        return;
      default:
        return this.#execute({ intent, slots });
    }
  }

  finish(heard: string): Exchange {
    const reply = this.#said.join(' ');
    const turns: ContextTurn[] = [...this.#before.context, { who: 'user', text: heard }];
    if (reply) turns.push({ who: 'car', text: reply });
    const silent = heard.trim() === '' || (reply === '' && this.#outcomes.length === 0);
    return {
      outcomes: this.#outcomes,
      reply,
      state: {
        context: silent ? this.#before.context : turns.slice(-CONTEXT_TURNS),
        question: this.#question,
        last: this.#carriedOut.length > 0 ? this.#carriedOut : this.#before.last,
        lastOutcomes: this.#outcomes.length > 0 ? this.#outcomes : this.#before.lastOutcomes,
        lastReply: reply || this.#before.lastReply,
      },
    };
  }

  #execute(command: Command, confirmed = false): void {
    const by = { seat: this.#by.seat, confirmed };
    let outcome = this.#by.car.execute(command, by);
    if (outcome.status === 'needs' && outcome.choices.length === 0) {
      const whole = this.#inherit(command, outcome.slot);
      if (whole) outcome = this.#by.car.execute(whole, by);
    }
    this.#tell(outcome);
  }

  /** "And the passenger too": what is missing was said the turn before, for the same intent. */
  #inherit(command: Command, slot: string): Command | undefined {
    const before = this.#before.last.find(({ intent }) => intent === command.intent);
    const value = before?.slots[slot as keyof Slots];
    return value && withSlots(command, { [slot]: value });
  }

  #tell(outcome: Outcome): void {
    this.#outcomes.push(outcome);
    this.#said.push(this.#by.replies.of(outcome));
    const expires = this.#by.now + QUESTION_LIFETIME;
    if (outcome.status === 'confirm') this.#question = { kind: 'confirm', command: outcome.command, expires };
    else if (outcome.status === 'needs') {
      this.#question = {
        kind: 'slot',
        command: outcome.command,
        slot: outcome.slot,
        choices: outcome.choices,
        expires,
      };
    } else if (outcome.status !== 'unavailable') this.#carriedOut.push(outcome.command);
  }

  #answer(use: (question: Question) => void): void {
    const question = this.#question;
    if (!question) return this.#say('dialogue.no_question');
    const before = this.#outcomes.length;
    this.#question = null;
    use(question);
    if (this.#outcomes.length === before) {
      this.#question = question;
      this.#say('dialogue.unclear_answer');
    }
  }

  #drop(code: string): void {
    this.#say(this.#question ? `${code}.question` : code);
    this.#question = null;
  }

  /** "No, the rear one", "I meant 22": the last command again, with the new values, instead of the first try. */
  #correct(slots: Slots): void {
    const command = this.#before.last.at(-1);
    if (!command) return this.#say('dialogue.nothing_before');
    this.#by.car.undo({ seat: this.#by.seat });
    this.#execute(withSlots(command, slots));
  }

  #why(): void {
    for (const outcome of this.#before.lastOutcomes) {
      if ('decision' in outcome) return void this.#said.push(this.#by.replies.reason(outcome.decision));
    }
    this.#say('dialogue.why.nothing');
  }

  #say(code: string): void {
    this.#said.push(this.#by.replies.say(code));
  }
}

const withSlots = (command: Command, slots: Slots): Command => ({
  intent: command.intent,
  slots: { ...command.slots, ...slots },
});

/** What "the second one", a name, or the missing value itself picks. */
function chosen({ choices, slot }: Extract<Question, { kind: 'slot' }>, slots: Slots): SlotValue | undefined {
  const ordinal = slots.ordinal?.value;
  const named = Object.values(slots).map(({ value }) => String(value).toLowerCase());
  const place =
    ordinal === 'last'
      ? choices.at(-1)
      : typeof ordinal === 'number'
        ? choices[ordinal - 1]
        : choices.find(({ name }) => named.some((words) => name.toLowerCase().includes(words)));
  // The id, because two places may have one name.
  return place ? { text: place.name, value: place.id } : slots[slot as keyof Slots];
}
