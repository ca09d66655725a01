import type { Message } from '../message.ts';

/** Who is there, and what a stage needs: invitations, kiosk, presenter. */
export const demoMessages = {
  'role.viewer': { en: 'Looking on', de: 'Nur zuschauen' },
  'role.presenter': { en: 'Presenting', de: 'Vorführen' },
  'role.taken': { en: '{seat} – taken', de: '{seat} – besetzt' },
  'role.ask': { en: '{seat} – ask', de: '{seat} – anfragen' },
  'role.asking': { en: 'Asking the driver …', de: 'Fahrer wird gefragt …' },
  'role.lookingOn': {
    en: 'You are looking on. To speak to the car, choose a seat.',
    de: 'Du schaust zu. Um mit dem Auto zu sprechen, einen Sitz wählen.',
  },
  'role.onlyLookingOn': {
    en: 'You are looking on: all that is said and done appears here.',
    de: 'Du schaust zu: Hier erscheint alles, was gesagt und getan wird.',
  },
  'presence.label': { en: 'Who is there', de: 'Wer da ist' },
  'presence.viewers': {
    en: { one: '{count} looking on', other: '{count} looking on' },
    de: { one: '{count} schaut zu', other: '{count} schauen zu' },
  },
  'handover.asks': { en: 'The {role} would like to drive.', de: 'Fahren möchte: {role}.' },
  'handover.someone': { en: 'Somebody would like to drive.', de: 'Jemand möchte fahren.' },
  'handover.yes': { en: 'Hand over', de: 'Übergeben' },
  'handover.no': { en: 'Keep driving', de: 'Weiterfahren' },
  'handover.seconds': {
    en: { one: 'Handed over in {count} second', other: 'Handed over in {count} seconds' },
    de: { one: 'Übergabe in {count} Sekunde', other: 'Übergabe in {count} Sekunden' },
  },
  'handover.yours': { en: 'You drive now.', de: 'Jetzt fährst du.' },
  'handover.given': { en: 'Somebody else drives now.', de: 'Jetzt fährt jemand anderes.' },
} as const satisfies Record<string, Message>;
