import { html } from './dom.ts';
import { t } from './language/language.ts';

/** More than this many would cover the car. */
const AT_MOST = 3;

export type Notify = (message: string, kind?: 'problem' | 'information') => void;

/** Messages that stay until a person dismisses them; the same message is not shown twice. */
export function createNotices(root: HTMLElement): Notify {
  return (message, kind = 'problem') => {
    for (const shown of root.children) if (shown.firstChild?.textContent === message) return;
    const dismiss = html(
      'button',
      { type: 'button', class: 'notice-close', 'aria-label': t('notice.dismiss') },
      '×',
    );
    const notice = html(
      'div',
      {
        class: `notice notice-${kind}`,
        'data-testid': 'notice',
        role: kind === 'problem' ? 'alert' : 'status',
      },
      html('p', {}, message),
      dismiss,
    );
    dismiss.addEventListener('click', () => {
      notice.remove();
    });
    root.append(notice);
    while (root.children.length > AT_MOST) root.firstElementChild?.remove();
  };
}
