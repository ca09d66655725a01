import type { ConversationTurn } from '../../simulator/server/protocol.ts';

/** What declines an utterance is not expected as a command: a suite says `[]`. */
const DECLINED = 'none.';

/**
 * A turn as a case for `drivetalk test`: what was understood and refused becomes what is expected.
 * @returns YAML, one item of a suite's `cases`. Scalars are written as JSON, which YAML contains.
 */
export function asCase({ heard, seat, commands, outcomes }: ConversationTurn): string {
  const expected = commands.filter(({ intent }) => !intent.startsWith(DECLINED));
  const rule = outcomes.flatMap((outcome) => ('decision' in outcome ? [outcome.decision.rule] : []))[0];
  const lines = [
    `- id: ${idOf(heard)}`,
    `  text: ${JSON.stringify(heard)}`,
    ...(seat === 'driver' ? [] : [`  seat: ${seat}`]),
    ...(expected.length === 0 ? ['  expect: []'] : ['  expect:']),
    ...expected.flatMap(({ intent, slots }) => {
      const values = Object.entries(slots).map(([name, { value, unit }]) => {
        const shown = unit === undefined ? value : { value, unit };
        return `        ${name}: ${JSON.stringify(shown)}`;
      });
      return [
        `    - intent: ${intent}`,
        ...(values.length === 0 ? ['      slots: {}'] : ['      slots:', ...values]),
      ];
    }),
    ...(rule === undefined ? [] : [`  expectRefusal: ${rule}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Letters and digits of the words, which make ids that people recognise. */
const idOf = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48) || 'utterance';
