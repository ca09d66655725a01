import type { Access, Invitation } from '../../simulator/server/protocol.ts';
import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import type { Notify } from '../notices.ts';
import type { Crew } from './crew.ts';

/** The code's drawing comes when the first one is shown. */
const draw = async (invitation: Invitation): Promise<SVGSVGElement> => {
  const { qrCode } = await import('./qr-code.ts');
  return qrCode(invitation.url, t(`invite.${invitation.access}`));
};

/** A button that shows how others join; hidden from who may not invite. */
export function createInvite(page: Document, crew: Crew, notify: Notify): HTMLElement {
  const button = html(
    'button',
    { type: 'button', class: 'bar-button', hidden: true, 'data-testid': 'invite' },
    t('invite.open'),
  );
  const choices = html('div', { class: 'invite-choices', role: 'group', 'aria-label': t('invite.as') });
  const place = html('div', { class: 'invite-code' });
  const address = html('p', { class: 'invite-address', 'data-testid': 'invite-address' });
  const hint = html('p', { class: 'invite-hint' });
  const close = html(
    'button',
    { type: 'button', class: 'notice-close', 'aria-label': t('invite.close') },
    '×',
  );
  const dialog = html(
    'dialog',
    { class: 'invite', 'aria-label': t('invite.title') },
    html('div', { class: 'invite-head' }, html('h2', {}, t('invite.title')), close),
    choices,
    place,
    address,
    hint,
  );
  page.body.append(dialog);
  let invitations: readonly Invitation[] = [];
  const show = async (access: Access) => {
    const invitation = invitations.find((each) => each.access === access);
    if (!invitation) return;
    for (const choice of choices.children)
      choice.setAttribute('aria-pressed', String(choice.getAttribute('data-access') === access));
    setText(address, invitation.url);
    setText(hint, t(`invite.${access}.hint`));
    place.replaceChildren(await draw(invitation));
  };
  const open = (access: Access) => {
    show(access).then(
      () => {
        if (!dialog.open) dialog.showModal();
      },
      () => {
        notify(t('invite.noCode'));
      },
    );
  };
  button.addEventListener('click', () => {
    open('viewer');
  });
  close.addEventListener('click', () => {
    dialog.close();
  });
  crew.onYou((you) => {
    invitations = you.invitations;
    button.hidden = invitations.length === 0;
    choices.replaceChildren(
      ...invitations.map(({ access }) => {
        const choice = html(
          'button',
          {
            type: 'button',
            class: 'invite-choice',
            'data-access': access,
            'data-testid': `invite-${access}`,
          },
          t(`invite.${access}`),
        );
        choice.addEventListener('click', () => {
          open(access);
        });
        return choice;
      }),
    );
  });
  return button;
}

/** The audience's code in a corner of the picture, for a big screen. */
export function createAudienceCode(root: HTMLElement, crew: Crew): void {
  crew.onYou(({ invitations }) => {
    const audience = invitations.find(({ access }) => access === 'viewer');
    if (!audience) return;
    void draw(audience).then((code) => {
      root.querySelector('.audience-code')?.remove();
      root.append(
        html('figure', { class: 'audience-code' }, code, html('figcaption', {}, t('invite.audience'))),
      );
    });
  });
}
