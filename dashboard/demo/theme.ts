import type { CarLook, Theme } from '../../simulator/server/protocol.ts';
import { html } from '../dom.ts';
import { t } from '../language/language.ts';
import type { Notify } from '../notices.ts';

/** The product's own look, where brands are served. */
const PLAIN = 'none';

/**
 * The brand that the address asks for (`?theme=name`), else the first that is served.
 * @returns undefined for the product's own look; a name that is not served is told, and leads to that
 */
export function wantedTheme(search: string, themes: readonly Theme[], notify: Notify): Theme | undefined {
  const asked = new URLSearchParams(search).get('theme');
  if (asked === PLAIN) return undefined;
  if (asked === null) return themes[0];
  const found = themes.find(({ name }) => name === asked);
  if (!found)
    notify(t('theme.unknown', { name: asked, known: themes.map(({ name }) => name).join(', ') || '–' }));
  return found;
}

/** Dresses the page: colours, mark and names. The server has checked that nothing in it can run or load. */
export function dress(page: Document, { brand, car, assistant, title, logo, colours }: Theme): void {
  for (const [name, colour] of Object.entries(colours ?? {}))
    page.documentElement.style.setProperty(`--${name}`, colour);
  page.querySelector('meta[name=theme-color]')?.setAttribute('content', colours?.night ?? '#0b0e13');
  page.title = title ?? [brand, car].filter(Boolean).join(' · ');
  const heading = page.querySelector('.brand');
  if (heading) {
    heading.replaceChildren(
      ...(logo === undefined ? [] : [html('img', { class: 'brand-logo', src: logo, alt: '' })]),
      brand,
      ...(car === undefined ? [] : [html('span', { class: 'brand-car' }, car)]),
    );
  }
  const field = page.querySelector<HTMLInputElement>('#say');
  if (field && assistant !== undefined) field.placeholder = t('theme.typeTo', { name: assistant });
}

/** What of a brand concerns the car's picture. */
export const lookOf = (theme: Theme | undefined): CarLook => ({ paint: theme?.paint, wheels: theme?.wheels });
