import type { ConversationTurn } from '../../simulator/server/protocol.ts';
import { html } from '../dom.ts';
import { t } from '../language/language.ts';
import { timeOfDay, unitsOf } from '../language/measures.ts';
import type { Store } from '../store.ts';
import { turnActions, type TurnTools } from './turn-actions.ts';
import { turnView } from './turn-view.ts';

/** A reader who has scrolled up further than this is reading: the list stays where it is. */
const AT_THE_END = 60;

export interface ConversationParts {
  readonly list: HTMLElement;
  /** Spoken by screen readers: the newest answer, in big letters over the car. */
  readonly caption: HTMLElement;
  /** Told of each answer once, when its turn is finished while the page looks on. */
  readonly onAnswer: (turn: ConversationTurn) => void;
  readonly tools: TurnTools;
}

/** Keeps the list of turns in step with the store. */
export function createConversation(
  store: Store,
  { list, caption, onAnswer, tools }: ConversationParts,
): void {
  const views = new Map<string, View>();
  const empty = html('li', { class: 'turn-empty' }, t('talk.empty'));
  let answered: ReadonlySet<string> | undefined;
  openOnClick(list);

  store.onConversation((turns) => {
    const follow = list.scrollHeight - list.scrollTop - list.clientHeight < AT_THE_END;
    const ids = new Set(turns.map(({ id }) => id));
    for (const [id, { element }] of views) {
      if (ids.has(id)) continue;
      element.remove();
      views.delete(id);
    }
    let changed = false;
    const last = turns.findLast(isAsked);
    for (const turn of turns) {
      const view = views.get(turn.id);
      const isLast = turn === last;
      if (view?.turn === turn && view.isLast === isLast) continue;
      const isOver = isAsked(turn) && turn.stage === 'done';
      const { clock, signals } = store.state;
      const time = timeOfDay(turn.at, clock.utcOffset, unitsOf(signals));
      const element = turnView(turn, time, isOver ? turnActions(turn, isLast, tools) : undefined);
      if (view) {
        keepOpen(view.element, element);
        view.element.replaceWith(element);
      } else list.append(element);
      views.set(turn.id, { turn, isLast, element });
      changed = true;
    }
    if (turns.length === 0) list.append(empty);
    else empty.remove();
    if (changed && follow) list.scrollTop = list.scrollHeight;
    if (changed) showCaption(caption, turns.at(-1));

    const finished = turns.filter(({ stage }) => stage === 'done' || stage === 'failed');
    // What was said before this page was opened is history: it is shown, not spoken.
    if (answered && store.version !== undefined) {
      for (const turn of finished) if (!answered.has(turn.id) && turn.reply !== '') onAnswer(turn);
    }
    if (store.version !== undefined) answered = new Set(finished.map(({ id }) => id));
  });
}

interface View {
  readonly turn: ConversationTurn;
  /** The last utterance of somebody in the car. */
  readonly isLast: boolean;
  readonly element: HTMLElement;
}

/** Somebody said something; the car may also speak up by itself. */
const isAsked = ({ source, heard }: ConversationTurn): boolean => source !== 'car' && heard !== '';

/** What of a turn is told when asked for. */
const DETAILS = ['rejected', 'moved', 'latency'] as const;

/** A click on an utterance opens all that can be told about it, and closes it again; keys have each part's own switch. */
function openOnClick(list: HTMLElement): void {
  list.addEventListener('click', ({ target }) => {
    if (
      !(target instanceof Element) ||
      target.closest('button, summary, a') ||
      getSelection()?.isCollapsed === false
    )
      return;
    const parts = [...(target.closest('.turn')?.querySelectorAll('details') ?? [])];
    const open = parts.some((part) => !part.open);
    for (const part of parts) part.open = open;
  });
}

function keepOpen(before: HTMLElement, after: HTMLElement): void {
  for (const name of DETAILS) {
    if (before.querySelector(`details.${name}[open]`))
      after.querySelector(`details.${name}`)?.setAttribute('open', '');
  }
}

function showCaption(caption: HTMLElement, turn: ConversationTurn | undefined): void {
  if (!turn) return;
  const refused = turn.outcomes.some(({ status }) => status === 'refused');
  // The partial words change many times a second: to be seen, not to be spoken.
  const heard = html(
    'p',
    { class: 'caption-heard', 'aria-hidden': 'true', lang: 'en' },
    turn.heard === '' ? '…' : turn.heard,
  );
  caption.dataset['tone'] = turn.stage === 'failed' || refused ? 'refused' : turn.stage;
  caption.replaceChildren(
    heard,
    ...(turn.reply === '' ? [] : [html('p', { class: 'caption-reply', lang: 'en' }, turn.reply)]),
  );
}
