import { assign, setup } from 'xstate';
import type { Command } from '../command.ts';
import { atoms, count, plain, word } from '../slots.ts';
import { done, needs, refused, write, type Plan, type View } from './plan.ts';
import { subsystem, type Subsystem } from './subsystem.ts';

const WINDSHIELD = 'Vehicle.Body.Windshield';
/** How long washer fluid is sprayed. */
const SPRAY_TIME = 2500;
/** From rest to full speed, as the lever goes. */
const SPEEDS = ['OFF', 'INTERVAL', 'SLOW', 'MEDIUM', 'FAST'];

interface WasherContext {
  readonly end: 'Front' | 'Rear';
  /** Epoch milliseconds. */
  readonly until: number;
}
type WasherEvent = { type: 'spray'; end: 'Front' | 'Rear'; until: number } | { type: 'tick'; now: number };

const machine = setup({ types: { context: {} as WasherContext, events: {} as WasherEvent } }).createMachine({
  context: { end: 'Front', until: 0 },
  initial: 'dry',
  on: {
    spray: { target: '.spraying', actions: assign(({ event }) => ({ end: event.end, until: event.until })) },
  },
  states: {
    dry: {},
    spraying: { on: { tick: { guard: ({ context, event }) => event.now >= context.until, target: 'dry' } } },
  },
});

/** Wipers and washer, front and rear. */
export function wipers(): Subsystem {
  return subsystem({
    name: 'wipers',
    targets: ['wiper', 'wiper.washer'],
    machine,
    plan,
    project: (state) =>
      (['Front', 'Rear'] as const).map((end) =>
        write(
          `${WINDSHIELD}.${end}.WasherFluid.IsSpraying`,
          state.matches('spraying') && state.context.end === end,
        ),
      ),
    wakeAt: (state) => (state.matches('spraying') ? state.context.until : null),
    tick: ({ now }) => ({ event: { type: 'tick' as const, now } }),
  });
}

const MODES: readonly (readonly [RegExp, string])[] = [
  [/auto|rain|sensor/, 'RAIN_SENSOR'],
  [/inter/, 'INTERVAL'],
  [/slow|low/, 'SLOW'],
  [/medium|normal/, 'MEDIUM'],
  [/fast|high|max/, 'FAST'],
  [/off/, 'OFF'],
];

function plan({ intent, slots }: Command, view: View): Plan<WasherEvent> {
  const direction = word(slots, 'direction');
  const end = direction === 'rear' || direction === 'back' ? 'Rear' : 'Front';
  const facts = { end: end.toLowerCase() };
  if (intent === 'wiper.washer.start') {
    return done('wiper.washer.start', facts, {
      event: { type: 'spray', end, until: view.now + SPRAY_TIME },
      final: true,
    });
  }
  const path = `${WINDSHIELD}.${end}.Wiping.Mode`;
  const set = (mode: string, already = 'wiper.already'): Plan<never> => {
    const code = mode === 'OFF' ? 'wiper.off' : 'wiper.set';
    return done(code, { ...facts, mode: mode.toLowerCase() }, { writes: [write(path, mode)], already });
  };
  if (intent === 'wiper.off') return set('OFF');
  const spoken = word(slots, 'mode');
  const mode = spoken === undefined ? undefined : MODES.find(([pattern]) => pattern.test(plain(spoken)))?.[1];
  if (spoken !== undefined && mode === undefined) return refused('wiper.no_such', { mode: spoken });
  const level =
    slots.level && modeOfLevel(String(atoms(slots.level)[0]), count(slots.level), slots.level.unit);
  if (slots.level && level === undefined) return refused('level.range', { highest: 4 });
  const wanted = mode ?? level;
  if (wanted !== undefined) return set(wanted);
  if (intent === 'wiper.set') return needs('mode', 'wiper.which');
  const now = view.text(path);
  if (intent === 'wiper.on') return set(now === 'OFF' ? 'MEDIUM' : now);
  // The rain sensor stands between interval and slow.
  const place = now === 'RAIN_SENSOR' ? 1.5 : SPEEDS.indexOf(now);
  const faster = intent === 'wiper.increase';
  const next = faster ? Math.floor(place) + 1 : Math.ceil(place) - 1;
  // "Slower" stops before off: that is what "off" is for.
  return set(
    SPEEDS[Math.min(SPEEDS.length - 1, Math.max(now === 'OFF' ? 0 : 1, next))] ?? now,
    'wiper.limit',
  );
}

function modeOfLevel(word: string, number: number | undefined, unit: string | undefined): string | undefined {
  const words: Readonly<Record<string, string>> = {
    off: 'OFF',
    min: 'INTERVAL',
    low: 'SLOW',
    medium: 'MEDIUM',
    high: 'FAST',
    max: 'FAST',
  };
  if (number === undefined) return words[word];
  if (unit === 'percent') return number < 0 || number > 100 ? undefined : SPEEDS[Math.ceil(number / 25)];
  return SPEEDS[number];
}
