import type { SlotValue } from '../../vehicle/command.ts';
import type { SignalValue } from '../../vehicle/signals/signal.ts';
import type { ConversationTurn } from '../server/protocol.ts';
import { EXIT } from './exit.ts';

export interface ChangedSignal {
  readonly path: string;
  readonly from: SignalValue | null;
  readonly to: SignalValue;
}

/** What one utterance did: the JSON of `say` and `listen`. */
export interface Report {
  readonly text: string;
  readonly status: 'done' | 'not-done';
  readonly commands: ConversationTurn['commands'];
  readonly rejected: ConversationTurn['rejected'];
  readonly outcomes: readonly {
    readonly intent: string;
    readonly status: string;
    readonly code: string;
    readonly rule?: string;
    readonly because?: readonly { readonly path: string; readonly value: SignalValue }[];
  }[];
  readonly signals: readonly ChangedSignal[];
  readonly reply: string;
  readonly latency: ConversationTurn['latency'];
}

const DONE = new Set(['done', 'unchanged', 'answered']);

export function reportOf(turn: ConversationTurn, signals: readonly ChangedSignal[]): Report {
  const done =
    turn.outcomes.every(({ status }) => DONE.has(status)) &&
    !turn.commands.some(({ intent }) => intent.startsWith('none.'));
  return {
    text: turn.heard,
    status: done ? 'done' : 'not-done',
    commands: turn.commands,
    rejected: turn.rejected,
    outcomes: turn.outcomes.map((outcome) => ({
      intent: outcome.command.intent,
      status: outcome.status,
      code: outcome.code,
      ...('decision' in outcome && { rule: outcome.decision.rule, because: outcome.decision.because }),
    })),
    signals,
    reply: turn.reply,
    latency: turn.latency,
  };
}

export const exitStatus = ({ status }: Report): number => (status === 'done' ? EXIT.done : EXIT.notDone);

/** The report for a person. */
export function describe(report: Report): string {
  const lines = [`heard      ${report.text === '' ? '(nothing)' : report.text}`];
  for (const { intent, slots, confidence } of report.commands) {
    lines.push(`understood ${intent} ${describeSlots(slots)}(${percent(confidence)})`);
  }
  for (const { intent, confidence } of report.rejected)
    lines.push(`  not      ${intent} (${percent(confidence)})`);
  for (const { intent, status, rule, because } of report.outcomes) {
    const why = (because ?? []).map(({ path, value }) => `${path} = ${String(value)}`).join(', ');
    lines.push(
      `car        ${intent}: ${status}${rule === undefined ? '' : ` by ${rule}${why ? ` (${why})` : ''}`}`,
    );
  }
  for (const { path, from, to } of report.signals)
    lines.push(`signal     ${path}: ${show(from)} → ${show(to)}`);
  if (report.reply) lines.push(`reply      ${report.reply}`);
  return lines.join('\n');
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
const show = (value: SignalValue | null) =>
  value === null ? '–' : typeof value === 'object' ? value.join(' ') : String(value);

function describeSlots(slots: Partial<Record<string, SlotValue>>): string {
  return Object.entries(slots)
    .flatMap(([name, slot]) =>
      slot ? [`${name}=${[slot.value].flat().join(',')}${slot.unit ? ` ${slot.unit}` : ''} `] : [],
    )
    .join('');
}
