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
  'handover.asks': { en: '{role} would like to drive.', de: '{role} möchte fahren.' },
  'handover.someone': { en: 'Somebody would like to drive.', de: 'Jemand möchte fahren.' },
  'handover.yes': { en: 'Hand over', de: 'Übergeben' },
  'handover.no': { en: 'Keep driving', de: 'Weiterfahren' },
  'handover.seconds': {
    en: { one: 'Handed over in {count} second', other: 'Handed over in {count} seconds' },
    de: { one: 'Übergabe in {count} Sekunde', other: 'Übergabe in {count} Sekunden' },
  },
  'handover.yours': { en: 'You drive now.', de: 'Jetzt fährst du.' },
  'handover.given': { en: 'Somebody else drives now.', de: 'Jetzt fährt jemand anderes.' },
  'invite.open': { en: 'Invite', de: 'Einladen' },
  'invite.title': { en: 'Invite others', de: 'Andere einladen' },
  'invite.as': { en: 'What they may do', de: 'Was sie dürfen' },
  'invite.close': { en: 'Close', de: 'Schließen' },
  'invite.viewer': { en: 'To look on', de: 'Zum Zuschauen' },
  'invite.passenger': { en: 'As a passenger', de: 'Als Mitfahrer' },
  'invite.driver': { en: 'To drive', de: 'Zum Fahren' },
  'invite.viewer.hint': {
    en: 'Sees and reads everything, changes nothing.',
    de: 'Sieht und liest alles, ändert nichts.',
  },
  'invite.passenger.hint': {
    en: 'Takes a passenger’s seat while one is free, and speaks for that seat.',
    de: 'Nimmt einen Mitfahrersitz, solange einer frei ist, und spricht für diesen Sitz.',
  },
  'invite.driver.hint': {
    en: 'May do everything. Do not show this one to an audience.',
    de: 'Darf alles. Diesen Code nicht dem Publikum zeigen.',
  },
  'invite.audience': { en: 'Scan to look on', de: 'Scannen und zuschauen' },
  'invite.noCode': {
    en: 'The code could not be drawn. Reload the page to try again.',
    de: 'Der Code konnte nicht gezeichnet werden. Die Seite neu laden, um es noch einmal zu versuchen.',
  },
  'theme.unknown': {
    en: 'There is no brand “{name}” here. Served are: {known}.',
    de: 'Eine Marke „{name}“ gibt es hier nicht. Angeboten werden: {known}.',
  },
  'theme.notLoaded': {
    en: 'The brand could not be loaded; the page shows its own look.',
    de: 'Die Marke konnte nicht geladen werden; die Seite zeigt ihr eigenes Aussehen.',
  },
  'theme.typeTo': { en: 'Type to {name} …', de: '{name} schreiben …' },
  'presenter.title': { en: 'For the presenter', de: 'Für die Vorführung' },
  'presenter.note': { en: 'Note', de: 'Notiz' },
  'presenter.noNote': { en: 'No note for this step.', de: 'Keine Notiz zu diesem Schritt.' },
  'presenter.caption': { en: 'The audience reads', de: 'Das Publikum liest' },
  'presenter.next': { en: 'Next', de: 'Danach' },
  'presenter.end': { en: 'That was the last step.', de: 'Das war der letzte Schritt.' },
  'presenter.drive': { en: '{time} into the drive', de: '{time} in der Fahrt' },
  'presenter.elapsed': { en: '{time} on stage', de: '{time} auf der Bühne' },
  'presenter.nothing': {
    en: 'No scripted drive is played. Start one, for example with:',
    de: 'Es läuft keine vorgeführte Fahrt. Zum Beispiel so starten:',
  },
  'hint.title': { en: 'Talk to the car:', de: 'Sprich mit dem Auto:' },
  'hint.hold': { en: 'hold', de: 'halte' },
  'hint.space': { en: 'Space', de: 'Leertaste' },
  'hint.say': { en: 'and say', de: 'und sag' },
  'hint.close': { en: 'Close this hint', de: 'Hinweis schließen' },
} as const satisfies Record<string, Message>;
