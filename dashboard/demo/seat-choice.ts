import { isSeat, SEATS } from '../conversation/words.ts';
import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import type { Role, You } from '../../simulator/server/protocol.ts';
import type { Store } from '../store.ts';
import { mayBe, type Crew } from './crew.ts';

const CHOICES: readonly Exclude<Role, 'presenter'>[] = [...SEATS, 'viewer'];

/** Where one sits: what is taken is told, the driver's seat can be asked for. */
export function createSeatChoice(crew: Crew, store: Store): HTMLElement {
  const options = CHOICES.map((role) => html('option', { value: role }));
  const select = html(
    'select',
    { class: 'seat-select', 'data-testid': 'seat' },
    ...options,
    html('option', { value: 'presenter', hidden: true }, t('role.presenter')),
  );
  const waiting = html('span', { class: 'seat-waiting', role: 'status' });
  let you: You | undefined;
  let asking = false;
  const show = () => {
    const { taken, asksToDrive } = store.state.presence;
    asking &&= asksToDrive !== null && you?.role !== 'driver';
    setText(waiting, asking ? t('role.asking') : '');
    if (!you) return;
    for (const [index, role] of CHOICES.entries()) {
      const option = options[index];
      if (!option) continue;
      const name = role === 'viewer' ? t('role.viewer') : t(`seat.${role}`);
      const others = isSeat(role) && taken.includes(role) && role !== you.role;
      setText(option, others ? t(role === 'driver' ? 'role.ask' : 'role.taken', { seat: name }) : name);
      option.disabled = !mayBe(role, you.access) || (others && role !== 'driver');
    }
    if (select.value !== you.role && !asking) select.value = you.role;
  };
  select.addEventListener('change', () => {
    const role = CHOICES.find((choice) => choice === select.value);
    if (!role) return;
    asking = role === 'driver' && store.state.presence.taken.includes('driver');
    crew.move(role);
    // What it shows is what is so, and that comes from the server.
    if (you) select.value = you.role;
  });
  crew.onYou((now) => {
    you = now;
    show();
  });
  store.onPresence(show);
  return html('label', { class: 'seat-choice' }, html('span', {}, t('talk.seat')), select, waiting);
}
