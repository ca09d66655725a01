import type { SignalState } from '../../simulator/server/protocol.ts';
import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import type { Write } from '../panels/hand.ts';
import {
  limitWords,
  stateWords,
  typedValue,
  valueWords,
  type Signal,
  type SignalValue,
} from './signal-words.ts';

export interface SignalEditor {
  readonly element: HTMLElement;
  show(signal: Signal, state: SignalState | undefined): void;
  /** The value has changed. */
  update(state: SignalState | undefined): void;
}

/** One signal: what it is, what it is now, and for an actuator a field to set it with the car's answer. */
export function createSignalEditor(history: Element, write: Write): SignalEditor {
  const path = html('h3', { class: 'signal-path', translate: 'no', 'data-testid': 'signal-path' });
  const now = html('p', { class: 'signal-now', translate: 'no', 'data-testid': 'signal-now' });
  const about = html('p', { class: 'panel-note', lang: 'en' });
  const limits = html('p', { class: 'signal-limits', translate: 'no' });
  const spoken = html('p', { class: 'panel-note' });
  const fields = html('form', { class: 'signal-form', 'aria-label': t('signals.setForm') });
  const answer = html('p', {
    class: 'signal-answer',
    lang: 'en',
    role: 'status',
    'data-testid': 'signal-answer',
  });
  const confirm = html('button', { type: 'button', class: 'signal-confirm', hidden: true }, t('signals.yes'));
  const element = html(
    'section',
    { class: 'signal-editor', 'aria-label': t('signals.signal') },
    path,
    now,
    history,
    about,
    limits,
    spoken,
    fields,
    answer,
    confirm,
  );
  let shown: Signal | undefined;
  let asked: SignalValue | undefined;

  const send = async (value: SignalValue, confirmed: boolean) => {
    if (!shown) return;
    asked = value;
    const written = await write(shown.path, value, confirmed);
    if (!written) return;
    const { outcome, reply } = written;
    const rule = 'decision' in outcome ? ` (${outcome.decision.rule})` : '';
    const message = outcome.facts['message'];
    answer.dataset['status'] = outcome.status;
    setText(answer, `${typeof message === 'string' ? message : reply}${rule}`);
    confirm.hidden = outcome.status !== 'confirm';
  };
  confirm.addEventListener('click', () => {
    if (asked !== undefined) void send(asked, true);
  });
  fields.addEventListener('submit', (event) => {
    event.preventDefault();
    const typed = new FormData(fields).get('value');
    if (!shown || typeof typed !== 'string') return;
    const value = typedValue(shown, typed);
    if (value === undefined) {
      answer.dataset['status'] = 'refused';
      setText(answer, t('signals.wrongType', { typed, datatype: shown.datatype }));
    } else void send(value, false);
  });

  return {
    element,
    show(signal, state) {
      shown = signal;
      setText(path, signal.path);
      setText(about, signal.description);
      setText(limits, limitWords(signal));
      setText(
        spoken,
        signal.spokenNames ? t('signals.spoken', { names: signal.spokenNames.join(', ') }) : '',
      );
      setText(answer, '');
      confirm.hidden = true;
      fields.hidden = signal.type !== 'actuator';
      fields.replaceChildren(
        field(signal, state?.target ?? state?.value),
        html('button', { type: 'submit', class: 'signal-set' }, t('signals.set')),
      );
      this.update(state);
    },
    update(state) {
      if (shown) setText(now, stateWords(state, shown));
    },
  };
}

/** The field that fits the signal's type. */
function field({ datatype, allowed, min, max }: Signal, value: SignalValue | undefined): HTMLElement {
  const name = {
    name: 'value',
    class: 'signal-value',
    'aria-label': t('signals.newValue'),
    'data-testid': 'signal-value',
  };
  const choices = datatype === 'boolean' ? ['true', 'false'] : datatype === 'string' ? allowed : undefined;
  if (choices)
    return html(
      'select',
      name,
      ...choices.map((choice) =>
        html('option', { value: choice, translate: 'no', selected: choice === String(value) }, choice),
      ),
    );
  const isNumber = typeof value === 'number';
  return html('input', {
    ...name,
    // Not `type=number`: it would keep from the car what the car is asked to judge.
    type: 'text',
    inputmode: isNumber ? 'decimal' : undefined,
    autocomplete: 'off',
    value: value === undefined ? '' : isNumber ? valueWords(value) : String(value),
    placeholder: isNumber ? `${min ?? ''} … ${max ?? ''}` : undefined,
  });
}
