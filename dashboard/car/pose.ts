import { isOn, numberAt, textAt } from '../signals.ts';
import type { Signals } from '../store.ts';
import { screenText, SCREEN_SIGNALS } from './screen-text.ts';
import type { ScreenText } from './screens.ts';
import { clamp } from './shapes.ts';

const DOOR = 'Vehicle.Cabin.Door';
const LIGHTS = 'Vehicle.Body.Lights';
const SEAT = 'Vehicle.Cabin.Seat';
const AMBIENT = 'Vehicle.Cabin.Light.AmbientLight.Row1';
const FLAP = 'Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.RearLeft.IsFlapOpen';

const WIPERS = 'Vehicle.Body.Windshield.Front.Wiping.Mode';
const RAIN = 'Vehicle.Body.Raindetection.Intensity';
const GEAR = 'Vehicle.Powertrain.Transmission.CurrentGear';
const PARK_LOCK = 'Vehicle.Powertrain.Transmission.IsParkLockEngaged';
const LOCATION = 'Vehicle.CurrentLocation';
/** Strokes a minute by mode. */
const STROKES: Readonly<Record<string, number>> = { INTERVAL: 10, SLOW: 35, MEDIUM: 45, FAST: 57 };

/** Places of the car, as VSS names them; the steering wheel is on the left. */
const SIDES = {
  frontLeft: 'Row1.DriverSide',
  frontRight: 'Row1.PassengerSide',
  rearLeft: 'Row2.DriverSide',
  rearRight: 'Row2.PassengerSide',
};
const SEATS = { ...SIDES, rearMiddle: 'Row2.Middle' };
export type Side = keyof typeof SIDES;
export type SeatPlace = keyof typeof SEATS;

/** Everything that moves or shines, each from 0 to 1 unless said otherwise. */
export interface Pose {
  readonly door: Readonly<Record<Side, number>>;
  /** 0 closed, 1 open. */
  readonly window: Readonly<Record<Side, number>>;
  /** −1 tilted, 0 closed, 1 open. */
  readonly sunroof: number;
  readonly gate: number;
  readonly frunk: number;
  readonly flap: number;
  readonly mirror: { readonly left: number; readonly right: number };
  /** Degrees, positive to the left as in VSS. */
  readonly steering: number;
  /** km/h, backwards below 0. */
  readonly speed: number;
  readonly light: Readonly<
    Record<'daytime' | 'low' | 'high' | 'fogFront' | 'tail' | 'brake' | 'reverse' | 'fogRear', number>
  >;
  readonly blink: { readonly left: boolean; readonly right: boolean };
  readonly dome: number;
  readonly ambient: {
    readonly left: string | undefined;
    readonly right: string | undefined;
    readonly power: number;
  };
  /** Strokes of the wipers in a minute. */
  readonly wiping: number;
  /** −1 cooled … 1 heated. */
  readonly seat: Readonly<Record<SeatPlace, number>>;
  /** 0 night … 1 day. */
  readonly daylight: number;
  /** 0 dry … 1 downpour. */
  readonly rain: number;
  readonly isParked: boolean;
  readonly screens: ScreenText;
  /** Degrees; undefined while the car does not know where it is. */
  readonly place:
    { readonly longitude: number; readonly latitude: number; readonly heading: number } | undefined;
}

/** Signals that the picture of the car follows. */
export const POSE_SIGNALS: readonly string[] = [
  ...Object.values(SIDES).flatMap((side) => [`${DOOR}.${side}.IsOpen`, `${DOOR}.${side}.Window.Position`]),
  ...Object.values(SEATS).map((seat) => `${SEAT}.${seat}.HeatingCooling`),
  ...[
    'Beam.Low.IsOn',
    'Beam.High.IsOn',
    'Fog.Front.IsOn',
    'Fog.Rear.IsOn',
    'Parking.IsOn',
    'Running.IsOn',
    'Backup.IsOn',
  ].map((name) => `${LIGHTS}.${name}`),
  ...['Hazard', 'DirectionIndicator.Left', 'DirectionIndicator.Right'].map(
    (name) => `${LIGHTS}.${name}.IsSignaling`,
  ),
  ...['DriverSide', 'PassengerSide'].flatMap((side) => [
    `Vehicle.Body.Mirrors.${side}.FoldPosition`,
    `Vehicle.Body.Mirrors.${side}.IsFolded`,
    ...['IsLightOn', 'Color', 'Intensity'].map((name) => `${AMBIENT}.${side}.${name}`),
  ]),
  `${LIGHTS}.Brake.IsActive`,
  'Vehicle.Cabin.Sunroof.Position',
  'Vehicle.Body.Trunk.Rear.Position',
  'Vehicle.Body.Trunk.Rear.IsOpen',
  'Vehicle.Body.Trunk.Front.Position',
  'Vehicle.Body.Trunk.Front.IsOpen',
  'Vehicle.Body.Hood.IsOpen',
  FLAP,
  'Vehicle.Chassis.SteeringWheel.Angle',
  'Vehicle.Speed',
  'Vehicle.Cabin.Light.IsDomeOn',
  'Vehicle.Exterior.LightIntensity',
  WIPERS,
  RAIN,
  PARK_LOCK,
  ...SCREEN_SIGNALS,
  ...['Longitude', 'Latitude', 'Heading'].map((name) => `${LOCATION}.${name}`),
];

/** The picture that the signals ask for. Signals that the car lacks leave a closed, dark, parked car. */
export function poseOf(signals: Signals): Pose {
  const share = (path: string, low = 0) => clamp((numberAt(signals, path) ?? 0) / 100, low, 1);
  const lit = (path: string) => Number(isOn(signals, `${LIGHTS}.${path}`));
  /** A position where the car has one, else open or closed. */
  const lid = (path: string) =>
    numberAt(signals, `${path}.Position`) === undefined
      ? Number(isOn(signals, `${path}.IsOpen`))
      : share(`${path}.Position`);
  const mirror = (side: string) => {
    const path = `Vehicle.Body.Mirrors.${side}`;
    return numberAt(signals, `${path}.FoldPosition`) === undefined
      ? Number(isOn(signals, `${path}.IsFolded`))
      : share(`${path}.FoldPosition`);
  };
  const hazard = isOn(signals, `${LIGHTS}.Hazard.IsSignaling`);
  const night = lit('Parking.IsOn') + lit('Beam.Low.IsOn') + lit('Beam.High.IsOn') > 0;
  const each = <K extends string>(
    places: Readonly<Record<K, string>>,
    read: (place: string) => number,
  ): Record<K, number> => {
    const entries = (Object.keys(places) as K[]).map((name) => [name, read(places[name])] as const);
    return Object.fromEntries(entries) as Record<K, number>;
  };
  return {
    door: each(SIDES, (side) => Number(isOn(signals, `${DOOR}.${side}.IsOpen`))),
    window: each(SIDES, (side) => share(`${DOOR}.${side}.Window.Position`)),
    sunroof: share('Vehicle.Cabin.Sunroof.Position', -1),
    gate: lid('Vehicle.Body.Trunk.Rear'),
    frunk: Math.max(lid('Vehicle.Body.Trunk.Front'), Number(isOn(signals, 'Vehicle.Body.Hood.IsOpen'))),
    flap: Number(isOn(signals, FLAP)),
    mirror: { left: mirror('DriverSide'), right: mirror('PassengerSide') },
    steering: numberAt(signals, 'Vehicle.Chassis.SteeringWheel.Angle') ?? 0,
    speed: (numberAt(signals, 'Vehicle.Speed') ?? 0) * ((numberAt(signals, GEAR) ?? 0) < 0 ? -1 : 1),
    light: {
      daytime: Math.max(lit('Running.IsOn'), night ? 0.7 : 0),
      low: lit('Beam.Low.IsOn'),
      high: lit('Beam.High.IsOn'),
      fogFront: lit('Fog.Front.IsOn'),
      tail: night || lit('Running.IsOn') > 0 ? 1 : 0,
      brake: textAt(signals, `${LIGHTS}.Brake.IsActive`) === 'ACTIVE' ? 1 : 0,
      reverse: lit('Backup.IsOn'),
      fogRear: lit('Fog.Rear.IsOn'),
    },
    blink: {
      left: hazard || isOn(signals, `${LIGHTS}.DirectionIndicator.Left.IsSignaling`),
      right: hazard || isOn(signals, `${LIGHTS}.DirectionIndicator.Right.IsSignaling`),
    },
    dome: Number(isOn(signals, 'Vehicle.Cabin.Light.IsDomeOn')),
    ambient: {
      left: ambientColor(signals, 'DriverSide'),
      right: ambientColor(signals, 'PassengerSide'),
      power: share(`${AMBIENT}.DriverSide.Intensity`),
    },
    wiping: strokes(textAt(signals, WIPERS), numberAt(signals, RAIN) ?? 0),
    seat: each(SEATS, (seat) => share(`${SEAT}.${seat}.HeatingCooling`, -1)),
    daylight: clamp((numberAt(signals, 'Vehicle.Exterior.LightIntensity') ?? 80) / 100),
    rain: share(RAIN),
    isParked: (numberAt(signals, 'Vehicle.Speed') ?? 0) === 0 && signals[PARK_LOCK]?.value !== false,
    screens: screenText(signals),
    place: placeOf(signals),
  };
}

function placeOf(signals: Signals): Pose['place'] {
  const [longitude, latitude, heading] = ['Longitude', 'Latitude', 'Heading'].map((name) =>
    numberAt(signals, `${LOCATION}.${name}`),
  );
  // VSS begins with a latitude of −90, where no streets are.
  if (longitude === undefined || latitude === undefined || latitude <= -90) return undefined;
  return { longitude, latitude, heading: heading ?? 0 };
}

/** How often the blades go in a minute. @param rain percent */
function strokes(mode: string, rain: number): number {
  if (mode !== 'RAIN_SENSOR') return STROKES[mode] ?? 0;
  return rain <= 0 ? 0 : rain < 25 ? 15 : rain < 60 ? 40 : 57;
}

function ambientColor(signals: Signals, side: string): string | undefined {
  const color = textAt(signals, `${AMBIENT}.${side}.Color`);
  return isOn(signals, `${AMBIENT}.${side}.IsLightOn`) && /^#[0-9a-f]{6}$/i.test(color) ? color : undefined;
}
