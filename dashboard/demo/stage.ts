import type { Theme } from '../../simulator/server/protocol.ts';
import { byId } from '../dom.ts';
import type { Notify } from '../notices.ts';
import type { Store } from '../store.ts';
import type { Crew } from './crew.ts';
import { createAudienceCode, createInvite } from './invite.ts';
import { startKiosk } from './kiosk.ts';
import { createPresenter } from './presenter.ts';
import { createShow, type ControlShow } from './show.ts';
import { dress, wantedTheme } from './theme.ts';

export interface StageParts {
  readonly page: Document;
  readonly address: Pick<Location, 'search'>;
  readonly crew: Crew;
  readonly store: Store;
  readonly control: ControlShow;
  readonly notify: Notify;
}

/**
 * What a demonstration needs of the page: invitations for all, and by its address a kiosk (`?kiosk`) or a presenter's
 * window (`?presenter`).
 * @returns whether the page shows the car
 */
export function setStage({ page, address, crew, store, control, notify }: StageParts): boolean {
  const search = new URLSearchParams(address.search);
  byId('open-signals').after(createInvite(page, crew, notify));
  if (search.has('presenter')) {
    page.body.dataset['presenter'] = '';
    createPresenter(byId('stage'), store, control, () => Date.now());
    return false;
  }
  createShow(byId('show'), store, control);
  if (search.has('kiosk')) {
    startKiosk(page);
    createAudienceCode(byId('stage'), crew);
  }
  return true;
}

/** Gives the page its brand. @returns the brand, for what else it is about; undefined for the product's own look */
export async function wearTheme(
  { page, address, notify }: Pick<StageParts, 'page' | 'address' | 'notify'>,
  themes: Promise<readonly Theme[]>,
): Promise<Theme | undefined> {
  const theme = wantedTheme(address.search, await themes, notify);
  if (theme) dress(page, theme);
  return theme;
}
