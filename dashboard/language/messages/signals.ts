import type { Message } from '../message.ts';

export const signalMessages = {
  'signals.title': { en: 'Signals', de: 'Signale' },
  'signals.placeholder': {
    en: 'Search: window, seat heating, speed …',
    de: 'Suche, auf Englisch: window, seat heating, speed …',
  },
  'signals.search': { en: 'Search signals', de: 'Signale suchen' },
  'signals.kind': { en: 'Kind of signal', de: 'Art des Signals' },
  'signals.all': { en: 'all', de: 'alle' },
  'signals.actuator': { en: 'actuator', de: 'Aktor' },
  'signals.sensor': { en: 'sensor', de: 'Sensor' },
  'signals.attribute': { en: 'attribute', de: 'Merkmal' },
  'signals.count': { en: '{shown} of {all}', de: '{shown} von {all}' },
  'signals.close': { en: 'Close', de: 'Schließen' },
  'signals.signal': { en: 'Signal', de: 'Signal' },
  'signals.set': { en: 'Set', de: 'Setzen' },
  'signals.setForm': { en: 'Set the signal', de: 'Das Signal setzen' },
  'signals.newValue': { en: 'New value', de: 'Neuer Wert' },
  'signals.yes': { en: 'Yes, do it', de: 'Ja, ausführen' },
  'signals.spoken': { en: 'Spoken: {names}', de: 'Gesprochen: {names}' },
  'signals.wrongType': { en: '“{typed}” is no {datatype}.', de: '„{typed}“ ist kein {datatype}.' },
  'signals.none': { en: 'none', de: 'nichts' },
  'signals.range': { en: '{min} to {max}', de: '{min} bis {max}' },
} as const satisfies Record<string, Message>;
