import { speed, temperature, UNIT_SIGNALS, unitsOf } from '../language/measures.ts';
import { playedWords } from '../panels/media.ts';
import { gearWords } from '../panels/status.ts';
import { numberAt, targetAt } from '../signals.ts';
import type { Signals } from '../store.ts';
import type { ScreenText } from './screens.ts';

const SETTING = 'Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature';
const CHARGE = 'Vehicle.Powertrain.TractionBattery.StateOfCharge.Current';
const GEAR = 'Vehicle.Powertrain.Transmission.CurrentGear';
const MEDIA = 'Vehicle.Cabin.Infotainment.Media';

export const SCREEN_SIGNALS: readonly string[] = [
  SETTING,
  CHARGE,
  GEAR,
  ...Object.values(UNIT_SIGNALS),
  ...['Source', 'Track', 'Artist', 'Album', 'Station', 'Frequency'].map((name) => `${MEDIA}.Played.${name}`),
];

/** What the screens in the car tell: the same words as the panels beside the picture. */
export function screenText(signals: Signals): ScreenText {
  const units = unitsOf(signals);
  const driven = speed(numberAt(signals, 'Vehicle.Speed'), units);
  const { title, line } = playedWords(signals);
  return {
    speed: driven.value,
    unit: driven.unit,
    gear: gearWords(targetAt(signals, GEAR)),
    // As the bar shows it: a battery that is used a little is no reason for a new picture.
    charge: Math.round(numberAt(signals, CHARGE) ?? 0) / 100,
    temperature: temperature(targetAt(signals, SETTING), units),
    title,
    artist: line,
  };
}
