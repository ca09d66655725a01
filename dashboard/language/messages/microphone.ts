import type { Message } from '../message.ts';

export const microphoneMessages = {
  'microphone.hold': { en: 'Hold to talk', de: 'Zum Sprechen halten' },
  'microphone.hint': { en: 'Hold, or Space', de: 'Halten, oder Leertaste' },
  'microphone.holdOn': { en: 'Hold while you speak', de: 'Beim Sprechen halten' },
  'microphone.opening': { en: 'Opening …', de: 'Wird geöffnet …' },
  'microphone.listening': { en: 'Listening …', de: 'Hört zu …' },
  'microphone.none': { en: 'No microphone', de: 'Kein Mikrofon' },
  'microphone.away': {
    en: 'The microphone went away. Plug it in again, then press the button.',
    de: 'Das Mikrofon ist weg. Wieder anstecken, dann den Knopf drücken.',
  },
  'microphone.insecure': {
    en: 'The browser gives the microphone only to secure pages. Open this page as http://localhost:… on this machine, or over https. Typing works anyway.',
    de: 'Der Browser gibt das Mikrofon nur sicheren Seiten. Diese Seite als http://localhost:… auf diesem Rechner öffnen, oder über https. Schreiben geht trotzdem.',
  },
  'microphone.denied': {
    en: 'The microphone is blocked for this page. Click the icon left of the address, allow the microphone, then press the button again. Typing works anyway.',
    de: 'Das Mikrofon ist für diese Seite gesperrt. Das Zeichen links der Adresse anklicken, das Mikrofon erlauben, dann den Knopf noch einmal drücken. Schreiben geht trotzdem.',
  },
  'microphone.missing': {
    en: 'No microphone was found. Plug one in or switch it on, then press the button again. Typing works anyway.',
    de: 'Kein Mikrofon gefunden. Eines anstecken oder einschalten, dann den Knopf noch einmal drücken. Schreiben geht trotzdem.',
  },
  'microphone.busy': {
    en: 'Another program is using the microphone. Close it there, then press the button again. Typing works anyway.',
    de: 'Ein anderes Programm benutzt das Mikrofon. Dort schließen, dann den Knopf noch einmal drücken. Schreiben geht trotzdem.',
  },
  'microphone.unreachable': {
    en: 'The page cannot listen: the server is out of reach. When it is there again, press the button again.',
    de: 'Die Seite kann nicht zuhören: Der Server ist außer Reichweite. Wenn er wieder da ist, den Knopf noch einmal drücken.',
  },
  'microphone.failed': {
    en: 'The microphone did not start ({reason}). Reload the page and press the button again. Typing works anyway.',
    de: 'Das Mikrofon ist nicht angelaufen ({reason}). Die Seite neu laden und den Knopf noch einmal drücken. Schreiben geht trotzdem.',
  },
  'handsFree.name': { en: 'Hands-free', de: 'Freihändig' },
  'handsFree.click': {
    en: 'Click or press a key, and the car listens.',
    de: 'Klicken oder eine Taste drücken, dann hört das Auto zu.',
  },
  'handsFree.asleep': { en: 'Say “{wakeWord}”', de: '„{wakeWord}“ sagen' },
  'handsFree.noInput': {
    en: 'Nobody answered. Say “{wakeWord}” to go on.',
    de: 'Niemand hat geantwortet. Mit „{wakeWord}“ geht es weiter.',
  },
  'handsFree.awake': { en: 'Go on …', de: 'Ich höre …' },
  'handsFree.speaking': { en: 'Just interrupt me', de: 'Einfach unterbrechen' },
  'sound.drop': {
    en: 'Drop the recording: the car will listen to it',
    de: 'Aufnahme hier ablegen: Das Auto hört sie sich an',
  },
  'sound.unreadable': {
    en: '“{file}” is not a sound that this browser can read. Drop a WAV, MP3, Ogg or FLAC file.',
    de: '„{file}“ ist kein Ton, den dieser Browser lesen kann. Eine WAV-, MP3-, Ogg- oder FLAC-Datei ablegen.',
  },
  'sound.long': {
    en: '“{file}” lasts {seconds} seconds: a recording may last at most {longest}.',
    de: '„{file}“ dauert {seconds} Sekunden: Eine Aufnahme darf höchstens {longest} dauern.',
  },
} as const satisfies Record<string, Message>;
