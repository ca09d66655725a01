import '../style/signal-browser.css';
import type { SignalList } from '../../simulator/server/protocol.ts';
import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import type { Signals, Store } from '../store.ts';
import type { Write } from '../panels/hand.ts';
import { createSignalEditor } from './signal-editor.ts';
import { found, stateWords, type Signal } from './signal-words.ts';
import { createSparkline, MOST_SAMPLES, type Sample } from './sparkline.ts';

export interface SignalBrowserParts {
  readonly store: Store;
  readonly signals: SignalList;
  readonly write: Write;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
}

/** All signals of the car: search, live values, the history since the browser was opened, and a way to set actuators. */
export function createSignalBrowser(
  dialog: HTMLDialogElement,
  { store, signals, write, clock }: SignalBrowserParts,
): { open(): void } {
  const search = html('input', {
    type: 'search',
    class: 'signal-search',
    placeholder: t('signals.placeholder'),
    'aria-label': t('signals.search'),
    'data-testid': 'signal-search',
  });
  const kind = html(
    'select',
    { class: 'signal-kind', 'aria-label': t('signals.kind') },
    ...(['all', 'actuator', 'sensor', 'attribute'] as const).map((name) =>
      html('option', { value: name }, t(`signals.${name}`)),
    ),
  );
  const count = html('p', { class: 'panel-note', role: 'status', 'data-testid': 'signal-count' });
  const list = html('ul', { class: 'signal-list', 'aria-label': t('signals.title') });
  const close = html(
    'button',
    { type: 'button', class: 'signal-close', 'aria-label': t('signals.close') },
    '×',
  );
  const sparkline = createSparkline();
  const editor = createSignalEditor(sparkline.element, write);
  dialog.append(
    html('header', { class: 'signal-head' }, html('h2', {}, t('signals.title')), search, kind, count, close),
    html('div', { class: 'signal-body' }, list, editor.element),
  );

  const rows = new Map(signals.map((signal) => [signal.path, rowOf(signal)]));
  list.append(...[...rows.values()].map(({ item }) => item));
  let chosen: Signal | undefined;

  const history = new Map<string, Sample[]>();
  const remember = (path: string, value: unknown) => {
    if (typeof value !== 'number') return;
    const samples = history.get(path) ?? [];
    if (samples.at(-1)?.value === value) return;
    samples.push({ at: clock(), value });
    if (samples.length > MOST_SAMPLES) samples.shift();
    history.set(path, samples);
  };
  const choose = (signal: Signal) => {
    if (chosen) rows.get(chosen.path)?.button.removeAttribute('aria-current');
    chosen = signal;
    rows.get(signal.path)?.button.setAttribute('aria-current', 'true');
    editor.show(signal, store.state.signals[signal.path]);
    sparkline.show(history.get(signal.path) ?? [], clock());
  };
  const filter = () => {
    const fitting = found(signals, search.value, kind.value);
    const paths = new Set(fitting.map(({ path }) => path));
    for (const [path, { item }] of rows) item.hidden = !paths.has(path);
    setText(count, t('signals.count', { shown: fitting.length, all: signals.length }));
    const [first] = fitting;
    if (first && (!chosen || !paths.has(chosen.path))) choose(first);
  };
  const update = (states: Signals) => {
    for (const signal of signals) {
      const state = states[signal.path];
      remember(signal.path, state?.value);
      const row = rows.get(signal.path);
      if (row && row.shown !== state) {
        row.shown = state;
        setText(row.value, stateWords(state, signal));
      }
    }
    if (!chosen) return;
    editor.update(states[chosen.path]);
    sparkline.show(history.get(chosen.path) ?? [], clock());
  };

  search.addEventListener('input', filter);
  kind.addEventListener('change', filter);
  close.addEventListener('click', () => {
    dialog.close();
  });
  for (const signal of signals)
    rows.get(signal.path)?.button.addEventListener('click', () => {
      choose(signal);
    });
  filter();
  store.onSignals(rows.keys(), update);
  return {
    open() {
      if (!dialog.open) dialog.showModal();
      search.focus();
    },
  };
}

interface Row {
  readonly item: HTMLLIElement;
  readonly button: HTMLButtonElement;
  readonly value: HTMLSpanElement;
  shown: Signals[string] | undefined;
}

function rowOf(signal: Signal): Row {
  const value = html('span', { class: 'signal-row-value', translate: 'no' });
  const button = html(
    'button',
    { type: 'button', class: 'signal-row', 'data-kind': signal.type, 'data-path': signal.path },
    html('span', { class: 'signal-row-path', translate: 'no' }, signal.path.replace(/^Vehicle\./, '')),
    value,
  );
  return { item: html('li', {}, button), button, value, shown: undefined };
}
