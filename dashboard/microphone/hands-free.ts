import type { Listens } from '../../simulator/server/protocol.ts';
import type { CarSocket } from '../connection.ts';
import type { Voice } from '../conversation/speak.ts';
import type { Seat } from '../conversation/words.ts';
import type { Crew } from '../demo/crew.ts';
import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import type { Notify } from '../notices.ts';
import { chime } from './chime.ts';
import { microphoneProblem } from './problem.ts';
import type { SharedMicrophone } from './shared-microphone.ts';
import { sendUtterance, type Utterance } from './utterance.ts';

const REMEMBERED = 'drivetalk.handsFree';

type Shown = 'off' | 'opening' | 'click' | 'problem' | Listens['state'];

export interface HandsFreeParts {
  readonly place: HTMLElement;
  /** Remembers the choice. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly microphone: SharedMicrophone;
  readonly socket: CarSocket;
  readonly crew: Pick<Crew, 'seat' | 'onYou'>;
  readonly voice: Pick<Voice, 'saying' | 'hush' | 'onChange'>;
  readonly notify: Notify;
  readonly newId: () => string;
}

export interface HandsFree {
  /** Whether somebody speaks into the open microphone, to whomever, or what they said is still being heard. */
  readonly isHearing: boolean;
}

/** Hands-free: a switch that keeps the microphone open, and what the car does with what it hears. */
export function createHandsFree(parts: HandsFreeParts): HandsFree {
  const { place, storage, microphone, socket, crew, voice, notify } = parts;
  const view = handsFreeView(place);
  let isOn = storage.getItem(REMEMBERED) === 'yes';
  let open: { readonly id: string; readonly seat: Seat; readonly sound: Utterance } | undefined;
  let opening = 0;
  let heard: string | undefined;

  const end = () => {
    open?.sound.end();
    open = undefined;
  };
  const begin = async () => {
    const { seat } = crew;
    if (!isOn || !socket.connected || !seat || open?.seat === seat) return;
    end();
    const mine = ++opening;
    view.show('opening');
    try {
      const { sampleRate } = await microphone.openAlways((samples) => open?.sound.push(samples));
      if (mine !== opening) return;
      const id = parts.newId();
      open = { id, seat, sound: sendUtterance(socket, { id, seat, sampleRate, handsFree: true }) };
      if (voice.saying !== undefined) socket.emit('saying', { text: voice.saying });
    } catch (error) {
      if (mine !== opening) return;
      turn(false);
      view.show('problem');
      notify(microphoneProblem(error, isSecureContext));
    }
  };
  const turn = (on: boolean) => {
    isOn = on;
    view.press(on);
    if (on) return void begin();
    opening++;
    end();
    view.show('off');
    void microphone.closeAlways();
  };

  view.button.addEventListener('click', () => {
    turn(!isOn);
    storage.setItem(REMEMBERED, isOn ? 'yes' : 'no');
  });
  microphone.onLevel((level) => {
    if (open) view.level(level);
  });
  microphone.onEnd(() => {
    if (isOn) turn(false);
  });
  voice.onChange(() => {
    if (open && socket.connected) socket.emit('saying', { text: voice.saying ?? null });
  });
  let before: Listens['state'] = 'asleep';
  socket.on('listens', (listens) => {
    if (listens.id !== open?.id) return;
    if (listens.hush) return voice.hush();
    view.show(listens.state, listens);
    // The wake word alone was heard: nothing else would tell those who look at the road.
    if (before === 'hearing' && listens.state === 'awake') chime();
    before = listens.state;
  });
  socket.on('speech', ({ id, isHeard }) => {
    heard = isHeard ? id : undefined;
  });
  socket.on('problem', ({ utterance, reason }) => {
    // What is told of no utterance is about something else: a refused change, a wheel that is kept.
    if (!open || utterance !== open.id || reason === 'failed') return;
    open = undefined;
    turn(false);
  });
  socket.on('disconnect', () => {
    open = undefined;
    if (isOn) view.show('opening');
  });
  // Whoever changes the seat speaks from another.
  crew.onYou(() => {
    if (crew.seat) void begin();
    else end();
  });

  view.press(isOn);
  if (isOn && !navigator.userActivation.hasBeenActive) {
    // Browsers let a page listen only after somebody has touched it.
    isOn = false;
    view.show('click');
    const start = () => {
      for (const name of ['pointerup', 'keyup'] as const) removeEventListener(name, start);
      if (view.isPressed) turn(true);
    };
    for (const name of ['pointerup', 'keyup'] as const) addEventListener(name, start);
  }
  return {
    get isHearing() {
      return open !== undefined && heard === open.id;
    },
  };
}

interface View {
  readonly button: HTMLButtonElement;
  readonly isPressed: boolean;
  press(on: boolean): void;
  show(state: Shown, listens?: Pick<Listens, 'wakeWord' | 'why'>): void;
  /** @param level 0 … 1 */
  level(level: number): void;
}

function handsFreeView(place: HTMLElement): View {
  const light = html('span', { class: 'hands-free-light', 'aria-hidden': 'true' });
  const button = html(
    'button',
    { type: 'button', class: 'hands-free-switch', role: 'switch', 'data-testid': 'hands-free' },
    light,
    html('span', {}, t('handsFree.name')),
  );
  const words = html('p', { class: 'hands-free-words', 'data-testid': 'hands-free-state' });
  // What changes with every sentence is to be seen; a screen reader is told what somebody has to know once.
  const aloud = html('p', { class: 'visually-hidden', 'aria-live': 'polite' });
  place.append(html('div', { class: 'hands-free' }, button, words, aloud));

  return {
    button,
    get isPressed() {
      return button.getAttribute('aria-checked') === 'true';
    },
    press(on) {
      button.setAttribute('aria-checked', String(on));
    },
    show(state, listens) {
      const isFirst = words.dataset['state'] === 'opening';
      words.dataset['state'] = light.dataset['state'] = state;
      const text = wordsFor(state, listens);
      setText(words, text);
      if (isFirst || listens === undefined || listens.why !== undefined) setText(aloud, text);
      if (state !== 'hearing') light.style.transform = '';
    },
    level(level) {
      if (light.dataset['state'] === 'hearing') light.style.transform = `scale(${1 + level})`;
    },
  };
}

function wordsFor(state: Shown, listens: Pick<Listens, 'wakeWord' | 'why'> = { wakeWord: '' }): string {
  const { wakeWord, why } = listens;
  switch (state) {
    case 'off':
      return '';
    case 'opening':
      return t('microphone.opening');
    case 'click':
      return t('handsFree.click');
    case 'problem':
      return t('microphone.none');
    case 'asleep':
      return t(why === 'no-input' ? 'handsFree.noInput' : 'handsFree.asleep', { wakeWord });
    case 'awake':
      return t('handsFree.awake');
    case 'hearing':
      return t('microphone.listening');
    case 'thinking':
      return t('turn.understanding');
    case 'speaking':
      return t('handsFree.speaking');
  }
}
