import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import { isOn, numberAt, targetAt, textAt, textsAt } from '../signals.ts';
import type { Signals, Store } from '../store.ts';
import { createSlider, createSwitch, iconButton, relabel } from './controls.ts';
import { createCover } from './cover-art.ts';
import type { Hand } from './hand.ts';

const MEDIA = 'Vehicle.Cabin.Infotainment.Media';
const ACTION = `${MEDIA}.Action`;
const VOLUME = `${MEDIA}.Volume`;
const MUTED = `${MEDIA}.IsMuted`;
const SHUFFLE = `${MEDIA}.IsShuffleActive`;
const REPEAT = `${MEDIA}.RepeatMode`;
const QUEUE = `${MEDIA}.Queue`;
const PATHS = [
  `${MEDIA}.PlaybackState`,
  VOLUME,
  MUTED,
  SHUFFLE,
  REPEAT,
  QUEUE,
  ...['Source', 'Track', 'Artist', 'Album', 'Station', 'Frequency', 'Position', 'Duration', 'IsFavorite'].map(
    (name) => `${MEDIA}.Played.${name}`,
  ),
];

const STATES = ['PLAYING', 'PAUSED', 'STOPPED', 'INTERRUPTED'] as const;
/** A step of the loudness under a key. */
const VOLUME_STEP = 5;

/** `3:07`; hours only where there are some. */
export function clockWords(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** What plays, in the words that its source has: a track has an artist, a station a frequency. */
export function playedWords(signals: Signals): { readonly title: string; readonly line: string } {
  const played = (name: string) => textAt(signals, `${MEDIA}.Played.${name}`);
  const source = played('Source');
  const frequency = numberAt(signals, `${MEDIA}.Played.Frequency`) ?? 0;
  const station = [played('Station'), frequency > 0 && `${frequency} ${source === 'AM' ? 'kHz AM' : 'MHz'}`]
    .filter(Boolean)
    .join(' · ');
  const title = played('Track') || station || t('media.nothing');
  const known = source !== '' && source !== 'UNKNOWN' ? sourceWords(source) : '';
  const line = [played('Artist'), played('Album'), played('Track') !== '' && station, known]
    .filter(Boolean)
    .join(' · ');
  return { title, line };
}

const sourceWords = (source: string) =>
  source.length <= 3 ? source : source.charAt(0) + source.slice(1).toLowerCase();

/** What plays, how far it is, what comes next, how loud; and the keys of a player. */
export function createMediaPanel(root: HTMLElement, store: Store, hand: Hand): void {
  const title = html('p', { class: 'media-title', translate: 'no', 'data-testid': 'media-title' });
  const line = html('p', { class: 'media-line', translate: 'no' });
  const state = html('span', { class: 'media-state', 'data-testid': 'media-state' });
  const favourite = html(
    'span',
    { class: 'media-favourite', role: 'img', 'aria-label': t('media.favourite') },
    '★',
  );
  const progress = html('progress', {
    class: 'media-progress',
    max: 1,
    value: 0,
    'aria-label': t('media.progress'),
  });
  const times = html('span', { class: 'media-times' });
  const loud = html('span', { class: 'media-percent' });
  const volume = createSlider(t('media.volume'), VOLUME_STEP, (percent, showAgain) => {
    hand.set(VOLUME, percent, showAgain);
  });
  const isPlaying = () => textAt(store.state.signals, `${MEDIA}.PlaybackState`) === 'PLAYING';
  const play = iconButton(
    'play',
    t('media.play'),
    () => {
      if (isPlaying()) hand.say('pause the music');
      else hand.set(ACTION, 'PLAY');
    },
    'media-play',
  );
  const keys = html(
    'div',
    { class: 'media-keys', role: 'group', 'aria-label': t('media.playback') },
    iconButton('previous', t('media.previous'), () => {
      hand.set(ACTION, 'SKIP_BACKWARD');
    }),
    play,
    iconButton('next', t('media.next'), () => {
      hand.set(ACTION, 'SKIP_FORWARD');
    }),
  );
  const flip = (path: string) => (on: boolean) => {
    hand.set(path, on);
  };
  const mute = createSwitch(t('media.mute'), flip(MUTED), 'mute');
  const shuffle = createSwitch(t('media.shuffle'), flip(SHUFFLE), 'shuffle');
  const repeat = createSwitch(
    t('media.repeat'),
    (on) => {
      hand.set(REPEAT, on ? 'ALL' : 'OFF');
    },
    'repeat',
  );
  keys.append(shuffle.element, repeat.element);
  const queue = html('ol', {
    class: 'media-queue',
    'aria-label': t('media.upNext'),
    'data-testid': 'media-queue',
  });
  const ahead = html('div', { class: 'media-ahead' }, html('h3', {}, t('media.upNext')), queue);
  const cover = createCover();
  root.append(
    html(
      'div',
      { class: 'media-top' },
      cover.element,
      html(
        'div',
        { class: 'media-words' },
        html('p', { class: 'media-head' }, state, favourite),
        title,
        line,
      ),
    ),
    html('div', { class: 'media-place' }, progress, times),
    keys,
    html('div', { class: 'media-row' }, mute.element, volume.element, loud),
    ahead,
  );
  store.onSignals(PATHS, (signals) => {
    const words = playedWords(signals);
    const playback = textAt(signals, `${MEDIA}.PlaybackState`);
    const known = STATES.find((each) => each === playback);
    const muted = isOn(signals, MUTED);
    const percent = targetAt(signals, VOLUME) ?? 0;
    const [position = 0, duration = 0] = ['Position', 'Duration'].map(
      (name) => numberAt(signals, `${MEDIA}.Played.${name}`) ?? 0,
    );
    setText(title, words.title);
    setText(line, words.line);
    setText(state, known ? t(`media.${known}`) : '');
    root.dataset['state'] = playback.toLowerCase();
    cover.show(words.title, playback === 'PLAYING');
    favourite.hidden = !isOn(signals, `${MEDIA}.Played.IsFavorite`);
    progress.hidden = times.hidden = duration === 0;
    progress.value = duration === 0 ? 0 : Math.min(1, position / duration);
    setText(times, t('media.times', { position: clockWords(position), duration: clockWords(duration) }));
    const playing = playback === 'PLAYING';
    relabel(play, t(playing ? 'media.pause' : 'media.play'), playing ? 'pause' : 'play');
    const loudness = muted ? t('media.muted') : `${percent} %`;
    volume.show(percent, loudness);
    setText(loud, loudness);
    mute.show(muted);
    shuffle.show(isOn(signals, SHUFFLE));
    repeat.show(textAt(signals, REPEAT) !== '' && textAt(signals, REPEAT) !== 'OFF');
    const one = textAt(signals, REPEAT) === 'ONE';
    relabel(repeat.element, t(one ? 'media.repeatOne' : 'media.repeat'), one ? 'one' : 'repeat');
    showQueue(queue, textsAt(signals, QUEUE));
    ahead.hidden = queue.childElementCount === 0;
  });
}

function showQueue(queue: HTMLElement, titles: readonly string[]): void {
  if (queue.dataset['shown'] === titles.join('\n')) return;
  queue.dataset['shown'] = titles.join('\n');
  queue.replaceChildren(...titles.map((title) => html('li', { translate: 'no' }, title)));
}
