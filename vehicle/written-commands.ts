import type { Command, SlotValue } from './command.ts';
import type { Intent, SlotName } from './ontology.generated.ts';
import type { SignalValue } from './signals/signal.ts';

/** The intent in the outcome of a write that no spoken command stands for. */
export const INTENTLESS: Intent = 'none.out_of_scope.select';
/** A switch let go: the motion stops. */
export const HALT = Symbol('halt');

type Slots = Partial<Record<SlotName, SlotValue>>;
type Meaning = (value: SignalValue, path: string) => Command | typeof HALT | undefined;

const slot = (value: string | number, unit?: string): SlotValue => ({
  text: String(value),
  value,
  ...(unit !== undefined && { unit }),
});
const command = (intent: Intent, slots: Slots = {}): Command => ({ intent, slots });
const either =
  (on: Intent, off: Intent, slots: (path: string) => Slots = () => ({})): Meaning =>
  (value, path) =>
    command(value === true ? on : off, slots(path));

/** The zone of a path such as `...Row2.PassengerSide...`. */
function zone(path: string): Slots {
  const rear = path.includes('.Row2.');
  const passenger = /\.Passenger(Side)?\./.test(path);
  return { zone: slot(rear ? (passenger ? 'rear_right' : 'rear_left') : passenger ? 'passenger' : 'driver') };
}

/** A side switch of glass: one press opens or closes, letting go stops. */
function glass(open: Intent, close: Intent): Meaning {
  return (value, path) => {
    const where = path.includes('.Door.') ? zone(path) : {};
    if (value === 'INACTIVE') return HALT;
    if (value === 'TILT_UP') return command(open, { mode: slot('tilt') });
    return command(value === 'OPEN' || value === 'ONE_SHOT_OPEN' ? open : close, where);
  };
}

/** A light that is one place of the switch; off is automatic. */
function lightMode(mode: string): Meaning {
  return (value) => command('light.headlight.set', { mode: slot(value === true ? mode : 'auto') });
}

const MEDIA_ACTIONS: Readonly<Record<string, Intent>> = {
  STOP: 'media.playback.stop',
  PLAY: 'media.playback.resume',
  FAST_FORWARD: 'media.seek.increase',
  FAST_BACKWARD: 'media.seek.decrease',
  SKIP_FORWARD: 'media.playback.next',
  SKIP_BACKWARD: 'media.playback.previous',
};
const SOURCES: Readonly<Record<string, string>> = {
  FM: 'radio',
  AM: 'radio',
  DAB: 'radio',
  USB: 'usb',
  BLUETOOTH: 'bluetooth',
  INTERNET: 'streaming',
  TV: 'video',
  DVD: 'video',
};

/** Actuators behind which a controller keeps a mode: writing them means what saying it means. */
const MEANINGS: readonly (readonly [RegExp, Meaning])[] = [
  [
    /^Vehicle\.Cabin\.Door\..*\.Window\.Position$/,
    (value, path) => command('window.set', { ...zone(path), position: slot(Number(value), 'percent') }),
  ],
  [/^Vehicle\.Cabin\.Door\..*\.Window\.IsOpen$/, either('window.open', 'window.close', zone)],
  [/^Vehicle\.Cabin\.Door\..*\.Window\.Switch$/, glass('window.open', 'window.close')],
  [/^Vehicle\.Cabin\.Sunroof\.Switch$/, glass('sunroof.open', 'sunroof.close')],
  [/^Vehicle\.Cabin\.Door\.[^.]+\.[^.]+\.IsOpen$/, either('door.open', 'door.close', zone)],
  [/^Vehicle\.Cabin\.Door\.[^.]+\.[^.]+\.IsLocked$/, either('door.lock', 'door.unlock', zone)],
  [/^Vehicle\.Body\.Trunk\.Rear\.IsOpen$/, either('trunk.open', 'trunk.close')],
  [/^Vehicle\.Body\.Trunk\.Rear\.IsLocked$/, either('trunk.lock', 'trunk.unlock')],
  [/^Vehicle\.Body\.Trunk\.Front\.IsOpen$/, either('frunk.open', 'frunk.close')],
  [
    /^Vehicle\.Body\.Mirrors\.(.*)\.IsFolded$/,
    (value, path) =>
      command(value === true ? 'mirror.close' : 'mirror.open', {
        side: slot(path.includes('Driver') ? 'left' : 'right'),
      }),
  ],
  [/^Vehicle\.Body\.Horn\.IsActive$/, (value) => (value === true ? command('horn.start') : undefined)],
  [/^Vehicle\.Body\.Lights\.Beam\.High\.IsOn$/, either('light.high_beam.on', 'light.high_beam.off')],
  [/^Vehicle\.Body\.Lights\.Beam\.Low\.IsOn$/, either('light.headlight.on', 'light.headlight.off')],
  [/^Vehicle\.Body\.Lights\.Parking\.IsOn$/, lightMode('parking')],
  [/^Vehicle\.Body\.Lights\.Running\.IsOn$/, lightMode('daytime')],
  [
    /^Vehicle\.Body\.Lights\.LightSwitch$/,
    (value) =>
      value === 'OFF'
        ? command('light.headlight.off')
        : command('light.headlight.set', { mode: slot(String(value).toLowerCase()) }),
  ],
  [/^Vehicle\.Cabin\.HVAC\.IsPowered$/, either('climate.power.on', 'climate.power.off')],
  [/^Vehicle\.Cabin\.HVAC\.IsAutoActive$/, either('climate.auto.on', 'climate.auto.off')],
  [/^Vehicle\.Cabin\.HVAC\.IsSyncActive$/, either('climate.sync.on', 'climate.sync.off')],
  [/^Vehicle\.Cabin\.HVAC\.IsAirConditioningActive$/, either('climate.ac.on', 'climate.ac.off')],
  [
    /^Vehicle\.Cabin\.HVAC\.IsRecirculationActive$/,
    either('climate.recirculation.on', 'climate.recirculation.off'),
  ],
  [/^Vehicle\.Cabin\.HVAC\.IsFrontDefrosterActive$/, either('climate.defrost.on', 'climate.defrost.off')],
  [
    /^Vehicle\.Cabin\.HVAC\.Station\..*\.FanSpeed$/,
    (value, path) => command('climate.fan.set', { ...zone(path), level: slot(Number(value), 'percent') }),
  ],
  [/^Vehicle\.Cabin\.Infotainment\.Media\.Action$/, (value) => mediaAction(String(value))],
  [
    /^Vehicle\.Cabin\.Infotainment\.Media\.Played\.Source$/,
    (value) => command('media.source.set', { source: slot(SOURCES[String(value)] ?? String(value)) }),
  ],
  [/^Vehicle\.Cabin\.Infotainment\.Media\.IsShuffleActive$/, either('media.shuffle.on', 'media.shuffle.off')],
  [/^Vehicle\.ADAS\.CruiseControl\.IsEnabled$/, either('drive.cruise.on', 'drive.cruise.off')],
  [/^Vehicle\.ADAS\.CruiseControl\.IsActive$/, either('drive.cruise.resume', 'drive.cruise.off')],
  [
    /^Vehicle\.ADAS\.CruiseControl\.SpeedSet$/,
    (value) => command('drive.cruise.set', { speed: slot(Number(value), 'kmh') }),
  ],
  [
    /^Vehicle\.Powertrain\.TractionBattery\.Charging\.StartStopCharging$/,
    (value) => command(value === 'START' ? 'energy.charging.start' : 'energy.charging.stop'),
  ],
  [
    /^Vehicle\.Powertrain\.TractionBattery\.Charging\.Timer\.Time$/,
    (value) => command('energy.charging.start', { datetime: slot(String(value)) }),
  ],
  [
    /^Vehicle\.Powertrain\.TractionBattery\.Charging\.Timer\.Mode$/,
    (value) => (value === 'INACTIVE' ? command('energy.charging.stop') : undefined),
  ],
  [
    /^Vehicle\.Powertrain\.TractionBattery\.Charging\.ChargingPort\.RearLeft\.IsFlapOpen$/,
    either('charge_port.open', 'charge_port.close'),
  ],
];

function mediaAction(value: string): Command | undefined {
  const intent = MEDIA_ACTIONS[value];
  return intent && command(intent);
}

/** What writing an actuator means as a command; undefined where the value simply is set. */
export function commandOfWrite(path: string, value: SignalValue): Command | typeof HALT | undefined {
  return MEANINGS.find(([pattern]) => pattern.test(path))?.[1](value, path);
}
