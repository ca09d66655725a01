import { html } from '../dom.ts';
import { isLanguage, language, t } from './language.ts';
import { LANGUAGES, type Language } from './message.ts';

const REMEMBERED = 'drivetalk.language';

/**
 * The language that a person wants: what the address says (`?lang=de`), else what was chosen on this page before, else
 * the first of the browser's languages that we have, else English.
 */
export function wantedLanguage(
  search: string,
  storage: Pick<Storage, 'getItem'>,
  preferred: readonly string[],
): Language {
  const asked = new URLSearchParams(search).get('lang');
  if (isLanguage(asked)) return asked;
  const chosen = storage.getItem(REMEMBERED);
  if (isLanguage(chosen)) return chosen;
  return preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

/** The names of the languages, each in itself. */
const NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** A choice of the language; the page is loaded again in the chosen one, its state is the server's. */
export function languageChoice(storage: Storage, address: Location): HTMLElement {
  const select = html(
    'select',
    { class: 'bar-select', 'aria-label': t('page.language'), 'data-testid': 'language' },
    ...LANGUAGES.map((each) =>
      html(
        'option',
        { value: each, lang: each, translate: 'no', selected: each === language() },
        NAMES[each],
      ),
    ),
  );
  select.addEventListener('change', () => {
    storage.setItem(REMEMBERED, select.value);
    const next = new URL(address.href);
    // What the address says would win over what was chosen.
    next.searchParams.delete('lang');
    if (next.href === address.href) address.reload();
    else address.assign(next);
  });
  return select;
}
