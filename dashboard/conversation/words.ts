import type { ConversationTurn } from '../../simulator/server/protocol.ts';

export type Seat = ConversationTurn['seat'];
type Outcome = ConversationTurn['outcomes'][number];
type Slot = NonNullable<
  ConversationTurn['commands'][number]['slots'][keyof ConversationTurn['commands'][number]['slots']]
>;

const UNITS: Readonly<Record<string, string>> = {
  celsius: '°C',
  fahrenheit: '°F',
  percent: '%',
  degree: '°',
  millimetre: 'mm',
  kmh: 'km/h',
};

/** `21 °C`, `#3a7bff`, `driver, rear`. */
export function slotWords({ value, unit }: Slot): string {
  const values = (Array.isArray(value) ? value : [value])
    .map((item: string | number) => String(item).replaceAll('_', ' '))
    .join(', ');
  return unit === undefined ? values : `${values} ${UNITS[unit] ?? unit}`;
}

/** Why the gate said no or asked back: the rule and the readings that decided; undefined when the gate let it pass. */
export function gateWords(outcome: Outcome): { readonly rule: string; readonly because: string } | undefined {
  const decision = 'decision' in outcome ? outcome.decision : undefined;
  if (!decision) return undefined;
  const because = decision.because
    .map(({ path, value }) => `${path.replace(/^Vehicle\./, '')} = ${String(value)}`)
    .join(', ');
  return { rule: decision.rule, because };
}

/** The stages of a turn, each from where the one before ended; widths in percent of the whole. */
export function waterfall(latency: ConversationTurn['latency']): {
  readonly stage: string;
  readonly ms: number;
  readonly from: number;
  readonly width: number;
}[] {
  const stages = Object.entries(latency);
  const whole = stages.reduce((sum, [, ms]) => sum + ms, 0);
  let before = 0;
  return stages.map(([stage, ms]) => {
    const bar = {
      stage,
      ms,
      from: whole > 0 ? (before / whole) * 100 : 0,
      width: whole > 0 ? (ms / whole) * 100 : 0,
    };
    before += ms;
    return bar;
  });
}

/** `0.4 ms`, `12 ms`, `1.20 s`. */
export function durationWords(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(2)} s`;
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

export const percentWords = (share: number): string => `${Math.round(share * 100)} %`;

export const SEATS: readonly Seat[] = ['driver', 'passenger', 'rear_left', 'rear_right'];

export const isSeat = (value: string | null): value is Seat => SEATS.some((seat) => seat === value);
