import type { Command } from '../../../vehicle/command.ts';
import { atoms } from '../../../vehicle/slots.ts';
import type { Replies } from '../replies.ts';
import { operationOf, targetOf } from '../follow-ups/fit.ts';

/** A command in words, as after "shall I": "open the window", "set the temperature to 22 degrees for the passenger". */
export function inWords({ intent, slots }: Command, replies: Replies): string {
  const { zone, side, ...others } = slots;
  const operation = operationOf(intent);
  const target = targetOf(intent);
  const whole = `dialogue.do.${intent}`;
  const values = Object.values(others).map(({ text }) => text);
  const facts = {
    thing: replies.has(`dialogue.thing.${target}`)
      ? replies.say(`dialogue.thing.${target}`)
      : target.split('.').join(' ').replaceAll('_', ' '),
    value: values.length > 0 ? values.join(', ') : 'none',
    zone: atoms(zone ?? side).length > 0 ? String(atoms(zone ?? side)[0]) : 'none',
  };
  return replies.say(replies.has(whole) ? whole : `dialogue.do.${operation}`, facts);
}
