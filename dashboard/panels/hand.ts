import type { Written } from '../../simulator/server/protocol.ts';
import { t } from '../language/language.ts';
import type { Notify } from '../notices.ts';
import type { SignalValue } from '../signal-browser/signal-words.ts';

/** What a person can do at a panel: the same as by voice, through the same gate. */
export interface Hand {
  /**
   * Sets an actuator of the car; what speaks against it is told.
   * @param showAgain called when nothing has changed: a control that shows what was asked for shows what is so
   */
  set(path: string, value: SignalValue, showAgain?: () => void): void;
  /** Types to the car, for what is no single signal. */
  say(text: string): void;
  /** Drives off along the route (or the road), or brakes and parks. */
  press(mode: 'drive' | 'park'): void;
}

/** Sends to the car; undefined when nobody answers, which has been told. */
export type Write = (path: string, value: SignalValue, confirmed: boolean) => Promise<Written | undefined>;

/** The car's answer to what a hand has set: silence when it is done, words and perhaps a question when it is not. */
export function createHand(write: Write, notify: Notify, rest: Pick<Hand, 'say' | 'press'>): Hand {
  const set = (path: string, value: SignalValue, showAgain: () => void, confirmed: boolean) => {
    void write(path, value, confirmed).then((written) => {
      if (written?.outcome.status !== 'done') showAgain();
      if (!written) return;
      const { outcome, reply } = written;
      if (outcome.status === 'done' || outcome.status === 'unchanged') return;
      const rule = 'decision' in outcome ? ` (${outcome.decision.rule})` : '';
      const words = { english: `${reply}${rule}` };
      if (outcome.status !== 'confirm') notify(words);
      else
        notify(words, 'information', {
          words: t('hand.yes'),
          act: () => {
            set(path, value, showAgain, true);
          },
        });
    });
  };
  return {
    ...rest,
    set: (path, value, showAgain = () => undefined) => {
      set(path, value, showAgain, false);
    },
  };
}
