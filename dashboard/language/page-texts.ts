import { language, textOf } from './language.ts';

/**
 * Puts the words into the page's own HTML: `data-t` names the message of an element's text, `data-t-label` that of its
 * accessible name. @throws Error where there is no such message
 */
export function fillPage(page: Document): void {
  page.documentElement.lang = language();
  for (const element of page.querySelectorAll<HTMLElement>('[data-t], [data-t-label]')) {
    const { t: text, tLabel: label } = element.dataset;
    if (text !== undefined) element.textContent = textOf(text);
    if (label !== undefined) element.setAttribute('aria-label', textOf(label));
  }
}
