import type { Command } from '../command.ts';
import type { SignalChange } from '../signals/signal.ts';
import { count, firstWord, plain, word } from '../slots.ts';
import { durationOf } from '../time.ts';
import { findProgramme, ofSource, radioProgramme } from './media-search.ts';
import type { MediaLibrary } from './media-library.ts';
import {
  nowPlaying,
  playerMachine,
  playerSignals,
  positionAt,
  type PlayerEvent,
  type PlayerState,
  type Programme,
} from './media-player.ts';
import { planSound } from './sound.ts';
import { answered, done, needs, refused, write, type Plan, type View } from './plan.ts';
import { subsystem, type Reaction, type Subsystem } from './subsystem.ts';

const MEDIA = 'Vehicle.Cabin.Infotainment.Media';
const SHUFFLE = `${MEDIA}.IsShuffleActive`;
const REPEAT = `${MEDIA}.RepeatMode`;
const CALL = 'Vehicle.Cabin.Infotainment.Phone.CallState';
/** "Skip ahead" without a time. */
const SEEK = 30_000;
/** "Previous" after this much of a track means its beginning. */
const RESTART_AFTER = 5000;

const SECOND = 1000;

type MediaPlan = Plan<PlayerEvent>;

/** Music, radio, podcasts, audiobooks and video; volume and sound. */
export function media(library: MediaLibrary): Subsystem {
  return subsystem({
    name: 'media',
    targets: [
      'media.playback',
      'media.seek',
      'media.shuffle',
      'media.repeat',
      'media.favorite',
      'media.radio',
      'media.source',
      'media.volume',
      'media.equalizer',
    ],
    machine: playerMachine,
    plan: (command, view, state) => plan(command, view, state, library),
    project: (state) => playerSignals(state, library),
    react: (change, view, state) => react(change, view, state),
    wakeAt(state) {
      const isTimed = (nowPlaying(state.context, library)?.seconds ?? 0) > 0;
      // The position is told every full second, the last of which ends the track.
      const { since, offset } = state.context;
      return state.matches('playing') && isTimed ? since + SECOND - (offset % SECOND) : null;
    },
    tick(view, state) {
      const length = (nowPlaying(state.context, library)?.seconds ?? 0) * SECOND;
      const isOver = positionAt(state, view.now) >= length;
      const event: PlayerEvent = isOver ? afterTrack(view, state) : { type: 'elapse', at: view.now };
      return { event };
    },
  });
}

function plan(command: Command, view: View, state: PlayerState, library: MediaLibrary): MediaPlan {
  const { intent, slots } = command;
  const playing = nowPlaying(state.context, library);
  const named = { title: playing?.title ?? '', artist: playing?.artist || 'none' };
  switch (intent) {
    case 'media.playback.start':
      return start(command, view, state, library);
    case 'media.playback.pause':
      if (state.matches('stopped')) return refused('media.nothing');
      return done(
        'media.pause',
        {},
        { event: { type: 'pause', at: view.now }, already: 'media.pause.already' },
      );
    case 'media.playback.resume':
      if (!playing) return start({ intent: 'media.playback.start', slots: {} }, view, state, library);
      return done('media.resume', named, {
        event: { type: 'resume', at: view.now },
        already: 'media.resume.already',
      });
    case 'media.playback.stop':
      return done('media.stop', {}, { event: { type: 'stop', at: view.now }, already: 'media.nothing' });
    case 'media.playback.next':
    case 'media.playback.previous':
      return skip(intent === 'media.playback.next' ? 1 : -1, view, state, library);
    case 'media.playback.query':
      if (!playing || state.matches('stopped')) return answered('media.query.nothing', {});
      return answered(state.context.station ? 'media.query.station' : 'media.query', {
        ...named,
        album: playing.album,
      });
    case 'media.seek.increase':
    case 'media.seek.decrease': {
      if (!playing || playing.seconds === 0) return refused('media.seek.impossible');
      const step = slots.duration ? durationOf(slots.duration) : SEEK;
      if (step === undefined) return refused('time.not_understood');
      const wanted = positionAt(state, view.now) + (intent === 'media.seek.increase' ? step : -step);
      const offset = Math.min(Math.max(0, wanted), playing.seconds * 1000 - 1000);
      const code = intent === 'media.seek.increase' ? 'media.seek.forward' : 'media.seek.back';
      return done(
        code,
        { seconds: Math.round(step / 1000) },
        { event: { type: 'seek', offset, at: view.now } },
      );
    }
    case 'media.shuffle.on':
    case 'media.shuffle.off':
      return shuffle(intent === 'media.shuffle.on', view, state);
    case 'media.repeat.on': {
      const mode = plain(word(slots, 'mode') ?? '');
      const one = /one|song|track|this|current/.test(mode);
      return done(
        one ? 'media.repeat.one' : 'media.repeat.all',
        {},
        { writes: [write(REPEAT, one ? 'ONE' : 'ALL')] },
      );
    }
    case 'media.repeat.off':
      return done('media.repeat.off', {}, { writes: [write(REPEAT, 'OFF')] });
    case 'media.favorite.add':
    case 'media.favorite.remove':
      return favorite(command, state, library);
    case 'media.radio.start':
      return radio(command, view, library);
    case 'media.radio.next':
    case 'media.radio.previous':
      return tune(intent === 'media.radio.next' ? 1 : -1, view, state, library);
    case 'media.source.set':
      return source(command, view, state, library);
    default:
      return planSound(command, view);
  }
}

/** A programme in the player's hands: shuffled when shuffle is on. */
function playing(programme: Programme, view: View): PlayerEvent {
  const shuffled = view.flag(SHUFFLE)
    ? { ...programme, queue: permuted(programme.queue, programme.index, view.now), index: 0 }
    : programme;
  return { type: 'play', programme: shuffled, at: view.now };
}

function start(command: Command, view: View, state: PlayerState, library: MediaLibrary): MediaPlan {
  const { slots } = command;
  const query = firstWord(slots, [
    'song',
    'playlist',
    'album',
    'artist',
    'podcast',
    'genre',
    'source',
    'app',
  ]);
  if (query === undefined && state.context.queue.length + state.context.station.length > 0) {
    const at = nowPlaying(state.context, library);
    const event = { type: 'resume', at: view.now } as const;
    return done(
      'media.resume',
      { title: at?.title ?? '', artist: at?.artist || 'none' },
      { event, already: 'media.resume.already' },
    );
  }
  const programme = findProgramme(slots, library);
  if (!programme) return refused('media.not_found', { query: query ?? 'none' });
  const first = nowPlaying(programme, library);
  const facts = { title: first?.title ?? '', artist: first?.artist || 'none', label: programme.label };
  const code = programme.station
    ? 'media.radio.start'
    : programme.label && slots.song === undefined
      ? 'media.start.list'
      : 'media.start';
  return done(code, facts, { event: playing(programme, view) });
}

function skip(by: 1 | -1, view: View, state: PlayerState, library: MediaLibrary): MediaPlan {
  const { context } = state;
  if (context.station) return tune(by, view, state, library);
  if (context.queue.length === 0) return refused('media.nothing');
  const restart = by < 0 && positionAt(state, view.now) > RESTART_AFTER;
  const index = restart ? context.index : (context.index + by + context.queue.length) % context.queue.length;
  const programme = programmeOf(context, index);
  const next = nowPlaying(programme, library);
  const event: PlayerEvent = { type: state.matches('paused') ? 'load' : 'play', programme, at: view.now };
  return done(
    restart ? 'media.restart' : by > 0 ? 'media.next' : 'media.previous',
    { title: next?.title ?? '', artist: next?.artist || 'none' },
    { event },
  );
}

function programmeOf({ source, queue, order, label, station }: Programme, index: number): Programme {
  return { source, queue, order, label, station, index };
}

function shuffle(on: boolean, view: View, { context }: PlayerState): MediaPlan {
  const current = context.queue[context.index];
  const queue = on ? permuted(context.queue, context.index, view.now) : context.order;
  const index = Math.max(0, current === undefined ? 0 : queue.indexOf(current));
  return done<PlayerEvent>(
    on ? 'media.shuffle.on' : 'media.shuffle.off',
    {},
    {
      writes: [write(SHUFFLE, on)],
      ...(view.flag(SHUFFLE) !== on && { event: { type: 'reorder', queue, index } }),
    },
  );
}

/** The current track first, the others in an order that follows from the time: random enough, and the same in a replay. */
function permuted(queue: readonly string[], index: number, seed: number): readonly string[] {
  const rest = queue.filter((_, at) => at !== index);
  // Multiplicative hash of place and time (Knuth, The Art of Computer Programming 3, 6.4).
  const rank = (at: number) => Math.imul((seed % 100_003) + at * 7919, 2654435761) >>> 0;
  const ranked = rest.map((id, at) => ({ id, rank: rank(at) })).sort((a, b) => a.rank - b.rank);
  const current = queue[index];
  return [...(current === undefined ? [] : [current]), ...ranked.map(({ id }) => id)];
}

function favorite({ intent, slots }: Command, { context }: PlayerState, library: MediaLibrary): MediaPlan {
  const asked = word(slots, 'song');
  const found =
    asked === undefined
      ? nowPlaying(context, library)
      : library.tracks.find(({ title }) => plain(title) === plain(asked));
  if (!found)
    return asked === undefined ? refused('media.nothing') : refused('media.not_found', { query: asked });
  const add = intent === 'media.favorite.add';
  const others = context.favorites.filter((id) => id !== found.id);
  const already = add ? 'media.favorite.already' : 'media.favorite.none';
  if (add === context.favorites.includes(found.id)) return done(already, { title: found.title }, { already });
  const event = { type: 'favorites', ids: add ? [...others, found.id] : others } as const;
  return done(add ? 'media.favorite.add' : 'media.favorite.remove', { title: found.title }, { event });
}

function radio({ slots }: Command, view: View, library: MediaLibrary): MediaPlan {
  const station = word(slots, 'station');
  const frequency = count(slots.frequency);
  const genre = word(slots, 'genre');
  const programme = radioProgramme({ station, frequency, unit: slots.frequency?.unit, genre }, library);
  if (!programme)
    return refused('media.radio.not_found', { query: station ?? slots.frequency?.text ?? genre ?? 'none' });
  return done('media.radio.start', { title: programme.station }, { event: playing(programme, view) });
}

function tune(by: 1 | -1, view: View, { context }: PlayerState, library: MediaLibrary): MediaPlan {
  const names = library.stations.map(({ name }) => name);
  if (names.length === 0) return refused('media.radio.not_found', { query: 'none' });
  const now = names.indexOf(context.station);
  const next = names[now < 0 ? 0 : (now + by + names.length) % names.length] ?? '';
  const programme: Programme = { source: 'radio', queue: [], order: [], index: 0, label: '', station: next };
  return done('media.radio.start', { title: next }, { event: { type: 'play', programme, at: view.now } });
}

function source({ slots }: Command, view: View, state: PlayerState, library: MediaLibrary): MediaPlan {
  const name = word(slots, 'source') ?? (slots.app ? 'streaming' : undefined);
  if (name === undefined) return needs('source', 'media.source.which');
  if (state.context.source === name && !state.matches('stopped'))
    return done('media.source.set', { source: name }, { already: 'media.source.already' });
  const programme = ofSource(name, library, word(slots, 'app'));
  if (!programme) return refused('media.source.empty', { source: name });
  return done('media.source.set', { source: name }, { event: playing(programme, view) });
}

/** When a track is over: the same again, the next, or nothing more. */
function afterTrack(view: View, { context }: PlayerState): PlayerEvent {
  const repeat = view.text(REPEAT);
  if (repeat === 'ONE') return { type: 'seek', offset: 0, at: view.now };
  const last = context.index + 1 >= context.queue.length;
  if (last && repeat !== 'ALL') return { type: 'stop', at: view.now };
  return { type: 'play', programme: programmeOf(context, last ? 0 : context.index + 1), at: view.now };
}

function react(
  { path, to }: SignalChange,
  view: View,
  state: PlayerState,
): Reaction<PlayerEvent> | undefined {
  if (path === CALL) return { event: { type: to === 'IDLE' ? 'release' : 'interrupt', at: view.now } };
  // A picture that was allowed while parked goes when the car does, and does not wait to be resumed.
  if (path === 'Vehicle.DriveState' && to !== 'PARKED' && state.context.source === 'video')
    return { event: { type: 'eject' } };
  return undefined;
}
