import { assign, setup } from 'xstate';
import type { Command } from '../command.ts';
import type { SignalWrite } from '../safety.ts';
import type { SignalValue } from '../signals/signal.ts';
import { amountPercent, levelPercent, plain, TENTHS, word } from '../slots.ts';
import { durationOf } from '../time.ts';
import { seatPlace, spokenSeats, wheelSide, zoneName } from '../zones.ts';
import { done, needs, refused, unavailable, write, type Plan, type View } from './plan.ts';
import { subsystem, type Subsystem } from './subsystem.ts';

const LIGHTS = 'Vehicle.Body.Lights';
const SWITCH = `${LIGHTS}.LightSwitch`;
const HIGH = `${LIGHTS}.Beam.High.IsOn`;
const HIGH_SWITCH = `${LIGHTS}.IsHighBeamSwitchOn`;
const HIGH_AUTO = `${LIGHTS}.Beam.High.IsAutomatic`;
const DOME = 'Vehicle.Cabin.Light.IsDomeOn';
const DOME_INTENSITY = 'Vehicle.Cabin.Light.DomeIntensity';
const FRONT: readonly ('driver' | 'passenger')[] = ['driver', 'passenger'];
const BRIGHTNESS = 'Vehicle.Cabin.Infotainment.HMI.Brightness';

interface LightsContext {
  /** When the headlights go back to `afterwards`, epoch milliseconds. */
  readonly until: number;
  readonly afterwards: string;
}
type LightsEvent = { type: 'timed'; until: number; afterwards: string } | { type: 'untimed' };

const machine = setup({ types: { context: {} as LightsContext, events: {} as LightsEvent } }).createMachine({
  context: { until: 0, afterwards: 'AUTO' },
  initial: 'untimed',
  on: {
    timed: {
      target: '.timed',
      actions: assign(({ event }) => ({ until: event.until, afterwards: event.afterwards })),
    },
    untimed: '.untimed',
  },
  states: { untimed: {}, timed: {} },
});
type LightsPlan = Plan<LightsEvent>;

/** Exterior, interior and ambient lights, and the brightness of the displays. */
export function lights(): Subsystem {
  return subsystem({
    name: 'lights',
    targets: [
      'light.headlight',
      'light.high_beam',
      'light.fog',
      'light.hazard',
      'light.interior',
      'light.ambient',
      'display.brightness',
    ],
    machine,
    plan,
    // High beam without low beam would be lit alone, as when day breaks with the switch on automatic.
    react: ({ path, to, field }, view) =>
      path === `${LIGHTS}.Beam.Low.IsOn` && field === 'value' && to === false && view.flag(HIGH)
        ? { writes: [write(HIGH, false), write(HIGH_SWITCH, false)] }
        : undefined,
    wakeAt: (state) => (state.matches('timed') ? state.context.until : null),
    tick: (view, { context }) => {
      // What they were may be too little for a car that has driven off meanwhile.
      const afterwards = view.value('Vehicle.DriveState') === 'MOVING' ? 'AUTO' : context.afterwards;
      return { event: { type: 'untimed' as const }, writes: [write(SWITCH, afterwards)] };
    },
  });
}

function plan(command: Command, view: View): LightsPlan {
  const { intent, slots } = command;
  switch (intent) {
    case 'light.headlight.on':
    case 'light.headlight.off':
    case 'light.headlight.set':
      return headlight(command, view);
    case 'light.high_beam.on':
    case 'light.high_beam.off':
    case 'light.high_beam.set':
      return highBeam(command, view);
    case 'light.fog.on':
    case 'light.fog.off': {
      const on = intent === 'light.fog.on';
      const direction = word(slots, 'direction');
      const ends =
        direction === 'front' || direction === 'forward'
          ? ['Front']
          : direction === 'rear' || direction === 'back'
            ? ['Rear']
            : ['Front', 'Rear'];
      const writes = ends.map((end) => write(`${LIGHTS}.Fog.${end}.IsOn`, on));
      return done(on ? 'light.fog.on' : 'light.fog.off', {}, { writes });
    }
    case 'light.hazard.on':
    case 'light.hazard.off': {
      const on = intent === 'light.hazard.on';
      return done(
        on ? 'light.hazard.on' : 'light.hazard.off',
        {},
        { writes: [write(`${LIGHTS}.Hazard.IsSignaling`, on)] },
      );
    }
    case 'display.brightness.set':
    case 'display.brightness.increase':
    case 'display.brightness.decrease':
      return brightness(command, view);
    default:
      return intent.startsWith('light.ambient.') ? ambient(command, view) : interior(command, view);
  }
}

const HEADLIGHT_MODES: readonly (readonly [RegExp, string])[] = [
  [/auto/, 'AUTO'],
  [/day|running/, 'DAYTIME_RUNNING_LIGHTS'],
  [/park|position|side/, 'POSITION'],
  [/low|beam|dipped|on|normal/, 'BEAM'],
  [/off/, 'OFF'],
];

function headlight({ intent, slots }: Command, view: View): LightsPlan {
  const spoken = word(slots, 'mode');
  const mode =
    spoken === undefined ? undefined : HEADLIGHT_MODES.find(([pattern]) => pattern.test(plain(spoken)))?.[1];
  if (spoken !== undefined && mode === undefined) return refused('light.headlight.no_such', { mode: spoken });
  const off = intent === 'light.headlight.off';
  if (intent === 'light.headlight.set' && mode === undefined && !slots.duration)
    return needs('mode', 'light.headlight.which');
  const value = off ? 'OFF' : (mode ?? 'BEAM');
  const duration = durationOf(slots.duration);
  if (slots.duration && duration === undefined) return refused('time.not_understood');
  // Without low beam there is no high beam.
  const high = value === 'BEAM' || value === 'AUTO' ? [] : [write(HIGH, false), write(HIGH_SWITCH, false)];
  const writes = [write(SWITCH, value), ...high];
  if (duration !== undefined && !off) {
    const event = { type: 'timed', until: view.now + duration, afterwards: view.text(SWITCH) } as const;
    return done('light.headlight.timed', { seconds: Math.round(duration / 1000) }, { writes, event });
  }
  const code = off
    ? 'light.headlight.off'
    : value === 'AUTO'
      ? 'light.headlight.auto'
      : value === 'BEAM'
        ? 'light.headlight.on'
        : 'light.headlight.set';
  return done(
    code,
    { mode: value.toLowerCase().replaceAll('_', ' ') },
    { writes, event: { type: 'untimed' } },
  );
}

function highBeam({ intent, slots }: Command, view: View): LightsPlan {
  const mode = word(slots, 'mode');
  if (intent === 'light.high_beam.off') {
    return done(
      'light.high_beam.off',
      {},
      { writes: [HIGH, HIGH_SWITCH, HIGH_AUTO].map((path) => write(path, false)) },
    );
  }
  if (mode !== undefined && plain(mode).includes('auto')) {
    return done(
      'light.high_beam.auto',
      {},
      { writes: [write(HIGH_AUTO, true), write(HIGH_SWITCH, true), ...withLowBeam(view)] },
    );
  }
  if (intent === 'light.high_beam.set')
    return mode === undefined
      ? needs('mode', 'light.high_beam.which')
      : refused('light.high_beam.no_such', { mode });
  return done(
    'light.high_beam.on',
    {},
    { writes: [write(HIGH, true), write(HIGH_SWITCH, true), ...withLowBeam(view)] },
  );
}

function withLowBeam(view: View): readonly SignalWrite[] {
  return view.value(`${LIGHTS}.Beam.Low.IsOn`) === true ? [] : [write(SWITCH, 'BEAM')];
}

function interior({ intent, slots }: Command, view: View): LightsPlan {
  const operation = intent.slice('light.interior.'.length);
  const seats = spokenSeats(slots, view.by.seat);
  if (seats?.length === 0) return unavailable('zone.missing');
  const reading = plain(word(slots, 'mode') ?? '').includes('read');
  if (
    (operation === 'on' || operation === 'off') &&
    !slots.level &&
    (reading || (seats && seats.length < 4))
  ) {
    const chosen = seats ?? [view.by.seat];
    const wheel = wheelSide(view.text('Vehicle.Cabin.DriverPosition'));
    const writes = chosen.map((seat) => {
      const { row, side } = seatPlace(seat, wheel);
      return write(`Vehicle.Cabin.Light.Spotlight.${row}.${side}Side.IsLightOn`, operation === 'on');
    });
    return done(
      operation === 'on' ? 'light.reading.on' : 'light.reading.off',
      { zone: zoneName(chosen) },
      { writes },
    );
  }
  if (operation === 'off') return done('light.interior.off', {}, { writes: [write(DOME, false)] });
  const level = brightnessOf(operation, slots, view.goal(DOME_INTENSITY));
  if (level === 'range') return refused('level.range', { highest: 10 });
  if (level === undefined)
    return operation === 'on'
      ? done('light.interior.on', {}, { writes: [write(DOME, true)] })
      : needs('level', 'light.which_level');
  if (level <= 0) return done('light.interior.off', {}, { writes: [write(DOME, false)] });
  return done(
    'light.interior.set',
    { percent: level },
    { writes: [write(DOME, true), write(DOME_INTENSITY, level)], already: 'light.limit' },
  );
}

function ambient({ intent, slots }: Command, view: View): LightsPlan {
  const operation = intent.slice('light.ambient.'.length);
  const seats = spokenSeats(slots, view.by.seat);
  if (seats?.length === 0) return unavailable('zone.missing');
  // The strips are in front; those behind see the same light.
  const sides = (seats ?? FRONT).filter((seat) => seat === 'driver' || seat === 'passenger');
  const chosen = sides.length > 0 ? sides : FRONT;
  const path = (seat: 'driver' | 'passenger', leaf: string) =>
    `Vehicle.Cabin.Light.AmbientLight.Row1.${seat === 'driver' ? 'Driver' : 'Passenger'}Side.${leaf}`;
  const each = (leaf: string, value: SignalValue) => chosen.map((seat) => write(path(seat, leaf), value));
  if (operation === 'off') return done('light.ambient.off', {}, { writes: each('IsLightOn', false) });
  const color = word(slots, 'color');
  if (color !== undefined && !/^#[0-9a-f]{6}$/i.test(color))
    return refused('light.ambient.no_color', { color: slots.color?.text ?? color });
  const level = brightnessOf(
    operation,
    slots,
    view.goal(path(chosen.includes('driver') ? 'driver' : 'passenger', 'Intensity')),
  );
  if (level === 'range') return refused('level.range', { highest: 10 });
  if (operation === 'set' && color === undefined && level === undefined)
    return needs('color', 'light.ambient.which');
  if (level !== undefined && level <= 0)
    return done('light.ambient.off', {}, { writes: each('IsLightOn', false) });
  const writes = [
    ...each('IsLightOn', true),
    ...(color === undefined ? [] : each('Color', color.toUpperCase())),
    ...(level === undefined ? [] : each('Intensity', level)),
  ];
  if (color !== undefined)
    return done('light.ambient.color', { color: slots.color?.text ?? color }, { writes });
  if (level !== undefined)
    return done('light.ambient.set', { percent: level }, { writes, already: 'light.limit' });
  return done('light.ambient.on', {}, { writes });
}

/** A brightness in percent from a level or an amount; undefined when neither leads to one. */
function brightnessOf(operation: string, slots: Command['slots'], now: number): number | 'range' | undefined {
  if (slots.level) return levelPercent(slots.level, TENTHS) ?? 'range';
  if (operation !== 'increase' && operation !== 'decrease') return undefined;
  const step = amountPercent(slots.amount, { ...TENTHS, small: 10, normal: 20, large: 40 });
  // Dimming stops just above off: "darker" is not "out".
  return Math.round(
    Math.min(
      100,
      Math.max(
        operation === 'decrease' ? Math.min(5, now) : 1,
        operation === 'increase' ? now + step : now - step,
      ),
    ),
  );
}

function brightness({ intent, slots }: Command, view: View): LightsPlan {
  const level = brightnessOf(intent.slice('display.brightness.'.length), slots, view.goal(BRIGHTNESS));
  if (level === 'range') return refused('level.range', { highest: 10 });
  if (level === undefined) return needs('level', 'light.which_level');
  const { min = 0, max = 100 } = view.catalogue.get(BRIGHTNESS);
  const percent = Math.min(max, Math.max(min, level));
  return done(
    'display.brightness.set',
    { percent },
    { writes: [write(BRIGHTNESS, percent)], already: 'light.limit' },
  );
}
