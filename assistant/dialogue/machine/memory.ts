import type { Command, Seat, SlotAtom } from '../../../vehicle/command.ts';
import type { Outcome, SignalReading } from '../../../vehicle/outcome.ts';
import type { Place } from '../../../vehicle/world.ts';
import type { ContextTurn } from '../../understanding/interpreter.ts';
import type { WatchMemory } from '../watchers/watch.ts';

/** One of several things that fit. */
export interface Option {
  readonly label: string;
  /** What the slot gets: a place's id, a contact's name. */
  readonly value: SlotAtom;
  readonly place?: Place;
}

interface Asked {
  /** Epoch milliseconds of virtual time; afterwards nobody answers it any more. */
  readonly expires: number;
  /** Whom it was asked. */
  readonly seat: Seat;
  /** The words of the question, for asking again. */
  readonly asks: string;
  /** Answers that fitted nothing, and returns after another command. */
  readonly tries: number;
}

/** What the car waits to hear. At most one question is open. */
export type Question = Asked &
  (
    | { /** The gate asks back. */ readonly kind: 'confirm'; readonly command: Command }
    | { /** "Did you mean ...?" */ readonly kind: 'meant'; readonly command: Command }
    | { /** A value is missing. */ readonly kind: 'slot'; readonly command: Command; readonly slot: string }
    | {
        /** Several things fit one slot. */
        readonly kind: 'choice';
        readonly command: Command;
        readonly slot: string;
        readonly options: readonly Option[];
      }
    | { /** Several commands fit. */ readonly kind: 'which'; readonly commands: readonly Command[] }
    | {
        /** Places that were found: nobody asked, but one may be taken. */ readonly kind: 'list';
        readonly options: readonly Option[];
      }
    | {
        /** The car proposes something. */
        readonly kind: 'offer';
        readonly commands: readonly Command[];
        /** Id of the watcher that speaks. */
        readonly watcher?: string;
      }
    | { /** What a routine shall do. */ readonly kind: 'teach'; readonly name: string }
    | {
        /** Somebody else wants to change what belongs to the seat that is asked. */
        readonly kind: 'owner';
        readonly command: Command;
        readonly from: Seat;
      }
  );

/** A question before it is asked. */
export type NewQuestion = Question extends infer Q
  ? Q extends Question
    ? Omit<Q, keyof Asked>
    : never
  : never;

/** Why the car did what it did, for "why?". */
export interface Reason {
  /** Message and facts in the words of the catalogue. */
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly because: readonly SignalReading[];
}

/** Who set a seat's own things last. */
export interface Owning {
  readonly by: Seat;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Everything a conversation remembers; plain data of bounded size. */
export interface Memory {
  /** The last turns, oldest first: the model's context. */
  readonly context: readonly ContextTurn[];
  /** The last exchanges, oldest first: what a larger model may be told. */
  readonly exchanges: readonly { readonly user: string; readonly car: string }[];
  readonly question: Question | null;
  /** What was said in one breath with what is being asked, and has a question of its own: it waits for the answer. */
  readonly held: readonly { readonly command: Command; readonly seat: Seat }[];
  /** What the last turn that did something carried out, or tried to. */
  readonly last: readonly Command[];
  readonly lastSeat: Seat;
  readonly lastHeard: string;
  readonly lastOutcomes: readonly Outcome[];
  readonly lastReply: string;
  readonly reason: Reason | null;
  /** The place and the person last spoken of: "there", "her". */
  readonly place: Option | null;
  readonly person: string | null;
  /** `target seat` → who set it. */
  readonly owners: Readonly<Record<string, Owning>>;
  readonly watch: WatchMemory;
  /** Epoch milliseconds of the last turn. */
  readonly spokenAt: number;
}

/** A question older than this is forgotten: nobody answers "yes" to something asked a minute ago. */
export const QUESTION_LIFETIME = 30_000;
/** A list is looked at longer than a question is remembered. */
export const LIST_LIFETIME = 60_000;
/** The model was trained with at most three turns of context. */
export const CONTEXT_TURNS = 3;
export const EXCHANGES = 5;
/** Answers that fit nothing, or commands in between, until a question is given up. */
export const PATIENCE = 2;

export const NEW_MEMORY: Memory = {
  context: [],
  exchanges: [],
  question: null,
  held: [],
  last: [],
  lastSeat: 'driver',
  lastHeard: '',
  lastOutcomes: [],
  lastReply: '',
  reason: null,
  place: null,
  person: null,
  owners: {},
  watch: {},
  spokenAt: 0,
};
