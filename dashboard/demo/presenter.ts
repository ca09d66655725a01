import type { Show } from '../../simulator/server/protocol.ts';
import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import type { Store } from '../store.ts';
import { createShowControls, type ControlShow } from './show.ts';

/** `1:05`, `1:01:05`. @param ms milliseconds */
export function clockWords(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/**
 * The presenter's window, instead of the picture: the note in big letters, what the audience reads, what comes next,
 * how long it has gone on, and the controls. Remote controls for slides go on, too (Page Down).
 * @param now epoch milliseconds
 */
export function createPresenter(
  root: HTMLElement,
  store: Store,
  control: ControlShow,
  now: () => number,
): void {
  const note = html('p', { class: 'presenter-note', 'data-testid': 'presenter-note', 'aria-live': 'polite' });
  const caption = html('p', { class: 'presenter-caption' });
  const next = html('div', { class: 'presenter-next', 'data-testid': 'presenter-next' });
  const drive = html('p', { class: 'presenter-time', 'data-testid': 'presenter-time' });
  const wall = html('p', { class: 'presenter-time' });
  const controls = createShowControls(control);
  const desk = html('div', { class: 'presenter-desk' }, ...controls.elements);
  const nothing = html(
    'p',
    { class: 'presenter-nothing' },
    t('presenter.nothing'),
    ' ',
    html('code', {}, COMMAND),
  );
  const view = html(
    'section',
    { class: 'presenter', 'aria-label': t('presenter.title') },
    html('div', { class: 'presenter-clocks' }, drive, wall),
    html('h2', {}, t('presenter.note')),
    note,
    html('h2', {}, t('presenter.caption')),
    caption,
    html('h2', {}, t('presenter.next')),
    next,
    desk,
  );
  root.append(nothing, view);
  const began = now();
  const tick = () => {
    setText(wall, t('presenter.elapsed', { time: clockWords(now() - began) }));
  };
  tick();
  setInterval(tick, 1000);
  let shown: Show | null = null;
  store.onShow((show) => {
    shown = show;
    view.hidden = show === null;
    nothing.hidden = show !== null;
    if (!show) return;
    setText(note, show.note === '' ? t('presenter.noNote') : show.note);
    note.toggleAttribute('data-none', show.note === '');
    setText(caption, show.caption);
    setText(drive, t('presenter.drive', { time: clockWords(show.at) }));
    showNext(next, show);
    controls.show(show);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'PageDown' || !shown || shown.step >= shown.steps) return;
    event.preventDefault();
    control({ do: 'next' });
  });
}

const COMMAND = 'drivetalk serve --scenario scenarios/commute.yaml';

function showNext(root: HTMLElement, { next }: Show): void {
  const lines = next
    ? [
        next.title !== '' && html('p', { class: 'presenter-step' }, next.title),
        next.caption !== '' && html('p', {}, next.caption),
        next.note !== '' && html('p', { class: 'presenter-soon' }, next.note),
      ].filter((line) => line !== false)
    : [html('p', {}, t('presenter.end'))];
  // Each second brings the drive's time; only what changed is written again.
  if (root.textContent === lines.map((line) => line.textContent).join('')) return;
  root.replaceChildren(...lines);
}
