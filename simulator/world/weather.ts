/** Weather that is a function of time alone: mild and windy, as on the North Sea. */
import type { WeatherReport } from '../../vehicle/world.ts';
import { hashUnit } from './random.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Fronts pass about this often, milliseconds. */
const FRONT = 9 * HOUR;

/** Of the noise that makes the weather: above it rains. */
const WET = 0.66;

const wave = (share: number) => Math.cos(2 * Math.PI * share);

/** Smooth noise in [0, 1): a value each `FRONT`, eased between. */
function fronts(name: string, when: number): number {
  const index = Math.floor(when / FRONT);
  const t = when / FRONT - index;
  const ease = t * t * (3 - 2 * t);
  return hashUnit(name, index) * (1 - ease) + hashUnit(name, index + 1) * ease;
}

/** @param when local time, see `openAt`: the mornings are cold where the clocks say morning */
export function weatherAt(place: string, when: number): WeatherReport {
  const year = (when / (365.2425 * DAY)) % 1;
  const hour = (when % DAY) / DAY;
  // Coldest at the end of January, and an hour before sunrise.
  const season = 9.5 - 8.5 * wave(year - 0.07);
  const day = -3.2 * wave(hour - 4 / 24);
  const wetness = fronts('wet', when);
  const temperature =
    Math.round((season + day * (1.2 - wetness) + 7 * (fronts('warm', when) - 0.5)) * 10) / 10;
  const chanceOfRain = Math.round(100 * Math.max(0, Math.min(1, (wetness - 0.25) / 0.6)));
  return { place, condition: conditionOf(wetness, temperature, hour), temperature, chanceOfRain };
}

function conditionOf(wetness: number, temperature: number, hour: number): WeatherReport['condition'] {
  if (wetness > WET) return temperature < 1 ? 'snow' : 'rain';
  if (wetness > 0.58 && temperature < 9 && hour > 0.15 && hour < 0.38) return 'fog';
  return wetness > 0.42 ? 'cloudy' : 'clear';
}

/** Percent of the strongest rain or snow at a moment; 0 while it is dry. @param when local time, see `openAt` */
export function rainAt(when: number): number {
  const wetness = fronts('wet', when);
  if (wetness <= WET) return 0;
  // Showers within a front: it rains harder and softer by minutes.
  const gust = 0.5 + 0.5 * fronts('shower', when * (FRONT / (20 * 60_000)));
  return Math.max(5, Math.round(100 * Math.min(1, ((wetness - WET) / (1 - WET)) * 1.6) * gust));
}

/**
 * Sunlight through the sky, 0 at night to 1 at a clear noon.
 * @param when local time, see `openAt`; the sun stands highest at noon
 * @param latitude degrees north
 */
export function sunAt(when: number, latitude: number): number {
  const year = (when / (365.2425 * DAY)) % 1;
  const hour = (when % DAY) / DAY;
  // Sine of the sun's height (declination after Cooper 1969, hour angle; refraction left out).
  const declination = (23.45 * Math.PI * Math.sin(2 * Math.PI * (year + 284 / 365))) / 180;
  const phi = (latitude * Math.PI) / 180;
  const height = Math.sin(phi) * Math.sin(declination) - Math.cos(phi) * Math.cos(declination) * wave(hour);
  const sky = { clear: 1, cloudy: 0.5, fog: 0.4, rain: 0.25, snow: 0.35 }[weatherAt('', when).condition];
  return Math.max(0, height) * sky;
}
