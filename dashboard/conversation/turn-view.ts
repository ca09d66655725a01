import type { ConversationTurn } from '../../simulator/server/protocol.ts';
import { html } from '../dom.ts';
import { t } from '../language/language.ts';
import { markText, type Piece } from './marked-text.ts';
import { durationWords, gateWords, percentWords, slotWords, waterfall } from './words.ts';

type Command = ConversationTurn['commands'][number];
type Outcome = ConversationTurn['outcomes'][number];

/** Below this a word is told as unsure in text too, not only by its paleness. */
const UNSURE = 0.6;

/**
 * One exchange, drawn whole: it changes a handful of times, within a second or two.
 * @param time what the car's clock showed
 * @param actions what can be done with it
 */
export function turnView(turn: ConversationTurn, time: string, actions?: HTMLElement): HTMLLIElement {
  /** The car spoke up by itself. */
  const isOwn = turn.source === 'car';
  return html(
    'li',
    { class: 'turn', 'data-testid': 'turn', 'data-stage': turn.stage, 'data-turn': turn.id },
    html(
      'p',
      { class: 'turn-head' },
      html('span', { class: 'turn-seat' }, isOwn ? t('turn.car') : t(`seat.${turn.seat}`)),
      !isOwn && html('span', {}, t(turn.source === 'speech' ? 'turn.spoke' : 'turn.typed')),
      html('time', { datetime: new Date(turn.at).toISOString() }, time),
    ),
    !isOwn &&
      html(
        'p',
        { class: 'turn-heard', 'data-testid': 'turn-heard', lang: turn.heard === '' ? undefined : 'en' },
        ...(turn.heard === ''
          ? [html('span', { class: 'turn-wait' }, nothingHeard(turn))]
          : markText(turn).map(pieceView)),
      ),
    turn.commands.length > 0 &&
      html(
        'ul',
        { class: 'commands' },
        ...turn.commands.map((command, at) => commandView(command, turn.outcomes[at])),
      ),
    turn.rejected.length > 0 && rejectedView(turn.rejected),
    turn.transitions && movedView(turn.transitions),
    turn.reply !== '' &&
      html('p', { class: 'turn-reply', 'data-testid': 'turn-reply', lang: 'en' }, turn.reply),
    turn.stage === 'understanding' && html('p', { class: 'turn-wait' }, t('turn.understanding')),
    Object.keys(turn.latency).length > 0 && latencyView(turn.latency),
    actions,
  );
}

function nothingHeard({ stage }: ConversationTurn): string {
  return t(stage === 'listening' || stage === 'understanding' ? `turn.${stage}` : 'turn.nothing');
}

function pieceView({ text, slot, command, confidence }: Piece): HTMLElement {
  const unsure = confidence !== undefined && confidence < UNSURE;
  const piece = html(
    slot === undefined ? 'span' : 'mark',
    {
      class: ['piece', slot !== undefined && 'piece-slot', command !== undefined && 'piece-command']
        .filter(Boolean)
        .join(' '),
      'data-slot': slot,
      title:
        [slot, confidence !== undefined && t('turn.confidence', { percent: percentWords(confidence) })]
          .filter(Boolean)
          .join(' · ') || undefined,
    },
    text,
    unsure &&
      html(
        'span',
        { class: 'visually-hidden' },
        ` (${t('turn.unsure', { percent: percentWords(confidence) })}) `,
      ),
  );
  if (confidence !== undefined) piece.style.opacity = String(0.55 + 0.45 * confidence);
  return piece;
}

function commandView(command: Command, outcome: Outcome | undefined): HTMLElement {
  const gate = outcome && gateWords(outcome);
  return html(
    'li',
    { class: 'command', 'data-status': outcome?.status },
    html(
      'p',
      { class: 'command-line' },
      html('code', { class: 'intent', translate: 'no' }, command.intent),
      confidenceView(command.confidence),
      outcome && html('span', { class: `badge badge-${outcome.status}` }, t(`outcome.${outcome.status}`)),
    ),
    slotList(command),
    gate &&
      html(
        'p',
        { class: 'gate' },
        html('strong', {}, gate.rule),
        ` ${t(outcome.status === 'confirm' ? 'turn.asksFirst' : 'turn.refuses')}${gate.because === '' ? '' : `, ${t('turn.because')} `}`,
        gate.because !== '' && html('code', { translate: 'no' }, gate.because),
      ),
  );
}

function slotList({ slots }: Command): HTMLElement | null {
  const entries = Object.entries(slots);
  if (entries.length === 0) return null;
  const items = entries.flatMap(([name, slot]) => [
    html('dt', {}, name.replaceAll('_', ' ')),
    html('dd', {}, slotWords(slot)),
  ]);
  return html('dl', { class: 'slots', lang: 'en' }, ...items);
}

function confidenceView(confidence: number): HTMLElement {
  const words = percentWords(confidence);
  const bar = html('span', { class: 'confidence-bar', 'aria-hidden': 'true' }, html('span'));
  if (bar.firstElementChild instanceof HTMLElement)
    bar.firstElementChild.style.width = `${confidence * 100}%`;
  return html('span', { class: 'confidence', title: t('turn.sure', { percent: words }) }, bar, words);
}

function rejectedView(rejected: readonly Command[]): HTMLElement {
  return html(
    'details',
    { class: 'rejected' },
    html('summary', {}, t('turn.rejected', { count: rejected.length })),
    html(
      'ul',
      {},
      ...rejected.map((command) =>
        html(
          'li',
          {},
          html(
            'p',
            { class: 'command-line' },
            html('code', { class: 'intent', translate: 'no' }, command.intent),
            confidenceView(command.confidence),
          ),
          slotList(command),
        ),
      ),
    ),
  );
}

/** Which of the car's machines it moved, from which state to which. */
function movedView(transitions: NonNullable<ConversationTurn['transitions']>): HTMLElement {
  return html(
    'details',
    { class: 'moved', 'data-testid': 'turn-moved' },
    html('summary', {}, t('turn.moved', { count: transitions.length })),
    html(
      'ul',
      { lang: 'en' },
      ...transitions.map(({ machine, from, to }) =>
        html('li', {}, html('code', {}, machine), ` ${from} → `, html('strong', {}, to)),
      ),
    ),
  );
}

function latencyView(latency: ConversationTurn['latency']): HTMLElement {
  const bars = waterfall(latency);
  const whole = bars.reduce((sum, { ms }) => sum + ms, 0);
  return html(
    'details',
    { class: 'latency' },
    html('summary', {}, `${t('turn.answeredIn')} `, html('strong', {}, durationWords(whole))),
    html(
      'dl',
      {},
      ...bars.flatMap(({ stage, ms, from, width }) => {
        const bar = html('span', { class: `latency-bar latency-${stage}`, 'aria-hidden': 'true' });
        bar.style.marginInlineStart = `${Math.min(from, 99)}%`;
        bar.style.width = `${width}%`;
        return [
          html('dt', {}, stage),
          html('dd', {}, html('span', { class: 'latency-track' }, bar), durationWords(ms)),
        ];
      }),
    ),
  );
}
