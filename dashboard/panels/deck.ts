import { html } from '../dom.ts';
import { t } from '../language/language.ts';

export type PanelName = 'status' | 'energy' | 'vehicle' | 'climate' | 'media' | 'phone' | 'map';

/** Panels that share a card stand behind tabs; the first is shown. */
const CARDS: readonly (readonly PanelName[])[] = [
  ['status', 'energy', 'vehicle'],
  ['climate'],
  ['media', 'phone'],
  ['map'],
];

export interface Deck {
  readonly panels: Readonly<Record<PanelName, HTMLElement>>;
  /** Brings a panel to the front of its card; the focus stays where it is. */
  readonly open: (name: PanelName) => void;
}

/** The cards under the picture, as tabs where they are many. */
export function createDeck(root: HTMLElement): Deck {
  const panels = {} as Record<PanelName, HTMLElement>;
  const openers = new Map<PanelName, () => void>();
  for (const names of CARDS) {
    const [only] = names;
    if (only && names.length === 1) {
      const title = html('h2', { id: `${only}-title`, class: 'card-title' }, t(`${only}.title`));
      const body = html('div', { class: `panel panel-${only}`, id: only });
      panels[only] = body;
      root.append(
        html(
          'section',
          { class: `card card-${only}`, 'aria-labelledby': title.id, tabindex: -1 },
          title,
          body,
        ),
      );
    } else root.append(tabbedCard(names, panels, openers));
  }
  return { panels, open: (name) => openers.get(name)?.() };
}

function tabbedCard(
  names: readonly PanelName[],
  panels: Record<PanelName, HTMLElement>,
  openers: Map<PanelName, () => void>,
): HTMLElement {
  const tabs = names.map((name) => {
    const tab = html(
      'button',
      {
        type: 'button',
        role: 'tab',
        class: 'tab',
        id: `${name}-tab`,
        'aria-controls': name,
        'data-testid': `tab-${name}`,
      },
      t(`${name}.title`),
    );
    const body = html('div', {
      class: `panel panel-${name}`,
      id: name,
      role: 'tabpanel',
      'aria-labelledby': tab.id,
    });
    panels[name] = body;
    return { name, tab, body };
  });
  const choose = (chosen: PanelName) => {
    for (const { name, tab, body } of tabs) {
      const isChosen = name === chosen;
      tab.setAttribute('aria-selected', String(isChosen));
      // One stop for the Tab key; the arrows go on from there.
      tab.tabIndex = isChosen ? 0 : -1;
      body.hidden = !isChosen;
    }
  };
  tabs.forEach(({ name, tab }, at) => {
    openers.set(name, () => {
      choose(name);
    });
    tab.addEventListener('click', () => {
      choose(name);
    });
    tab.addEventListener('keydown', ({ key }) => {
      const by = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
      const next = by === 0 ? undefined : tabs[(at + by + tabs.length) % tabs.length];
      if (!next) return;
      choose(next.name);
      next.tab.focus();
    });
  });
  if (names[0]) choose(names[0]);
  return html(
    'section',
    { class: `card card-${names[0] ?? ''}` },
    html(
      'div',
      { class: 'tabs', role: 'tablist', 'aria-label': names.map((name) => t(`${name}.title`)).join(', ') },
      ...tabs.map(({ tab }) => tab),
    ),
    ...tabs.map(({ body }) => body),
  );
}
