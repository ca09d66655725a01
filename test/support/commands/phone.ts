import { tell, sense } from '../small-car.ts';
import { PHONE, first, called, type Case } from './case.ts';

/** Phone and messages. */
export const PHONE_COMMANDS: readonly Case[] = [
  {
    intent: 'phone.call.start',
    slots: { contact: 'mum' },
    then: { [`${PHONE}.CallState`]: 'DIALLING', [`${PHONE}.CallPeer`]: 'Mom' },
  },
  {
    intent: 'phone.call.start',
    slots: { contact: 'Anna' },
    status: 'needs',
    code: 'phone.which_contact',
    facts: { names: ['Anna Berger', 'Anna Klein'] },
  },
  {
    intent: 'phone.call.start',
    slots: { contact: 'Anna Klein', phone_type: 'work' },
    status: 'refused',
    code: 'phone.no_number',
  },
  {
    intent: 'phone.call.start',
    slots: { phone_number: '+12025550199' },
    then: { [`${PHONE}.CallPeer`]: '+12025550199' },
  },
  {
    intent: 'phone.call.stop',
    given: first('phone.call.start', { contact: 'dad' }),
    then: { [`${PHONE}.CallState`]: 'IDLE' },
  },
  {
    intent: 'phone.call.open',
    given: called,
    facts: { name: 'Mom' },
    then: { [`${PHONE}.CallState`]: 'ACTIVE' },
  },
  {
    intent: 'phone.call.close',
    given: called,
    then: { [`${PHONE}.CallState`]: 'IDLE', [`${PHONE}.MissedCalls`]: 0 },
  },
  {
    intent: 'phone.call.query',
    given: (car) => {
      called(car);
      car.advance(30_000);
    },
    status: 'answered',
    facts: { count: 1, names: ['Mom'] },
  },
  {
    intent: 'phone.redial.start',
    given: (car) => {
      tell(car, 'phone.call.start', { contact: 'dad' });
      tell(car, 'phone.call.stop');
    },
    then: { [`${PHONE}.CallPeer`]: 'Dad' },
  },
  { intent: 'phone.microphone.off', then: { [`${PHONE}.IsMicrophoneMuted`]: true } },
  {
    intent: 'phone.microphone.on',
    given: first('phone.microphone.off'),
    then: { [`${PHONE}.IsMicrophoneMuted`]: false },
  },
  {
    intent: 'phone.contact.query',
    slots: { contact: 'Emma' },
    status: 'answered',
    facts: { name: 'Emma Wilson', number: '+12025550110' },
  },
  { intent: 'phone.speaker.off', then: { [`${PHONE}.IsHandsFree`]: false } },
  { intent: 'phone.speaker.on', given: first('phone.speaker.off'), then: { [`${PHONE}.IsHandsFree`]: true } },
  { intent: 'phone.bluetooth.off', then: { [`${PHONE}.IsBluetoothOn`]: false } },
  {
    intent: 'phone.bluetooth.on',
    given: first('phone.bluetooth.off'),
    then: { [`${PHONE}.IsBluetoothOn`]: true },
  },
  { intent: 'phone.bluetooth.query', status: 'answered', facts: { on: true, device: 'Pocket phone' } },
  {
    intent: 'phone.call.start',
    slots: { contact: 'mom' },
    given: first('phone.bluetooth.off'),
    status: 'unavailable',
    code: 'phone.disconnected',
  },
  {
    intent: 'message.start',
    slots: { contact: 'Tom', message_text: 'on my way' },
    facts: { name: 'Tom Fischer', text: 'on my way' },
  },
  { intent: 'message.start', slots: { contact: 'Tom' }, status: 'needs', code: 'message.what_text' },
  {
    intent: 'message.query',
    given: (car) => {
      sense(car, { [`${PHONE}.IncomingMessage`]: '+12025550107: see you at 6: ok?' });
    },
    facts: { name: 'Peter Novak', text: 'see you at 6: ok?' },
    then: { [`${PHONE}.UnreadMessages`]: 0 },
  },
];
