import { factsOf, type Shown } from '../car.ts';
import type { Replies } from '../replies.ts';
import { after, type ConversationState } from '../machine/conversation-machine.ts';
import { CONTEXT_TURNS, type NewQuestion } from '../machine/memory.ts';
import type { Read } from '../machine/data.ts';
import { watch, type Watcher } from './watch.ts';

/** Milliseconds of quiet after a turn before the car begins one itself. */
const PAUSE = 8000;
/** Metres before a manoeuvre in which the driver listens to the guidance. */
const BEFORE_A_TURN = 200;

/**
 * Looks at the signals, and says what has to be said.
 * @param isBusy somebody is speaking, or is being answered
 * @returns the words, when there are any
 */
export function notify(
  before: ConversationState,
  watchers: readonly Watcher[],
  by: {
    readonly read: Read;
    readonly shown: Shown;
    readonly replies: Replies;
    readonly now: number;
    readonly isBusy: boolean;
  },
): { readonly state: ConversationState; readonly reply: string } {
  const { read, now, isBusy } = by;
  const state = after(before, { type: 'tick', now });
  // Nobody is interrupted in the middle of a word.
  if (isBusy) return { state, reply: '' };
  const memory = state.context;
  const isFitting =
    memory.question === null &&
    now - memory.spokenAt >= PAUSE &&
    read('Vehicle.Cabin.Infotainment.Phone.CallState') === 'IDLE' &&
    !isBeforeTurn(read);
  const seen = watch(watchers, memory.watch, { read, isFitting, now });
  const { notice } = seen;
  if (!notice) {
    return {
      state:
        seen.memory === memory.watch
          ? state
          : after(state, { type: 'learn', memory: { watch: seen.memory } }),
      reply: '',
    };
  }
  const replies = read('Vehicle.IsMoving') === true ? by.replies.brief : by.replies;
  const facts: Record<string, string | number> = {
    watcher: notice.watcher,
    ...factsOf(notice.because, by.shown),
  };
  for (const { path } of notice.because) {
    facts.where = path.includes('.Left.') || path.includes('DriverSide') ? 'left' : 'right';
    facts.row = path.includes('Row2') ? 'rear' : 'front';
  }
  const said = replies.say(notice.say, facts);
  // What is urgent does not wait for an answer to something else, but does not ask over it either.
  const isFree = memory.question === null || memory.question.kind === 'list';
  const offers = isFree && notice.offer.length > 0;
  const reply = offers ? `${said} ${replies.say('dialogue.watch.offer', { watcher: notice.watcher })}` : said;
  const question: NewQuestion = { kind: 'offer', commands: notice.offer, watcher: notice.watcher };
  const asking = offers
    ? after(state, { type: 'ask', now, question: { ...question, seat: 'driver', asks: reply } })
    : state;
  return {
    reply,
    state: after(asking, {
      type: 'learn',
      memory: {
        watch: seen.memory,
        context: [...memory.context, { who: 'car', text: reply } as const].slice(-CONTEXT_TURNS),
        reason: { code: notice.say, facts, because: notice.because },
        lastReply: reply,
        spokenAt: now,
      },
    }),
  };
}

function isBeforeTurn(read: Read): boolean {
  const ahead = Number(read('Vehicle.Cabin.Infotainment.Navigation.NextManeuver.Distance'));
  return (
    read('Vehicle.Cabin.Infotainment.Navigation.IsGuidanceActive') === true &&
    read('Vehicle.IsMoving') === true &&
    ahead > 0 &&
    ahead < BEFORE_A_TURN
  );
}
