import type { Slots } from '../command.ts';
import { SLOT_VALUES } from '../ontology.generated.ts';
import { plain, word } from '../slots.ts';
import type { MediaLibrary, Station } from './media-library.ts';
import type { Programme, SourceName } from './media-player.ts';

/** Whether what was said names this: the same words, or all of one inside the other. */
function names(said: string, name: string): boolean {
  const a = ` ${plain(said)} `;
  const b = ` ${plain(name)} `;
  return a === b || (a.trim().length > 2 && b.includes(a)) || (b.trim().length > 2 && a.includes(b));
}

function list(source: SourceName, ids: readonly string[], label: string): Programme | undefined {
  return ids.length === 0 ? undefined : { source, queue: ids, order: ids, index: 0, label, station: '' };
}

/** What "play ..." means in this library; undefined when it has no such thing. */
export function findProgramme(slots: Slots, library: MediaLibrary): Programme | undefined {
  const said = (name: 'song' | 'artist' | 'album' | 'genre' | 'playlist' | 'podcast' | 'source' | 'app') =>
    word(slots, name);
  const { tracks } = library;
  const artist = said('artist');
  const byArtist = artist === undefined ? tracks : tracks.filter((track) => names(artist, track.artist));
  const ids = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);
  const song = said('song');
  if (song !== undefined) {
    const hit =
      byArtist.find(({ title }) => plain(title) === plain(song)) ??
      byArtist.find(({ title }) => names(song, title));
    if (!hit) return undefined;
    // The rest of the album follows.
    const album = ids(tracks.filter((track) => track.album === hit.album));
    return {
      source: 'streaming',
      queue: album,
      order: album,
      index: album.indexOf(hit.id),
      label: hit.album,
      station: '',
    };
  }
  const playlist = said('playlist');
  if (playlist !== undefined) {
    const hit = library.playlists.find(({ name }) => names(playlist, name));
    return hit && list('streaming', hit.tracks, hit.name);
  }
  const album = said('album');
  if (album !== undefined) {
    const found = byArtist.filter((track) => names(album, track.album));
    return list('streaming', ids(found), found[0]?.album ?? '');
  }
  const podcast = said('podcast');
  if (podcast !== undefined) return episodes((show) => names(podcast, show), library);
  if (artist !== undefined) return list('streaming', ids(byArtist), byArtist[0]?.artist ?? '');
  const genre = said('genre');
  if (genre !== undefined) {
    const found = tracks.filter((track) => names(genre, track.genre));
    return list('streaming', ids(found), found[0]?.genre ?? '');
  }
  const source = said('source');
  return ofSource(source ?? 'streaming', library, said('app'));
}

function episodes(wanted: (show: string) => boolean, library: MediaLibrary): Programme | undefined {
  const hit = library.episodes.find(({ show }) => wanted(show));
  if (!hit) return undefined;
  const ids = library.episodes.filter(({ show }) => show === hit.show).map(({ id }) => id);
  return list(hit.kind, ids, hit.show);
}

/** The first thing of a source. Phone, stick and stream hold the same music. */
export function ofSource(
  name: string,
  library: MediaLibrary,
  app: string | undefined,
): Programme | undefined {
  const source = SLOT_VALUES.source.find((each) => each === name);
  if (source === undefined) return undefined;
  if (source === 'radio') return radioProgramme({}, library);
  if (source === 'podcast' || source === 'audiobook' || source === 'video') {
    const ids = library.episodes.filter(({ kind }) => kind === source).map(({ id }) => id);
    return list(source, ids, library.episodes.find(({ kind }) => kind === source)?.show ?? '');
  }
  return list(
    source,
    library.tracks.map(({ id }) => id),
    app ?? '',
  );
}

interface RadioQuery {
  readonly station?: string | undefined;
  /** In the unit's own measure: MHz for FM and DAB, kHz for AM. */
  readonly frequency?: number | undefined;
  readonly unit?: string | undefined;
  readonly genre?: string | undefined;
}

/** A station by name, frequency or genre; the first one when nothing was asked for. */
export function radioProgramme(
  { station, frequency, unit, genre }: RadioQuery,
  library: MediaLibrary,
): Programme | undefined {
  const fits = (each: Station) => {
    if (station !== undefined && !names(station, each.name)) return false;
    if (frequency !== undefined && Math.abs(each.frequency - frequency) > 0.05) return false;
    if (unit !== undefined && each.band !== unit.toUpperCase()) return false;
    return genre === undefined || names(genre, each.genre);
  };
  const hit = library.stations.find(fits);
  return hit && { source: 'radio', queue: [], order: [], index: 0, label: '', station: hit.name };
}
