import type { Command } from '../command.ts';
import { amountOfWord, amountPercent, count, levelPercent, plain, TENTHS, word } from '../slots.ts';
import { answered, done, needs, refused, write, type Plan, type View } from './plan.ts';

const INFOTAINMENT = 'Vehicle.Cabin.Infotainment';
const MUTED = `${INFOTAINMENT}.Media.IsMuted`;
const EQUALIZER = `${INFOTAINMENT}.Media.Equalizer`;
const VOLUMES: Readonly<Record<string, string>> = {
  media: `${INFOTAINMENT}.Media.Volume`,
  navigation: `${INFOTAINMENT}.Navigation.Volume`,
  phone: `${INFOTAINMENT}.Phone.Volume`,
  voice: `${INFOTAINMENT}.Voice.Volume`,
  alerts: `${INFOTAINMENT}.Alerts.Volume`,
};
/** What a channel other than media is given back when it was silent. */
const AUDIBLE = 40;

/** Volume of a channel, and the equalizer. */
export function planSound(command: Command, view: View): Plan<never> {
  return command.intent.startsWith('media.volume.') ? volume(command, view) : equalizer(command, view);
}

function volume({ intent, slots }: Command, view: View): Plan<never> {
  const channel = word(slots, 'channel') ?? 'media';
  const path = VOLUMES[channel];
  if (path === undefined) return refused('media.volume.no_channel', { channel });
  const { min = 0, max = 100 } = view.catalogue.get(path);
  const now = view.goal(path);
  const muted = channel === 'media' && view.flag(MUTED);
  const set = (wanted: number, code: string): Plan<never> => {
    const percent = Math.round(Math.min(max, Math.max(min, wanted)));
    // Setting a volume is meant to be heard.
    const unmute = muted && percent > 0 ? [write(MUTED, false)] : [];
    const limit =
      percent === max
        ? 'media.volume.loudest'
        : percent === min
          ? 'media.volume.softest'
          : 'media.volume.already';
    return done(code, { percent, channel }, { writes: [...unmute, write(path, percent)], already: limit });
  };
  switch (intent) {
    case 'media.volume.off':
      if (channel === 'media')
        return done(
          'media.volume.off',
          { channel },
          { writes: [write(MUTED, true)], already: 'media.volume.already_muted' },
        );
      // Warnings cannot be silenced: their volume has a floor.
      if (min > 0) return refused('media.volume.never_silent', { channel });
      return done(
        'media.volume.off',
        { channel },
        { writes: [write(path, 0)], already: 'media.volume.already_muted' },
      );
    case 'media.volume.on':
      if (channel === 'media')
        return done(
          'media.volume.on',
          { channel, percent: now },
          { writes: [write(MUTED, false)], already: 'media.volume.audible' },
        );
      return done(
        'media.volume.on',
        { channel, percent: now || AUDIBLE },
        { writes: [write(path, now || AUDIBLE)], already: 'media.volume.audible' },
      );
    case 'media.volume.query':
      return answered(muted ? 'media.volume.query_muted' : 'media.volume.query', { percent: now, channel });
    default:
  }
  const level = slots.level && levelPercent(slots.level, TENTHS);
  if (slots.level && level === undefined) return refused('level.range', { highest: 10 });
  if (level !== undefined) return set(level, 'media.volume.set');
  if (intent === 'media.volume.set') return needs('level', 'media.volume.which');
  const step = amountPercent(slots.amount, TENTHS);
  return intent === 'media.volume.increase'
    ? set(now + step, 'media.volume.increase')
    : set(now - step, 'media.volume.decrease');
}

const BANDS: readonly (readonly [RegExp, string])[] = [
  [/bass|low/, 'Bass'],
  [/treble|high/, 'Treble'],
  [/mid/, 'Mid'],
  [/balance|left|right/, 'Balance'],
  [/fade|front|rear|back/, 'Fader'],
];
const BAND_STEP = { small: 1, normal: 2, large: 5 };

function equalizer({ intent, slots }: Command, view: View): Plan<never> {
  const mode = plain(word(slots, 'mode') ?? '');
  if (mode === '') return needs('mode', 'media.equalizer.which');
  const preset = view.catalogue
    .get(`${EQUALIZER}.Preset`)
    .allowed?.find((name) => mode.includes(plain(name)));
  if (preset !== undefined)
    return done(
      'media.equalizer.preset',
      { preset: preset.toLowerCase() },
      { writes: [write(`${EQUALIZER}.Preset`, preset)] },
    );
  const band = BANDS.find(([pattern]) => pattern.test(mode))?.[1];
  if (band === undefined) return refused('media.equalizer.no_such', { mode });
  const path = `${EQUALIZER}.${band}`;
  const { min = -10, max = 10 } = view.catalogue.get(path);
  const number = count(slots.amount);
  const percent =
    slots.amount?.unit === 'percent' && number !== undefined ? (number * (max - min)) / 100 : number;
  const step = percent ?? amountOfWord(slots.amount, BAND_STEP);
  const now = view.goal(path);
  // "Set the bass to five" is absolute, "more bass" relative; "set the bass" alone is the middle.
  const wanted =
    intent === 'media.equalizer.set'
      ? (number ?? 0)
      : now + (intent === 'media.equalizer.increase' ? step : -step);
  const value = Math.round(Math.min(max, Math.max(min, wanted)));
  return done(
    'media.equalizer.set',
    { band: band.toLowerCase(), value },
    { writes: [write(path, value)], already: 'media.equalizer.limit' },
  );
}
