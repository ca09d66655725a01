import type { Command } from '../command.ts';
import type { SignalChange } from '../signals/signal.ts';
import { word } from '../slots.ts';
import { findContacts, numberOf, written, type Contact } from './contacts.ts';
import {
  ANSWER_TIME,
  phoneMachine,
  RING_TIME,
  type Peer,
  type PhoneEvent,
  type PhoneState,
} from './phone-machine.ts';
import { answered, done, needs, refused, unavailable, write, type Plan, type View } from './plan.ts';
import { subsystem, type Reaction, type Subsystem } from './subsystem.ts';

const PHONE = 'Vehicle.Cabin.Infotainment.Phone';
const BLUETOOTH = `${PHONE}.IsBluetoothOn`;
type PhonePlan = Plan<PhoneEvent>;

/** Calls, contacts, messages and the Bluetooth that they come through. */
export function phone(contacts: readonly Contact[]): Subsystem {
  return subsystem({
    name: 'phone',
    targets: [
      'phone.call',
      'phone.redial',
      'phone.microphone',
      'phone.contact',
      'phone.speaker',
      'phone.bluetooth',
      'message',
    ],
    machine: phoneMachine,
    plan: (command, view, state) => plan(command, view, state, contacts),
    project: (state) => [
      write(`${PHONE}.CallState`, state.value.toUpperCase()),
      write(`${PHONE}.CallPeer`, state.context.peer?.name ?? ''),
      write(`${PHONE}.CallDuration`, state.matches('active') ? state.context.seconds : 0),
      write(`${PHONE}.MissedCalls`, state.context.missed.length),
      write(`${PHONE}.UnreadMessages`, state.context.inbox.filter(({ read }) => !read).length),
    ],
    react: (change, view, state) => react(change, view, state, contacts),
    wakeAt: (state) => (state.matches('idle') ? null : state.context.until),
    tick: ({ now }) => ({ event: { type: 'tick' as const, now } }),
  });
}

function plan(command: Command, view: View, state: PhoneState, contacts: readonly Contact[]): PhonePlan {
  const { intent, slots } = command;
  const { context } = state;
  const name = context.peer?.name ?? '';
  switch (intent) {
    case 'phone.call.start':
      return call(command, view, state, contacts);
    case 'phone.redial.start':
      return context.dialled ? dial(context.dialled, view, state) : refused('phone.redial.none');
    case 'phone.call.stop':
      if (state.matches('idle')) return refused('phone.no_call');
      return done(
        'phone.call.stop',
        { name },
        { event: { type: state.matches('ringing') ? 'decline' : 'hangUp' }, final: true },
      );
    case 'phone.call.open':
      if (!state.matches('ringing')) return refused('phone.not_ringing');
      return done('phone.call.open', { name }, { event: { type: 'answer', at: view.now }, final: true });
    case 'phone.call.close':
      if (!state.matches('ringing')) return refused('phone.not_ringing');
      return done('phone.call.close', { name }, { event: { type: 'decline' }, final: true });
    case 'phone.call.query': {
      if (state.matches('ringing')) return answered('phone.call.query_ringing', { name });
      const names = [...new Set(context.missed.map((each) => each.name))];
      return answered('phone.call.query', { count: context.missed.length, names });
    }
    case 'phone.microphone.on':
    case 'phone.microphone.off': {
      const on = intent === 'phone.microphone.on';
      return done(
        on ? 'phone.microphone.on' : 'phone.microphone.off',
        {},
        { writes: [write(`${PHONE}.IsMicrophoneMuted`, !on)] },
      );
    }
    case 'phone.speaker.on':
    case 'phone.speaker.off': {
      const on = intent === 'phone.speaker.on';
      return done(
        on ? 'phone.speaker.on' : 'phone.speaker.off',
        {},
        { writes: [write(`${PHONE}.IsHandsFree`, on)] },
      );
    }
    case 'phone.bluetooth.on':
      return done(
        'phone.bluetooth.on',
        {},
        { writes: [write(BLUETOOTH, true)], already: 'phone.bluetooth.already_on' },
      );
    case 'phone.bluetooth.off':
      return done(
        'phone.bluetooth.off',
        {},
        { writes: [write(BLUETOOTH, false)], already: 'phone.bluetooth.already_off' },
      );
    case 'phone.bluetooth.query': {
      const device = view.text(`${PHONE}.ConnectedDevice`);
      return answered('phone.bluetooth.query', { on: view.flag(BLUETOOTH), device: device || 'none' });
    }
    case 'phone.contact.query':
      return contact(command, contacts);
    case 'message.start':
      return send(command, view, state, contacts);
    default:
      return readMessages(word(slots, 'contact'), state);
  }
}

function isConnected(view: View): boolean {
  return view.flag(BLUETOOTH) && view.text(`${PHONE}.ConnectedDevice`) !== '';
}

function dial(peer: Peer, view: View, state: PhoneState): PhonePlan {
  if (!isConnected(view)) return unavailable('phone.disconnected');
  if (!state.matches('idle')) return refused('phone.busy', { name: state.context.peer?.name ?? '' });
  return done(
    'phone.call.start',
    { name: peer.name },
    { event: { type: 'dial', peer, until: view.now + ANSWER_TIME }, final: true },
  );
}

/** One person for these words, or the plan that asks or gives up. */
function person(said: string, contacts: readonly Contact[]): Contact | Plan<never> {
  const found = findContacts(said, contacts);
  const [only] = found;
  if (!only) return refused('phone.no_contact', { name: written(said, []) });
  return found.length === 1
    ? only
    : needs('contact', 'phone.which_contact', {
        name: written(said, found),
        names: found.map(({ name }) => name),
      });
}

function call({ slots }: Command, view: View, state: PhoneState, contacts: readonly Contact[]): PhonePlan {
  const digits = word(slots, 'phone_number');
  if (digits !== undefined) {
    const known = contacts.find(({ numbers }) => Object.values(numbers).includes(digits));
    return dial({ name: known?.name ?? digits, number: digits }, view, state);
  }
  const said = word(slots, 'contact');
  if (said === undefined) return needs('contact', 'phone.call_whom');
  const found = person(said, contacts);
  if ('code' in found) return found;
  const type = word(slots, 'phone_type');
  const number = numberOf(found, type);
  if (number === undefined) return refused('phone.no_number', { name: found.name, type: type ?? '' });
  return dial({ name: found.name, number }, view, state);
}

function contact({ slots }: Command, contacts: readonly Contact[]): PhonePlan {
  const said = word(slots, 'contact');
  if (said === undefined) return answered('phone.contact.count', { count: contacts.length });
  const found = person(said, contacts);
  if ('code' in found) return found;
  const type = word(slots, 'phone_type');
  const number = numberOf(found, type);
  if (number === undefined) return refused('phone.no_number', { name: found.name, type: type ?? '' });
  return answered('phone.contact.query', { name: found.name, number, type: type ?? 'any' });
}

function send(
  { slots }: Command,
  view: View,
  { context }: PhoneState,
  contacts: readonly Contact[],
): PhonePlan {
  // Without a name it is a reply to what was read last.
  const said = word(slots, 'contact') ?? context.inbox.findLast(({ read }) => read)?.from;
  if (said === undefined) return needs('contact', 'message.to_whom');
  const found = person(said, contacts);
  if ('code' in found) return found;
  const text = word(slots, 'message_text');
  if (text === undefined) return needs('message_text', 'message.what_text', { name: found.name });
  if (!isConnected(view)) return unavailable('phone.disconnected');
  return done(
    'message.start',
    { name: found.name, text },
    { event: { type: 'send', to: found.name, text, at: view.now }, final: true },
  );
}

/** Reading aloud marks as read; that is a change, but none to take back. */
function readMessages(from: string | undefined, { context }: PhoneState): PhonePlan {
  const wanted = context.inbox.filter(
    (message) =>
      !message.read &&
      (from === undefined || findContacts(from, [{ name: message.from, numbers: {} }]).length > 0),
  );
  const last = wanted.at(-1);
  if (!last) return answered('message.query.none', {});
  return done(
    'message.query',
    { count: wanted.length, name: last.from, text: last.text },
    { event: { type: 'read' }, final: true },
  );
}

function react(
  { path, to, field }: SignalChange,
  view: View,
  state: PhoneState,
  contacts: readonly Contact[],
): Reaction<PhoneEvent> | undefined {
  if (field !== 'value') return undefined;
  if (path === `${PHONE}.IncomingCall`) {
    const number = String(to);
    if (number === '') return { event: { type: 'cancelled', at: view.now } };
    if (!isConnected(view)) return undefined;
    return { event: { type: 'ring', peer: peerOf(number, contacts), until: view.now + RING_TIME } };
  }
  if (path === `${PHONE}.IncomingMessage`) {
    const [from = '', text] = String(to).split(/:\s*/, 2);
    if (text === undefined || !isConnected(view)) return undefined;
    return {
      event: {
        type: 'receive',
        message: {
          from: peerOf(from, contacts).name,
          text: String(to)
            .slice(from.length + 1)
            .trim(),
          at: view.now,
          read: false,
        },
      },
    };
  }
  if (
    (path === BLUETOOTH || path === `${PHONE}.ConnectedDevice`) &&
    !isConnected(view) &&
    !state.matches('idle')
  )
    return { event: { type: 'hangUp' } };
  return undefined;
}

function peerOf(number: string, contacts: readonly Contact[]): Peer {
  const known = contacts.find(({ numbers }) => Object.values(numbers).includes(number));
  return { name: known?.name ?? number, number };
}
