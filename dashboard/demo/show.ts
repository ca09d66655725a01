import type { Show, ShowControl } from '../../simulator/server/protocol.ts';
import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import type { Store } from '../store.ts';

export type ControlShow = (message: ShowControl) => void;

/** A scripted drive: its caption for the audience; for who drives the note, and the controls. Hidden while nothing is played. */
export function createShow(root: HTMLElement, store: Store, control: ControlShow): void {
  const caption = html('p', { class: 'show-caption', 'data-testid': 'show-caption', 'aria-live': 'polite' });
  const note = html('p', { class: 'show-note', 'data-testid': 'show-note' });
  const controls = createShowControls(control);
  root.append(caption, html('div', { class: 'show-desk' }, ...controls.elements, note));
  store.onShow((show) => {
    root.hidden = show === null;
    if (!show) return;
    setText(caption, show.caption);
    setText(note, show.note);
    controls.show(show);
  });
}

/** Where it stands, pause, next and jump. */
export function createShowControls(control: ControlShow): {
  readonly elements: readonly HTMLElement[];
  readonly show: (show: Show) => void;
} {
  const place = html('p', { class: 'show-place', 'data-testid': 'show-place' });
  const pause = html('button', { type: 'button', 'data-testid': 'show-pause' });
  const next = html('button', { type: 'button', 'data-testid': 'show-next' }, t('show.next'));
  const jump = html('select', { 'aria-label': t('show.jump'), 'data-testid': 'show-jump' });
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
  const show = ({ title, step, steps, paused: stands }: Show) => {
    paused = stands;
    setText(place, `${title} · ${t('show.place', { step, steps })}`);
    setText(pause, t(paused ? 'show.goOn' : 'show.pause'));
    pause.disabled = next.disabled = jump.disabled = step >= steps;
    // Filled again only when it changes: an open list must not close under somebody's hand.
    if (offered === `${step} ${steps}`) return;
    offered = `${step} ${steps}`;
    const ahead = Array.from({ length: steps - step }, (_, index) => step + index + 1);
    jump.replaceChildren(
      html('option', { value: '' }, t('show.jumpTo')),
      ...ahead.map((each) => html('option', { value: each }, t('show.step', { step: each }))),
    );
  };
  return { elements: [place, pause, next, jump], show };
}
