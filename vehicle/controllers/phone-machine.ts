import { assign, setup } from 'xstate';

export interface Peer {
  readonly name: string;
  readonly number: string;
}
export interface Message {
  readonly from: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly read: boolean;
}
export interface PhoneContext {
  readonly peer: Peer | null;
  /** When the other side answers, when ringing ends, or when the next second of the call is over; epoch milliseconds. */
  readonly until: number;
  /** Whole seconds of the call so far. */
  readonly seconds: number;
  readonly dialled: Peer | null;
  readonly missed: readonly (Peer & { readonly at: number })[];
  readonly inbox: readonly Message[];
  readonly sent: readonly { readonly to: string; readonly text: string; readonly at: number }[];
}

export type PhoneEvent =
  | { type: 'dial'; peer: Peer; until: number }
  | { type: 'ring'; peer: Peer; until: number }
  | { type: 'answer'; at: number }
  | { type: 'decline' | 'hangUp' | 'heardMissed' }
  | { type: 'cancelled'; at: number }
  | { type: 'tick'; now: number }
  | { type: 'send'; to: string; text: string; at: number }
  | { type: 'receive'; message: Message }
  | { type: 'read' };

/** How long the other side takes to answer, and how long a caller lets it ring. */
export const ANSWER_TIME = 4000;
export const RING_TIME = 25_000;
const KEPT = 50;
const SECOND = 1000;

/** A call from dialling or ringing to its end, and the messages. */
export const phoneMachine = setup({
  types: { context: {} as PhoneContext, events: {} as PhoneEvent },
  guards: {
    isTime: ({ context, event }) => event.type === 'tick' && event.now >= context.until,
  },
  actions: {
    forget: assign({ peer: null }),
    begin: assign(({ event }) => ({
      seconds: 0,
      until: (event.type === 'tick' ? event.now : event.type === 'answer' ? event.at : 0) + SECOND,
    })),
    count: assign(({ context }) => ({ seconds: context.seconds + 1, until: context.until + SECOND })),
    miss: assign(({ context, event }) => {
      const at = event.type === 'tick' ? event.now : event.type === 'cancelled' ? event.at : 0;
      return context.peer
        ? { missed: [...context.missed, { ...context.peer, at }].slice(-KEPT), peer: null }
        : {};
    }),
  },
}).createMachine({
  context: { peer: null, until: 0, seconds: 0, dialled: null, missed: [], inbox: [], sent: [] },
  initial: 'idle',
  on: {
    send: {
      actions: assign({
        sent: ({ context, event }) =>
          [...context.sent, { to: event.to, text: event.text, at: event.at }].slice(-KEPT),
      }),
    },
    receive: {
      actions: assign({ inbox: ({ context, event }) => [...context.inbox, event.message].slice(-KEPT) }),
    },
    read: {
      actions: assign({
        inbox: ({ context }) => context.inbox.map((message) => ({ ...message, read: true })),
      }),
    },
    heardMissed: { actions: assign({ missed: [] }) },
  },
  states: {
    idle: {
      on: {
        dial: {
          target: 'dialling',
          actions: assign(({ event }) => ({ peer: event.peer, dialled: event.peer, until: event.until })),
        },
        ring: {
          target: 'ringing',
          actions: assign(({ event }) => ({ peer: event.peer, until: event.until })),
        },
      },
    },
    dialling: {
      on: {
        tick: { guard: 'isTime', target: 'active', actions: 'begin' },
        hangUp: { target: 'idle', actions: 'forget' },
      },
    },
    ringing: {
      on: {
        answer: { target: 'active', actions: 'begin' },
        decline: { target: 'idle', actions: 'forget' },
        hangUp: { target: 'idle', actions: 'forget' },
        cancelled: { target: 'idle', actions: 'miss' },
        tick: { guard: 'isTime', target: 'idle', actions: 'miss' },
      },
    },
    active: {
      on: {
        tick: { guard: 'isTime', actions: 'count' },
        hangUp: { target: 'idle', actions: 'forget' },
      },
    },
  },
});
export type PhoneState = ReturnType<typeof phoneMachine.resolveState>;
