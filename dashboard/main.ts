import type { SignalList, TrafficReports, Theme, WorldMap } from '../simulator/server/protocol.ts';
import { NO_STATS, type CarStats } from './car/car-stats.ts';
import { connect } from './connection.ts';
import { createComposer } from './conversation/composer.ts';
import { createConversation } from './conversation/conversation.ts';
import { createBrowserVoice } from './conversation/browser-voice.ts';
import { createServerVoice } from './conversation/server-voice.ts';
import { play, SoundMemory } from './conversation/sound-memory.ts';
import { createVoice } from './conversation/speak.ts';
import { Crew, handshakeOf } from './demo/crew.ts';
import { createFirstHint } from './demo/first-hint.ts';
import { createHandover, createPresence } from './demo/presence.ts';
import { createSeatChoice } from './demo/seat-choice.ts';
import { setStage, wearTheme } from './demo/stage.ts';
import { lookOf } from './demo/theme.ts';
import { byId, setText } from './dom.ts';
import { languageChoice, wantedLanguage } from './language/choice.ts';
import { speak, t } from './language/language.ts';
import { temperature, UNIT_SIGNALS, unitsOf } from './language/measures.ts';
import { fillPage } from './language/page-texts.ts';
import { createNotices } from './notices.ts';
import { createHand, type Write } from './panels/hand.ts';
import { createPanels } from './panels/panels.ts';
import { unitsChoice } from './panels/units-choice.ts';
import { acceptSoundFiles } from './microphone/drop-sound.ts';
import { createHandsFree } from './microphone/hands-free.ts';
import { SharedMicrophone } from './microphone/shared-microphone.ts';
import { createTalkButton } from './microphone/talk-button.ts';
import { sendUtterance, type Utterance } from './microphone/utterance.ts';
import type { Seat } from './conversation/words.ts';
import { numberAt } from './signals.ts';
import type { Store } from './store.ts';

// First of all: everything below shows words.
speak(wantedLanguage(location.search, localStorage, navigator.languages));
fillPage(document);

const notify = createNotices(byId('notices'));
/** `crypto.randomUUID` exists only on secure pages, and this one may be opened from another machine. */
const newId = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');

const { socket, store } = connect(
  byId('connection'),
  handshakeOf(location, sessionStorage, newId()),
  ({ message }) => {
    notify(message);
  },
);
const crew = new Crew(socket, sessionStorage);
byId('connection').before(createPresence(store));
createHandover(byId('notices'), crew, store, notify);
const voice = createVoice({
  storage: localStorage,
  browser: createBrowserVoice('speechSynthesis' in window ? speechSynthesis : undefined),
  server: createServerVoice({
    fetch: (turn) => new Promise((resolve) => socket.emit('speak', { turn }, resolve)),
    touched: () => navigator.userActivation.hasBeenActive,
  }),
});
crew.onYou(({ role }) => {
  // A kiosk is what the audience looks at, and has nothing to be clicked.
  voice.suggest(role === 'driver' || 'kiosk' in document.body.dataset);
});
socket.on('voice', ({ by }) => {
  voice.use(by);
});
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') voice.hush();
});

/** Whether there is a car to act on. */
const reachable = (): boolean => {
  if (!socket.connected) notify(t('page.unreachable'));
  return socket.connected;
};

/** From where the person at this page speaks and acts; undefined, which has been told, for one who looks on. */
const ownSeat = (): Seat | undefined => {
  if (!reachable()) return undefined;
  if (!crew.seat) notify(t('role.lookingOn'));
  return crew.seat;
};

function say(text: string): void {
  const seat = ownSeat();
  if (seat) socket.emit('say', { id: newId(), seat, text });
}
const composer = createComposer(byId('composer'), {
  store,
  seats: createSeatChoice(crew, store),
  voice,
  say,
});
byId('composer').prepend(...createFirstHint(store, localStorage, 'Set the temperature to 21 degrees'));
crew.onYou(({ role, access }) => {
  document.body.dataset['role'] = role;
  composer.allow(crew.seat !== undefined || t(access === 'viewer' ? 'role.onlyLookingOn' : 'role.lookingOn'));
});
const sounds = new SoundMemory();
const begin = (sampleRate: number): Utterance | undefined => {
  const seat = ownSeat();
  if (!seat) return undefined;
  voice.hush();
  const id = newId();
  return sounds.keep(`${socket.id ?? ''}/${id}`, sampleRate, sendUtterance(socket, { id, seat, sampleRate }));
};
const replay = (turn: string) =>
  sounds.has(turn)
    ? () => {
        const sound = sounds.soundOf(turn);
        if (!sound) return;
        voice.hush();
        play(sound).catch(() => {
          notify(t('turn.noSound'));
        });
      }
    : undefined;
const microphone = new SharedMicrophone();
createTalkButton({ place: composer.talkPlace, microphone, notify, begin });
const handsFree = createHandsFree({
  place: composer.talkPlace,
  storage: localStorage,
  microphone,
  socket,
  crew,
  voice,
  notify,
  newId,
});
acceptSoundFiles({ notify, begin });
createConversation(store, {
  list: byId('conversation'),
  caption: byId('caption'),
  onAnswer: ({ id, reply }) => {
    voice.say({ id, text: reply });
  },
  tools: { say, replay, copy: (text) => navigator.clipboard.writeText(text), notify },
});
const themes = fetchDocument<readonly Theme[]>('/theme.json');
const theme = wearTheme({ page: document, address: location, notify }, themes).catch(() => {
  notify(t('theme.notLoaded'));
  return undefined;
});
const showsCar = setStage({
  page: document,
  address: location,
  crew,
  store,
  control: (message) => {
    if (reachable()) socket.emit('show', message);
  },
  notify,
});
/** Asked for once: panels and picture show the same city. */
const worldMap = fetchDocument<WorldMap>('/world.json');
const write: Write = (path, value, confirmed) =>
  new Promise((resolve) => {
    const seat = ownSeat();
    if (seat) socket.emit('write', { seat, path, value, confirmed }, resolve);
    else resolve(undefined);
  });
const hand = createHand(write, notify, {
  say,
  press: (mode) => {
    if (reachable()) socket.emit('pedals', { mode });
  },
});
byId('open-signals').before(languageChoice(localStorage, location), unitsChoice(store, hand));
createPanels(byId('panels'), {
  store,
  hand,
  map: worldMap,
  traffic: () => fetchDocument<TrafficReports>('/traffic.json'),
  bigMap: byId('big-map'),
  clock: () => performance.now(),
});
openSignalsOn(byId('open-signals'));
showFacts(byId('facts'), store);

/** For tests and for the curious: what is drawn, and from which state. */
declare global {
  interface Window {
    drivetalk: { readonly store: Store; stats: () => CarStats };
  }
}
window.drivetalk = { store, stats: () => NO_STATS };
// The page talks before it shows: the picture is by far the largest part, and the slowest to begin.
const picture = showsCar ? Promise.all([import('./car/car-view.ts'), theme]) : undefined;
picture
  ?.then(async ([{ createCarView }, brand]) => {
    const view = await createCarView({
      root: byId('car-view'),
      words: byId('car-text'),
      store,
      map: worldMap,
      look: lookOf(brand),
      isFluent: !new URLSearchParams(location.search).has('sharp'),
      isTalking: () =>
        microphone.isOpening ||
        handsFree.isHearing ||
        store.state.conversation.some(({ stage }) => stage === 'listening' || stage === 'understanding'),
      notify,
    });
    window.drivetalk.stats = view.stats;
  })
  .catch(() => {
    notify(t('page.noPicture'));
  });

/** A document of our own server. */
async function fetchDocument<Document>(path: string): Promise<Document> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  // Our own server wrote it: its type is the contract.
  return (await response.json()) as Document;
}

/** The browser of all signals is for few and comes when it is asked for. */
function openSignalsOn(button: HTMLElement): void {
  const dialog = document.querySelector<HTMLDialogElement>('#signals');
  if (!dialog) throw new Error('index.html has no element #signals');
  const load = async () => {
    const [{ createSignalBrowser }, signals] = await Promise.all([
      import('./signal-browser/signal-browser.ts'),
      fetchDocument<SignalList>('/signals.json'),
    ]);
    return createSignalBrowser(dialog, { store, signals, write, clock: () => performance.now() });
  };
  let browser: ReturnType<typeof load> | undefined;
  button.addEventListener('click', () => {
    browser ??= load();
    browser.then(
      (signals) => {
        signals.open();
      },
      () => {
        browser = undefined;
        notify(t('page.noSignals'));
      },
    );
  });
}

function showFacts(root: HTMLElement, from: Store): void {
  const outside = 'Vehicle.Exterior.AirTemperature';
  from.onSignals([outside, UNIT_SIGNALS.temperature], (signals) => {
    const degrees = numberAt(signals, outside);
    setText(
      root,
      degrees === undefined
        ? ''
        : t('page.outsideTemperature', { temperature: temperature(degrees, unitsOf(signals)) }),
    );
  });
}
