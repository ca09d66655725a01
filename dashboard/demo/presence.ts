import { HANDOVER_TIME, type Presence } from '../../simulator/server/protocol.ts';
import { isSeat, SEATS } from '../conversation/words.ts';
import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import type { Notify } from '../notices.ts';
import type { Store } from '../store.ts';
import type { Crew } from './crew.ts';

/** Who is there: a mark for each seat, filled where somebody sits, and how many look on. */
export function createPresence(store: Store): HTMLElement {
  const seats = SEATS.map((seat) => html('span', { class: `presence-seat presence-${seat}` }));
  const viewers = html('span', { class: 'presence-viewers', 'aria-hidden': 'true' });
  const words = html('span', { class: 'visually-hidden' });
  const plan = html('span', { class: 'presence-plan', 'aria-hidden': 'true' }, ...seats);
  const root = html('p', { class: 'presence', 'data-testid': 'presence' }, plan, viewers, words);
  store.onPresence((presence) => {
    for (const [index, seat] of SEATS.entries())
      seats[index]?.toggleAttribute('data-taken', presence.taken.includes(seat));
    setText(viewers, presence.viewers === 0 ? '' : `+${presence.viewers}`);
    setText(words, `${t('presence.label')}: ${presenceWords(presence)}`);
    root.title = presenceWords(presence);
  });
  return root;
}

/** “Driver, Passenger, 2 looking on”. */
export function presenceWords({ taken, viewers }: Presence): string {
  const watching = viewers === 0 ? [] : [t('presence.viewers', { count: viewers })];
  return [...taken.map((seat) => t(`seat.${seat}`)), ...watching].join(', ');
}

/** Asks the driver whether somebody else may drive, and tells who drives now. */
export function createHandover(root: HTMLElement, crew: Crew, store: Store, notify: Notify): void {
  const who = html('p', { class: 'handover-words' });
  const left = html('p', { class: 'handover-left', 'aria-live': 'off' });
  const yes = html(
    'button',
    { type: 'button', class: 'handover-yes', 'data-testid': 'handover-yes' },
    t('handover.yes'),
  );
  const no = html(
    'button',
    { type: 'button', class: 'handover-no', 'data-testid': 'handover-no' },
    t('handover.no'),
  );
  const question = html(
    'div',
    { class: 'notice notice-information handover', role: 'alertdialog', 'data-testid': 'handover' },
    html('div', { class: 'handover-body' }, who, left, html('div', { class: 'handover-answers' }, yes, no)),
  );
  yes.addEventListener('click', () => {
    crew.answer(true);
  });
  no.addEventListener('click', () => {
    crew.answer(false);
  });
  let counting: ReturnType<typeof setInterval> | undefined;
  const close = () => {
    clearInterval(counting);
    counting = undefined;
    question.remove();
  };
  const ask = ({ asksToDrive }: Presence) => {
    setText(
      who,
      isSeat(asksToDrive) ? t('handover.asks', { role: t(`seat.${asksToDrive}`) }) : t('handover.someone'),
    );
    question.setAttribute('aria-label', who.textContent);
    if (counting !== undefined) return;
    const until = performance.now() + HANDOVER_TIME;
    const count = () => {
      const seconds = Math.max(0, Math.ceil((until - performance.now()) / 1000));
      setText(left, t('handover.seconds', { count: seconds }));
    };
    count();
    counting = setInterval(count, 250);
    root.append(question);
  };
  store.onPresence((presence) => {
    if (presence.asksToDrive !== null && crew.seat === 'driver') ask(presence);
    else close();
  });
  let drove: boolean | undefined;
  crew.onYou(({ role }) => {
    const drives = role === 'driver';
    if (drove === true && !drives && isSeat(role)) notify(t('handover.given'), 'information');
    if (drove === false && drives) notify(t('handover.yours'), 'information');
    drove = drives;
    close();
  });
}
