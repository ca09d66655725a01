import type { ConversationTurn } from '../../simulator/server/protocol.ts';
import { html } from '../dom.ts';
import { t } from '../language/language.ts';
import { asCase } from './as-case.ts';

export interface TurnTools {
  /** Types to the car. */
  readonly say: (text: string) => void;
  /** Plays what was spoken at this page; undefined where there is nothing to be heard. */
  readonly replay: (turn: string) => (() => void) | undefined;
  /** @throws when the browser does not allow it */
  readonly copy: (text: string) => Promise<void>;
  readonly notify: (message: string) => void;
}

/** What can be done with an utterance that is over: hear it, say it again, ask why, take it into a test suite. */
export function turnActions(
  turn: ConversationTurn,
  isLast: boolean,
  { say, replay, copy, notify }: TurnTools,
): HTMLElement {
  const action = (name: string, act: () => void) => {
    const button = html('button', { type: 'button', class: 'turn-action' }, name);
    button.addEventListener('click', act);
    return button;
  };
  const again = replay(turn.id);
  return html(
    'p',
    { class: 'turn-actions' },
    // "Why?" is about what was done last.
    isLast &&
      action(t('turn.why'), () => {
        say('why?');
      }),
    again && action(t('turn.replay'), again),
    action(t('turn.again'), () => {
      say(turn.heard);
    }),
    action(t('turn.copy'), () => {
      copy(asCase(turn)).then(
        () => {
          notify(t('turn.copied'));
        },
        () => {
          notify(t('turn.notCopied'));
        },
      );
    }),
  );
}
