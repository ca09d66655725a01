import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import type { Store } from '../store.ts';
import { History } from './history.ts';
import { suggest, SUGGESTION_SIGNALS } from './suggestions.ts';
import type { Voice } from './speak.ts';

/** The server takes no longer text. */
const LONGEST = 2_000;

export interface Composer {
  /** Whether the person at this page speaks to the car, or looks on; in the latter case why, in words. */
  readonly allow: (speaks: true | string) => void;
  /** Where the round button goes. */
  readonly talkPlace: HTMLElement;
}

/** The field to type in, suggestions, the choice of seat and of spoken replies. */
export function createComposer(
  root: HTMLElement,
  {
    store,
    seats,
    voice,
    say,
  }: { store: Store; seats: HTMLElement; voice: Voice; say: (text: string) => void },
): Composer {
  const chips = html('ul', { class: 'chips', 'aria-label': t('talk.suggestions') });
  const input = html('input', {
    id: 'say',
    class: 'say-input',
    'data-testid': 'say-input',
    type: 'text',
    maxlength: LONGEST,
    autocomplete: 'off',
    autocapitalize: 'off',
    enterkeyhint: 'send',
    placeholder: t('talk.placeholder'),
    'aria-label': t('talk.field'),
  });
  const send = html(
    'button',
    { type: 'submit', class: 'send', 'aria-label': t('talk.send') },
    t('talk.send'),
  );
  const form = html('form', { class: 'say-form' }, input, send);
  const talkPlace = html('div', { class: 'talk-place' });
  const lookingOn = html('p', { class: 'looking-on', 'data-testid': 'looking-on', hidden: true });
  root.append(
    chips,
    form,
    lookingOn,
    html('div', { class: 'composer-row' }, seats, talkPlace, voiceChoice(voice)),
  );

  const history = new History();
  const submit = (text: string) => {
    const line = text.trim();
    if (line === '') return;
    history.add(line);
    say(line);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit(input.value);
    input.value = '';
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    const line = event.key === 'ArrowUp' ? history.back(input.value) : history.forward();
    event.preventDefault();
    if (line !== undefined) input.value = line;
  });

  let shown = '';
  const showChips = () => {
    const ideas = suggest(store.state);
    if (shown === ideas.join('\n')) return;
    shown = ideas.join('\n');
    chips.replaceChildren(
      ...ideas.map((idea) => {
        const chip = html('button', { type: 'button', class: 'chip', lang: 'en' }, idea);
        chip.addEventListener('click', () => {
          submit(idea);
        });
        return html('li', {}, chip);
      }),
    );
  };
  store.onSignals(SUGGESTION_SIGNALS, showChips);
  store.onRoute(showChips);
  const allow = (speaks: true | string) => {
    chips.hidden = form.hidden = talkPlace.hidden = speaks !== true;
    lookingOn.hidden = speaks === true;
    setText(lookingOn, speaks === true ? '' : speaks);
  };
  return { allow, talkPlace };
}

function voiceChoice(voice: Voice): HTMLElement {
  const box = html('input', { type: 'checkbox', class: 'voice-box' });
  box.addEventListener('change', () => {
    voice.enabled = box.checked;
  });
  const words = html('span', {});
  const label = html('label', { class: 'voice-choice', 'data-testid': 'voice' }, box, words);
  const show = () => {
    box.disabled = !voice.able;
    box.checked = voice.able && voice.enabled;
    setText(words, t(voice.able ? 'talk.spokenReplies' : 'talk.noVoice'));
    label.dataset['state'] = voice.saying === undefined ? 'quiet' : 'speaking';
  };
  voice.onChange(show);
  show();
  return label;
}
