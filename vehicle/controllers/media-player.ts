import { assign, setup } from 'xstate';
import type { SLOT_VALUES } from '../ontology.generated.ts';
import type { SignalWrite } from '../safety.ts';
import type { MediaLibrary } from './media-library.ts';
import { write } from './plan.ts';

const MEDIA = 'Vehicle.Cabin.Infotainment.Media';

export type SourceName = (typeof SLOT_VALUES.source)[number];

/** What is in the player. */
export interface Programme {
  readonly source: SourceName;
  /** Ids of tracks or episodes in playing order; empty for radio. */
  readonly queue: readonly string[];
  /** The same in the order in which they belong, to which "shuffle off" returns. */
  readonly order: readonly string[];
  readonly index: number;
  /** Playlist, album, show, app. */
  readonly label: string;
  /** Name of the station; empty but for radio. */
  readonly station: string;
}

export interface PlayerContext extends Programme {
  /** Milliseconds into the track at `since`. */
  readonly offset: number;
  /** Epoch milliseconds of the last change. */
  readonly since: number;
  readonly favorites: readonly string[];
}

export type PlayerEvent =
  | { type: 'play'; programme: Programme; at: number }
  | { type: 'load'; programme: Programme; at: number }
  | { type: 'pause' | 'resume' | 'stop' | 'interrupt' | 'release' | 'elapse'; at: number }
  | { type: 'seek'; offset: number; at: number }
  | { type: 'reorder'; queue: readonly string[]; index: number }
  | { type: 'favorites'; ids: readonly string[] }
  | { type: 'eject' };

const EMPTY: Omit<PlayerContext, 'favorites'> = {
  source: 'streaming',
  queue: [],
  order: [],
  index: 0,
  label: '',
  station: '',
  offset: 0,
  since: 0,
};

const elapsed = (context: PlayerContext, at: number) => context.offset + at - context.since;

/** A pause keeps the place in the track, a stop does not; a call interrupts and gives back. */
export const playerMachine = setup({
  types: { context: {} as PlayerContext, events: {} as PlayerEvent },
  actions: {
    load: assign(({ event }) =>
      event.type === 'play' || event.type === 'load'
        ? { ...event.programme, offset: 0, since: event.at }
        : {},
    ),
    hold: assign(({ context, event }) =>
      'at' in event ? { offset: elapsed(context, event.at), since: event.at } : {},
    ),
    mark: assign(({ event }) => ('at' in event ? { since: event.at } : {})),
    rewind: assign(({ event }) => ('at' in event ? { offset: 0, since: event.at } : {})),
    seek: assign(({ event }) => (event.type === 'seek' ? { offset: event.offset, since: event.at } : {})),
  },
}).createMachine({
  context: { ...EMPTY, favorites: [] },
  initial: 'stopped',
  on: {
    reorder: { actions: assign(({ event }) => ({ queue: event.queue, index: event.index })) },
    favorites: { actions: assign(({ event }) => ({ favorites: event.ids })) },
    seek: { actions: 'seek' },
    eject: { target: '.stopped', actions: assign(EMPTY) },
  },
  states: {
    stopped: {
      on: {
        play: { target: 'playing', actions: 'load' },
        load: { actions: 'load' },
        resume: { target: 'playing', actions: 'rewind' },
      },
    },
    playing: {
      on: {
        play: { actions: 'load' },
        load: { actions: 'load' },
        elapse: { actions: 'hold' },
        pause: { target: 'paused', actions: 'hold' },
        stop: { target: 'stopped', actions: 'rewind' },
        interrupt: { target: 'interrupted', actions: 'hold' },
      },
    },
    paused: {
      on: {
        play: { target: 'playing', actions: 'load' },
        load: { actions: 'load' },
        resume: { target: 'playing', actions: 'mark' },
        stop: { target: 'stopped', actions: 'rewind' },
      },
    },
    // Something asked for during a call begins after it.
    interrupted: {
      on: {
        play: { actions: 'load' },
        load: { actions: 'load' },
        release: { target: 'playing', actions: 'mark' },
        pause: 'paused',
        stop: { target: 'stopped', actions: 'rewind' },
      },
    },
  },
});
export type PlayerState = ReturnType<typeof playerMachine.resolveState>;

/** What is playing, by name. */
export interface NowPlaying {
  readonly id: string;
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  readonly genre: string;
  /** 0 for radio. */
  readonly seconds: number;
  readonly frequency: number;
  readonly band: string;
}

export function nowPlaying(
  { queue, index, station }: Programme,
  library: MediaLibrary,
): NowPlaying | undefined {
  const none = { frequency: 0, band: '' };
  const tuned = library.stations.find(({ name }) => name === station);
  if (tuned)
    return {
      id: tuned.name,
      title: tuned.name,
      artist: '',
      album: '',
      genre: tuned.genre,
      seconds: 0,
      frequency: tuned.frequency,
      band: tuned.band,
    };
  const id = queue[index];
  const track = library.tracks.find((each) => each.id === id);
  if (track) return { ...track, ...none };
  const episode = library.episodes.find((each) => each.id === id);
  return (
    episode && {
      id: episode.id,
      title: episode.title,
      artist: '',
      album: episode.show,
      genre: episode.kind,
      seconds: episode.seconds,
      ...none,
    }
  );
}

/** Position in the track, milliseconds. */
export function positionAt(state: PlayerState, now: number): number {
  return state.matches('playing') ? elapsed(state.context, now) : state.context.offset;
}

const VSS_SOURCES: Readonly<Record<SourceName, string>> = {
  radio: 'FM',
  bluetooth: 'BLUETOOTH',
  usb: 'USB',
  streaming: 'INTERNET',
  podcast: 'INTERNET',
  audiobook: 'INTERNET',
  video: 'TV',
};

/** Titles that a display shows ahead. */
const SHOWN_AHEAD = 5;

/** The titles that follow, in playing order. */
function upNext(programme: Programme, library: MediaLibrary): readonly string[] {
  return programme.queue.slice(programme.index + 1, programme.index + 1 + SHOWN_AHEAD).flatMap((_, ahead) => {
    const next = nowPlaying({ ...programme, index: programme.index + 1 + ahead }, library);
    return next ? [next.artist === '' ? next.title : `${next.title} · ${next.artist}`] : [];
  });
}

/** The player's state as signals. */
export function playerSignals(state: PlayerState, library: MediaLibrary): readonly SignalWrite[] {
  const { context } = state;
  const playing = nowPlaying(context, library);
  const mode = state.value.toUpperCase();
  return [
    write(`${MEDIA}.PlaybackState`, mode),
    write(`${MEDIA}.Action`, mode === 'PLAYING' ? 'PLAY' : 'STOP'),
    write(`${MEDIA}.Played.Source`, playing ? playing.band || VSS_SOURCES[context.source] : 'UNKNOWN'),
    write(`${MEDIA}.Played.Track`, playing?.title ?? ''),
    write(`${MEDIA}.Played.Artist`, playing?.artist ?? ''),
    write(`${MEDIA}.Played.Album`, playing?.album ?? ''),
    write(`${MEDIA}.Played.Genre`, playing?.genre ?? ''),
    write(`${MEDIA}.Played.URI`, playing ? `media:${encodeURI(playing.id)}` : ''),
    write(`${MEDIA}.Queue`, upNext(context, library)),
    write(`${MEDIA}.Played.Playlist`, context.label),
    write(`${MEDIA}.Played.Station`, context.station),
    write(`${MEDIA}.Played.Frequency`, playing?.frequency ?? 0),
    write(`${MEDIA}.Played.Duration`, playing?.seconds ?? 0),
    write(`${MEDIA}.Played.Position`, Math.max(0, Math.round(context.offset / 1000))),
    write(`${MEDIA}.Played.IsFavorite`, playing !== undefined && context.favorites.includes(playing.id)),
  ];
}
