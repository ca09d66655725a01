import { html, setText, svg } from '../dom.ts';
import { t } from '../language/language.ts';
import { isOn, numberAt, targetAt, textAt } from '../signals.ts';
import type { Signals, Store } from '../store.ts';

const MEDIA = 'Vehicle.Cabin.Infotainment.Media';
const PATHS = [
  `${MEDIA}.PlaybackState`,
  `${MEDIA}.Volume`,
  `${MEDIA}.IsMuted`,
  `${MEDIA}.IsShuffleActive`,
  `${MEDIA}.RepeatMode`,
  ...['Source', 'Track', 'Artist', 'Album', 'Station', 'Frequency', 'Position', 'Duration', 'IsFavorite'].map(
    (name) => `${MEDIA}.Played.${name}`,
  ),
];

const STATES = ['PLAYING', 'PAUSED', 'STOPPED', 'INTERRUPTED'] as const;

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

/** What plays, how far it is, how loud. */
export function createMediaPanel(root: HTMLElement, store: Store): void {
  const title = html('p', { class: 'media-title', translate: 'no', 'data-testid': 'media-title' });
  const line = html('p', { class: 'media-line', translate: 'no' });
  const state = html('p', { class: 'media-state', 'data-testid': 'media-state' });
  const favourite = html('span', { class: 'media-favourite', 'aria-label': t('media.favourite') }, '★');
  const progress = html('progress', {
    class: 'media-progress',
    max: 1,
    value: 0,
    'aria-label': t('media.progress'),
  });
  const times = html('p', { class: 'media-times' });
  const volume = html('meter', {
    class: 'media-volume',
    min: 0,
    max: 100,
    value: 0,
    'aria-label': t('media.volume'),
  });
  const volumeWords = html('span', {});
  const lamps = html('ul', { class: 'lamps', 'aria-label': t('media.playback') });
  const cover = coverArt();
  root.append(
    html(
      'div',
      { class: 'media-top' },
      cover.element,
      html(
        'div',
        { class: 'media-words' },
        html('div', { class: 'media-head' }, state, favourite),
        title,
        line,
      ),
    ),
    progress,
    times,
    html('p', { class: 'media-loud' }, html('span', {}, t('media.volume')), volume, volumeWords),
    lamps,
  );
  store.onSignals(PATHS, (signals) => {
    const words = playedWords(signals);
    const playback = textAt(signals, `${MEDIA}.PlaybackState`);
    const muted = isOn(signals, `${MEDIA}.IsMuted`);
    const loud = targetAt(signals, `${MEDIA}.Volume`) ?? 0;
    const [position, duration] = ['Position', 'Duration'].map(
      (name) => numberAt(signals, `${MEDIA}.Played.${name}`) ?? 0,
    );
    setText(title, words.title);
    setText(line, words.line);
    const known = STATES.find((each) => each === playback);
    setText(state, known ? t(`media.${known}`) : '');
    root.dataset['state'] = playback.toLowerCase();
    cover.show(words.title, playback === 'PLAYING');
    favourite.hidden = !isOn(signals, `${MEDIA}.Played.IsFavorite`);
    progress.hidden = !duration;
    times.hidden = !duration;
    progress.value = duration ? Math.min(1, (position ?? 0) / duration) : 0;
    setText(
      times,
      duration
        ? t('media.times', { position: clockWords(position ?? 0), duration: clockWords(duration) })
        : '',
    );
    volume.value = muted ? 0 : loud;
    setText(volumeWords, muted ? t('media.muted') : `${loud} %`);
    const repeat = textAt(signals, `${MEDIA}.RepeatMode`);
    const active = [
      isOn(signals, `${MEDIA}.IsShuffleActive`) && t('media.shuffle'),
      repeat === 'ONE' && t('media.repeatOne'),
      repeat === 'ALL' && t('media.repeatAll'),
    ];
    const wanted = active.filter((word): word is string => typeof word === 'string');
    if (lamps.dataset['shown'] !== wanted.join()) {
      lamps.dataset['shown'] = wanted.join();
      lamps.replaceChildren(...wanted.map((word) => html('li', { class: 'lamp', 'data-on': 'true' }, word)));
    }
  });
}

/** A picture for a title that has none: circles and a hue that follow from the letters. */
function coverArt() {
  const disc = svg('circle', { cx: 32, cy: 32, r: 20 });
  const ring = svg('circle', { cx: 44, cy: 22, r: 26, 'fill-opacity': 0.45 });
  const base = svg('rect', { width: 64, height: 64 });
  const element = svg(
    'svg',
    { class: 'cover', viewBox: '0 0 64 64', 'aria-hidden': 'true' },
    base,
    ring,
    disc,
  );
  const show = (title: string, playing: boolean) => {
    const seed = Array.from(title).reduce(
      (sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 3_600,
      7,
    );
    const hue = seed % 360;
    base.setAttribute('fill', `hsl(${hue} 45% ${playing ? 26 : 18}%)`);
    ring.setAttribute('fill', `hsl(${(hue + 50) % 360} 70% 55%)`);
    disc.setAttribute('fill', `hsl(${(hue + 300) % 360} 65% 60%)`);
    disc.setAttribute('r', String(12 + (seed % 13)));
  };
  return { element, show };
}
