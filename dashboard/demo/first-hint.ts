import { html } from '../dom.ts';
import { t } from '../language/language.ts';
import type { Store } from '../store.ts';

const REMEMBERED = 'drivetalk.met';

/**
 * Shows who opens the page for the first time how to begin; gone for good once something was said, or on request.
 * @returns nothing for who has been here before
 */
export function createFirstHint(
  store: Store,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  example: string,
): HTMLElement[] {
  if (storage.getItem(REMEMBERED) !== null) return [];
  const close = html('button', { type: 'button', class: 'notice-close', 'aria-label': t('hint.close') }, '×');
  const hint = html(
    'div',
    { class: 'first-hint', role: 'note', 'data-testid': 'first-hint' },
    html(
      'p',
      {},
      html('strong', {}, t('hint.title')),
      ` ${t('hint.hold')} `,
      html('kbd', {}, t('hint.space')),
      ` ${t('hint.say')} `,
      html('q', { lang: 'en' }, example),
    ),
    close,
  );
  const dismiss = () => {
    storage.setItem(REMEMBERED, 'yes');
    hint.remove();
    forget();
  };
  close.addEventListener('click', dismiss);
  const forget = store.onConversation((turns) => {
    // Those of others count, too: who sees somebody speak knows how.
    if (turns.some(({ source, stage }) => source !== 'car' && stage === 'done')) queueMicrotask(dismiss);
  });
  return [hint];
}
