import type { ShowControl } from '../../simulator/server/protocol.ts';
import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import type { Store } from '../store.ts';

/**
 * A scripted drive: its caption for the audience; for the presenter the note, where it stands, and pause, next and
 * jump. Hidden while nothing is played.
 */
export function createShow(root: HTMLElement, store: Store, control: (message: ShowControl) => void): void {
  const caption = html('p', { class: 'show-caption', 'data-testid': 'show-caption', 'aria-live': 'polite' });
  const note = html('p', { class: 'show-note', 'data-testid': 'show-note' });
  const place = html('p', { class: 'show-place', 'data-testid': 'show-place' });
  const pause = html('button', { type: 'button', 'data-testid': 'show-pause' });
  const next = html('button', { type: 'button', 'data-testid': 'show-next' }, t('show.next'));
  const jump = html('select', { 'aria-label': t('show.jump'), 'data-testid': 'show-jump' });
  root.append(caption, html('div', { class: 'show-desk' }, place, pause, next, jump, note));
  let paused = false;
  pause.addEventListener('click', () => {
    control({ do: paused ? 'resume' : 'pause' });
  });
  next.addEventListener('click', () => {
    control({ do: 'next' });
  });
  jump.addEventListener('change', () => {
    if (jump.value !== '') control({ do: 'jump', step: Number(jump.value) });
    jump.value = '';
  });
  let offered = '';
  store.onShow((show) => {
    root.hidden = show === null;
    if (!show) return;
    paused = show.paused;
    setText(caption, show.caption);
    setText(note, show.note);
    setText(place, `${show.title} · ${t('show.place', { step: show.step, steps: show.steps })}`);
    setText(pause, t(paused ? 'show.goOn' : 'show.pause'));
    const isOver = show.step >= show.steps;
    pause.disabled = next.disabled = jump.disabled = isOver;
    // Filled again only when it changes: an open list must not close under somebody's hand.
    if (offered === `${show.step} ${show.steps}`) return;
    offered = `${show.step} ${show.steps}`;
    const ahead = Array.from({ length: show.steps - show.step }, (_, index) => show.step + index + 1);
    jump.replaceChildren(
      html('option', { value: '' }, t('show.jumpTo')),
      ...ahead.map((step) => html('option', { value: step }, t('show.step', { step }))),
    );
  });
}
