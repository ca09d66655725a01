import { isOn, numberAt, targetAt, textAt } from '../signals.ts';
import type { DashboardState } from '../../simulator/server/protocol.ts';

/** Signals that decide what is worth suggesting. */
export const SUGGESTION_SIGNALS = [
  'Vehicle.IsMoving',
  'Vehicle.Speed',
  'Vehicle.Cabin.Infotainment.Media.PlaybackState',
  'Vehicle.Cabin.Infotainment.Navigation.IsGuidanceActive',
  'Vehicle.Cabin.Door.Row1.DriverSide.Window.Position',
  'Vehicle.Exterior.LightIntensity',
  'Vehicle.Body.Lights.Beam.Low.IsOn',
  'Vehicle.Exterior.AirTemperature',
  'Vehicle.Powertrain.TractionBattery.StateOfCharge.Current',
] as const;

const DARK = 30;
const COLD = 10;
const LOW_BATTERY = 30;
const AT_MOST = 5;

/** What a person could say now, most fitting first; at most five. */
export function suggest({ signals, route }: Pick<DashboardState, 'signals' | 'route'>): readonly string[] {
  const moving = isOn(signals, 'Vehicle.IsMoving') || (numberAt(signals, 'Vehicle.Speed') ?? 0) > 0;
  const playing = textAt(signals, 'Vehicle.Cabin.Infotainment.Media.PlaybackState') === 'PLAYING';
  const lit = isOn(signals, 'Vehicle.Body.Lights.Beam.Low.IsOn');
  const dark = (numberAt(signals, 'Vehicle.Exterior.LightIntensity') ?? 100) < DARK;
  const cold = (numberAt(signals, 'Vehicle.Exterior.AirTemperature') ?? 20) < COLD;
  const charge = numberAt(signals, 'Vehicle.Powertrain.TractionBattery.StateOfCharge.Current') ?? 100;
  const windowOpen = (targetAt(signals, 'Vehicle.Cabin.Door.Row1.DriverSide.Window.Position') ?? 0) > 0;

  const ideas = [
    charge < LOW_BATTERY && 'Find the nearest charging station',
    route ? 'When will we arrive?' : 'Take me home',
    windowOpen ? 'Close my window' : 'Open my window halfway',
    'Set the temperature to 21 degrees',
    playing ? 'Skip this song' : 'Play some jazz',
    cold && 'Turn on the seat heating',
    dark && !lit && 'Turn on the headlights',
    moving ? 'How far can I go?' : 'Open the trunk',
    route && 'Stop the navigation',
    'Make it purple in here',
  ];
  return ideas.filter((idea): idea is string => typeof idea === 'string').slice(0, AT_MOST);
}
