import { tell } from '../small-car.ts';
import { MEDIA, NAVIGATION, first, type Case } from './case.ts';

/** Media. */
export const MEDIA_COMMANDS: readonly Case[] = [
  {
    intent: 'media.playback.start',
    slots: { genre: 'jazz' },
    then: {
      [`${MEDIA}.PlaybackState`]: 'PLAYING',
      [`${MEDIA}.Played.Artist`]: 'The Copper Trio',
      [`${MEDIA}.Played.Source`]: 'INTERNET',
    },
  },
  {
    intent: 'media.playback.start',
    slots: { song: 'open road', artist: 'silver arrows' },
    then: { [`${MEDIA}.Played.Track`]: 'Open Road', [`${MEDIA}.Played.Album`]: 'Full Throttle' },
  },
  {
    intent: 'media.playback.start',
    slots: { podcast: 'tech talk' },
    then: { [`${MEDIA}.Played.Playlist`]: 'Tech Talk' },
  },
  {
    intent: 'media.playback.start',
    slots: { song: 'No Such Song' },
    status: 'refused',
    code: 'media.not_found',
  },
  {
    intent: 'media.playback.pause',
    given: first('media.playback.start', { genre: 'jazz' }),
    then: { [`${MEDIA}.PlaybackState`]: 'PAUSED', [`${MEDIA}.Played.Artist`]: 'The Copper Trio' },
  },
  {
    intent: 'media.playback.resume',
    given: (car) => {
      tell(car, 'media.playback.start', { genre: 'jazz' });
      tell(car, 'media.playback.pause');
    },
    then: { [`${MEDIA}.PlaybackState`]: 'PLAYING' },
  },
  {
    intent: 'media.playback.stop',
    given: first('media.playback.start', { genre: 'jazz' }),
    then: { [`${MEDIA}.PlaybackState`]: 'STOPPED' },
  },
  {
    intent: 'media.playback.next',
    given: first('media.playback.start', { genre: 'jazz' }),
    then: { [`${MEDIA}.Played.Track`]: 'Slow Elevator' },
  },
  {
    intent: 'media.playback.previous',
    given: (car) => {
      tell(car, 'media.playback.start', { genre: 'jazz' });
      car.advance(9000);
    },
    code: 'media.restart',
    then: { [`${MEDIA}.Played.Track`]: 'Midnight at Nine', [`${MEDIA}.Played.Position`]: 0 },
  },
  {
    intent: 'media.playback.query',
    given: first('media.playback.start', { genre: 'jazz' }),
    status: 'answered',
    facts: { title: 'Midnight at Nine', artist: 'The Copper Trio' },
  },
  {
    intent: 'media.seek.increase',
    slots: { duration: 'PT1M' },
    given: first('media.playback.start', { genre: 'jazz' }),
    then: { [`${MEDIA}.Played.Position`]: 60 },
  },
  {
    intent: 'media.seek.decrease',
    given: (car) => {
      tell(car, 'media.playback.start', { genre: 'jazz' });
      car.advance(50_000);
    },
    then: { [`${MEDIA}.Played.Position`]: 20 },
  },
  {
    intent: 'media.shuffle.on',
    given: first('media.playback.start', { genre: 'jazz' }),
    then: { [`${MEDIA}.IsShuffleActive`]: true, [`${MEDIA}.Played.Track`]: 'Midnight at Nine' },
  },
  {
    intent: 'media.shuffle.off',
    given: first('media.shuffle.on'),
    then: { [`${MEDIA}.IsShuffleActive`]: false },
  },
  { intent: 'media.repeat.on', slots: { mode: 'this song' }, then: { [`${MEDIA}.RepeatMode`]: 'ONE' } },
  { intent: 'media.repeat.off', given: first('media.repeat.on'), then: { [`${MEDIA}.RepeatMode`]: 'OFF' } },
  {
    intent: 'media.favorite.add',
    given: first('media.playback.start', { genre: 'jazz' }),
    then: { [`${MEDIA}.Played.IsFavorite`]: true },
  },
  {
    intent: 'media.favorite.remove',
    given: (car) => {
      tell(car, 'media.playback.start', { genre: 'jazz' });
      tell(car, 'media.favorite.add');
    },
    then: { [`${MEDIA}.Played.IsFavorite`]: false },
  },
  {
    intent: 'media.radio.start',
    slots: { frequency: { value: 98.5, unit: 'fm' } },
    then: {
      [`${MEDIA}.Played.Station`]: 'Rock Antenna',
      [`${MEDIA}.Played.Source`]: 'FM',
      [`${MEDIA}.Played.Frequency`]: 98.5,
    },
  },
  {
    intent: 'media.radio.next',
    given: first('media.radio.start', { station: 'City FM' }),
    then: { [`${MEDIA}.Played.Station`]: 'Jazz Radio' },
  },
  {
    intent: 'media.radio.previous',
    given: first('media.radio.start', { station: 'City FM' }),
    then: { [`${MEDIA}.Played.Station`]: 'Radio One' },
  },
  {
    intent: 'media.source.set',
    slots: { source: 'bluetooth' },
    then: { [`${MEDIA}.Played.Source`]: 'BLUETOOTH' },
  },
  { intent: 'media.volume.off', then: { [`${MEDIA}.IsMuted`]: true, [`${MEDIA}.Volume`]: 35 } },
  {
    intent: 'media.volume.off',
    slots: { channel: 'alerts' },
    status: 'refused',
    code: 'media.volume.never_silent',
    then: { 'Cabin.Infotainment.Alerts.Volume': 60 },
  },
  { intent: 'media.volume.on', given: first('media.volume.off'), then: { [`${MEDIA}.IsMuted`]: false } },
  {
    intent: 'media.volume.set',
    slots: { level: { value: 60, unit: 'percent' } },
    given: first('media.volume.off'),
    then: { [`${MEDIA}.Volume`]: 60, [`${MEDIA}.IsMuted`]: false },
  },
  {
    intent: 'media.volume.increase',
    slots: { amount: 'large', channel: 'navigation' },
    then: { [`${NAVIGATION}.Volume`]: 75, [`${MEDIA}.Volume`]: 35 },
  },
  { intent: 'media.volume.decrease', then: { [`${MEDIA}.Volume`]: 25 } },
  { intent: 'media.volume.query', status: 'answered', facts: { percent: 35 } },
  {
    intent: 'media.equalizer.set',
    slots: { mode: 'bass', amount: 6 },
    then: { [`${MEDIA}.Equalizer.Bass`]: 6 },
  },
  {
    intent: 'media.equalizer.increase',
    slots: { mode: 'treble' },
    then: { [`${MEDIA}.Equalizer.Treble`]: 2 },
  },
  {
    intent: 'media.equalizer.decrease',
    slots: { mode: 'bass', amount: 'large' },
    then: { [`${MEDIA}.Equalizer.Bass`]: -5 },
  },
];
