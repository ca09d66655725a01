import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import { isOn, numberAt, textAt, textsAt } from '../signals.ts';
import type { Store } from '../store.ts';
import { createSwitch, icon, wordButton } from './controls.ts';
import type { Hand } from './hand.ts';
import { clockWords } from './media.ts';

const PHONE = 'Vehicle.Cabin.Infotainment.Phone';
const STATE = `${PHONE}.CallState`;
const MUTED = `${PHONE}.IsMicrophoneMuted`;
const CONTACTS = `${PHONE}.Contacts`;
const PATHS = [
  STATE,
  MUTED,
  CONTACTS,
  ...['CallPeer', 'CallDuration', 'MissedCalls', 'UnreadMessages', 'IsBluetoothOn', 'ConnectedDevice'].map(
    (name) => `${PHONE}.${name}`,
  ),
];

const CALLS = ['IDLE', 'DIALLING', 'RINGING', 'ACTIVE'] as const;
type Call = (typeof CALLS)[number];

/** Who calls or is called, and for how long; missed calls, messages, and whom one could call. */
export function createPhonePanel(
  root: HTMLElement,
  store: Store,
  hand: Hand,
  /** A call begins: the panel comes to the front. */
  onCall: () => void,
): void {
  const device = html('p', { class: 'panel-note' });
  const peer = html('p', { class: 'call-peer', translate: 'no', 'data-testid': 'call-peer' });
  const state = html('p', { class: 'call-state', 'data-testid': 'call-state' });
  const answer = callButton('answer', t('phone.answer'), () => {
    hand.say('answer the call');
  });
  const end = callButton('hangUp', t('phone.hangUp'), () => {
    hand.say('hang up');
  });
  const mute = createSwitch(t('phone.mute'), (on) => {
    hand.set(MUTED, on);
  });
  const call = html(
    'div',
    { class: 'call' },
    html('div', {}, peer, state),
    html('div', { class: 'call-keys' }, answer, end, mute.element),
  );
  const missed = html('p', { class: 'phone-line', 'data-testid': 'missed' });
  const unread = html('p', { class: 'phone-line' });
  const read = wordButton(t('phone.read'), () => {
    hand.say('read my messages');
  });
  const contacts = html('ul', { class: 'contacts', 'aria-label': t('phone.contacts') });
  const idle = html(
    'div',
    { class: 'phone-idle' },
    html('div', { class: 'phone-row' }, missed, unread, read),
    contacts,
  );
  root.append(device, call, idle);

  let before: Call = 'IDLE';
  store.onSignals(PATHS, (signals) => {
    const now = CALLS.find((each) => each === textAt(signals, STATE)) ?? 'IDLE';
    const name = textAt(signals, `${PHONE}.ConnectedDevice`);
    const connected = isOn(signals, `${PHONE}.IsBluetoothOn`) && name !== '';
    setText(device, connected ? t('phone.device', { name }) : t('phone.noDevice'));
    root.dataset['call'] = now.toLowerCase();
    call.hidden = now === 'IDLE';
    idle.hidden = now !== 'IDLE';
    setText(peer, textAt(signals, `${PHONE}.CallPeer`));
    const lasted = clockWords(numberAt(signals, `${PHONE}.CallDuration`) ?? 0);
    setText(state, now === 'ACTIVE' ? t('phone.ACTIVE', { duration: lasted }) : t(`phone.${now}`));
    answer.hidden = now !== 'RINGING';
    setText(end.lastElementChild ?? end, t(now === 'RINGING' ? 'phone.decline' : 'phone.hangUp'));
    mute.element.hidden = now !== 'ACTIVE';
    mute.show(isOn(signals, MUTED));
    setText(missed, t('phone.missed', { count: numberAt(signals, `${PHONE}.MissedCalls`) ?? 0 }));
    const messages = numberAt(signals, `${PHONE}.UnreadMessages`) ?? 0;
    setText(unread, t('phone.unread', { count: messages }));
    read.hidden = messages === 0;
    showContacts(contacts, textsAt(signals, CONTACTS), hand);
    if (now !== before && before === 'IDLE') onCall();
    before = now;
  });
}

function callButton(name: 'answer' | 'hangUp', words: string, act: () => void): HTMLButtonElement {
  const button = html(
    'button',
    { type: 'button', class: `call-button call-${name}`, 'data-testid': `call-${name}` },
    icon(name),
    html('span', {}, words),
  );
  button.addEventListener('click', act);
  return button;
}

function showContacts(list: HTMLElement, names: readonly string[], hand: Hand): void {
  if (list.dataset['shown'] === names.join('\n')) return;
  list.dataset['shown'] = names.join('\n');
  list.replaceChildren(
    ...names.map((name) => {
      const button = html(
        'button',
        { type: 'button', class: 'contact', 'aria-label': t('phone.call', { name }), translate: 'no' },
        name,
      );
      button.addEventListener('click', () => {
        hand.say(`call ${name}`);
      });
      return html('li', {}, button);
    }),
  );
}
