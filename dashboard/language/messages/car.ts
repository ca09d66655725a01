import type { Message } from '../message.ts';

export const carMessages = {
  'car.noPicture': {
    en: 'This browser shows no 3D: WebGL is switched off or not available. The car is drawn standing still, and told in words; everything else works. To see it move, allow hardware acceleration in the browser’s settings and reload.',
    de: 'Dieser Browser zeigt kein 3D: WebGL ist abgeschaltet oder nicht vorhanden. Das Auto ist ein stehendes Bild und steht in Worten da; alles andere geht. Um zu sehen, wie es sich bewegt, die Hardwarebeschleunigung in den Einstellungen des Browsers erlauben und neu laden.',
  },
  'car.lost': {
    en: 'The graphics card took its memory back: the car’s picture stands still until it returns. Everything else works.',
    de: 'Die Grafikkarte hat ihren Speicher zurückgenommen: Das Bild des Autos steht, bis sie wieder da ist. Alles andere geht.',
  },
  'car.noStreet': {
    en: 'The city could not be loaded: the car is shown in the studio. Everything else works; reload the page to try again.',
    de: 'Die Stadt konnte nicht geladen werden: Das Auto steht im Studio. Alles andere geht; die Seite neu laden, um es noch einmal zu versuchen.',
  },
  'car.keys': {
    en: 'The car. Arrow keys turn it, plus and minus zoom, 1 to 6 choose a view, S goes to the street and back, Home turns it back.',
    de: 'Das Auto. Pfeiltasten drehen es, Plus und Minus zoomen, 1 bis 6 wählen eine Ansicht, S führt auf die Straße und zurück, Pos1 dreht es zurück.',
  },
  'car.views': { en: 'Look at the car from', de: 'Das Auto ansehen von' },
  'car.view.front': { en: 'Front', de: 'Vorn' },
  'car.view.side': { en: 'Side', de: 'Seite' },
  'car.view.rear': { en: 'Rear', de: 'Hinten' },
  'car.view.cabin': { en: 'Cabin', de: 'Innen' },
  'car.view.chase': { en: 'Chase', de: 'Verfolger' },
  'car.view.cockpit': { en: 'Cockpit', de: 'Cockpit' },
  'car.street': { en: 'Street', de: 'Straße' },
  'car.still': { en: 'The car is closed and dark.', de: 'Das Auto ist zu und dunkel.' },
  'car.told': { en: 'The car: {what}.', de: 'Das Auto: {what}.' },
} as const satisfies Record<string, Message>;
