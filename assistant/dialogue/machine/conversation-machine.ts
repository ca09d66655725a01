import { assign, initialTransition, setup, transition } from 'xstate';
import {
  LIST_LIFETIME,
  NEW_MEMORY,
  PATIENCE,
  QUESTION_LIFETIME,
  type Memory,
  type Question,
} from './memory.ts';

export type ConversationEvent =
  /** The car asks; a question that is open gives way. */
  | { readonly type: 'ask'; readonly question: Omit<Question, 'expires' | 'tries'>; readonly now: number }
  /** It was answered, or nobody wants it any more. */
  | { readonly type: 'settle' }
  /** Something else was said: the question comes back, or is given up. */
  | { readonly type: 'postpone'; readonly now: number }
  /** What has been learnt. */
  | { readonly type: 'learn'; readonly memory: Partial<Omit<Memory, 'question'>> }
  | { readonly type: 'tick'; readonly now: number };

/**
 * The conversation of one car. A question is open or it is not; what has a deadline carries it as virtual time, so
 * that a snapshot is all there is.
 */
const machine = setup({
  types: { context: {} as Memory, events: {} as ConversationEvent },
  guards: {
    isOver: ({ context: { question }, event }) =>
      event.type === 'tick' && question !== null && question.expires <= event.now,
    comesBack: ({ context: { question } }) =>
      question !== null && COMES_BACK.has(question.kind) && question.tries + 1 < PATIENCE,
  },
  actions: {
    open: assign({
      question: ({ event }) => (event.type === 'ask' ? opened(event.question, event.now) : null),
      held: [],
    }),
    again: assign({
      question: ({ context: { question }, event }) =>
        question && event.type === 'postpone'
          ? { ...question, tries: question.tries + 1, expires: event.now + lifetime(question) }
          : question,
    }),
    // What waited for an answer goes with its question.
    close: assign({ question: null, held: [] }),
    remember: assign(({ event }) => (event.type === 'learn' ? event.memory : {})),
  },
}).createMachine({
  context: NEW_MEMORY,
  initial: 'free',
  on: { learn: { actions: 'remember' }, ask: { target: '.asking', actions: 'open' } },
  states: {
    free: {},
    asking: {
      on: {
        settle: { target: 'free', actions: 'close' },
        postpone: [
          { guard: 'comesBack', actions: 'again' },
          { target: 'free', actions: 'close' },
        ],
        tick: { guard: 'isOver', target: 'free', actions: 'close' },
      },
    },
  },
});

/** What was asked for something that the speaker wants comes back; what the car offered or doubted does not. */
const COMES_BACK: ReadonlySet<Question['kind']> = new Set(['slot', 'choice', 'teach', 'list']);

const lifetime = ({ kind }: Pick<Question, 'kind'>) => (kind === 'list' ? LIST_LIFETIME : QUESTION_LIFETIME);

// `Omit` forgets which member of the union it was; nothing is left out that the kinds differ in.
const opened = (question: Omit<Question, 'expires' | 'tries'>, now: number): Question =>
  ({ ...question, tries: 0, expires: now + lifetime(question) }) as Question;

/** A conversation as plain JSON: snapshot and restore are the same thing. */
export interface ConversationState {
  readonly value: 'free' | 'asking';
  readonly context: Memory;
}

export const NEW_CONVERSATION: ConversationState = stateOf(initialTransition(machine)[0]);

/** The state after an event. Pure. */
export function after(state: ConversationState, event: ConversationEvent): ConversationState {
  return stateOf(transition(machine, machine.resolveState(state), event)[0]);
}

/** When the open question is forgotten, epoch milliseconds of virtual time; null when none is open. */
export const deadline = ({ context }: ConversationState): number | null => context.question?.expires ?? null;

function stateOf({ value, context }: ReturnType<typeof machine.resolveState>): ConversationState {
  return { value, context };
}
