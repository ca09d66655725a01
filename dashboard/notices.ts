import { html } from './dom.ts';
import { t } from './language/language.ts';

/** More than this many would cover the car. */
const AT_MOST = 3;

/** In the language of the page, or what the car itself says. */
type Words = string | { readonly english: string };

export type Notify = (
  message: Words,
  kind?: 'problem' | 'information',
  /** What a person can do about it. */
  answer?: { readonly words: string; readonly act: () => void },
) => void;

/** Messages that stay until a person dismisses them; the same message is not shown twice. */
export function createNotices(root: HTMLElement): Notify {
  return (message, kind = 'problem', answer) => {
    const text = typeof message === 'string' ? message : message.english;
    for (const shown of root.children) if (shown.firstChild?.textContent === text) return;
    const button = (words: string, label: string | undefined, name: string) =>
      html('button', { type: 'button', class: name, 'aria-label': label }, words);
    const dismiss = button('×', t('notice.dismiss'), 'notice-close');
    const agree = answer && button(answer.words, undefined, 'notice-answer');
    const notice = html(
      'div',
      {
        class: `notice notice-${kind}`,
        'data-testid': 'notice',
        role: kind === 'problem' ? 'alert' : 'status',
      },
      html('p', { lang: typeof message === 'string' ? undefined : 'en' }, text),
      agree,
      dismiss,
    );
    agree?.addEventListener('click', () => {
      notice.remove();
      answer?.act();
    });
    dismiss.addEventListener('click', () => {
      notice.remove();
    });
    root.append(notice);
    while (root.children.length > AT_MOST) root.firstElementChild?.remove();
  };
}
