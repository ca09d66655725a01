import assert from 'node:assert/strict';
import { PAUSES, readingOf } from '../../../../assistant/speech/turn-taking/completeness.ts';
import type { InterpretedCommand } from '../../../../assistant/understanding/interpreter.ts';
import type { Intent } from '../../../../vehicle/ontology.generated.ts';
import { command, newCar, type ShortSlots } from '../../../support/small-car.ts';

const car = newCar();
const lacks = (read: InterpretedCommand) => car.lacks(read, { seat: 'driver' });

/** How words are judged that the model reads as one command. */
function judged(
  text: string,
  intent: Intent,
  slots: ShortSlots = {},
  { confidence = 1, isKnown = false, isAnswer = false } = {},
) {
  const span = [0, text.length] as const;
  const commands = [{ ...command(intent, slots), confidence, span }];
  return readingOf({ text, commands, isKnown, isAnswer, lacks });
}
const temperature = (value: number, text: string): ShortSlots => ({ temperature: { value, text } });

describe('readingOf', () => {
  it('[HEAR-64] a whole command needs nothing more', () => {
    assert.deepEqual(judged('open the window', 'window.open'), {
      isCommand: true,
      isCertain: true,
      expects: 'nothing',
    });
  });

  it('[HEAR-64] one that lacks something, or ends with "to", goes on', () => {
    assert.equal(judged('set the temperature', 'climate.temperature.set').expects, 'more');
    assert.equal(judged('turn the fan down to', 'climate.fan.decrease').expects, 'more');
    assert.equal(judged('open the window and', 'window.open').expects, 'more');
  });

  it('[HEAR-64] a number may grow', () => {
    const text = 'set the temperature to twenty';
    assert.equal(judged(text, 'climate.temperature.set', temperature(20, 'twenty')).expects, 'number');
    assert.equal(
      judged(`${text} degrees`, 'climate.temperature.set', temperature(20, 'twenty degrees')).expects,
      'nothing',
    );
  });

  it('[HEAR-64] an address and a message may, too; "home" is whole', () => {
    const to = (destination: string) =>
      judged(`take me to ${destination}`, 'navigation.route.start', { destination }).expects;
    assert.equal(to('fifteen garden street'), 'text');
    assert.equal(to('home'), 'nothing');
  });

  it('[HEAR-64] words that mean nothing yet are waited for, and are no command', () => {
    assert.deepEqual(judged('i was thinking', 'none.out_of_scope.select'), {
      isCommand: false,
      isCertain: false,
      expects: 'unclear',
    });
    assert.equal(judged('the window', 'window.open', {}, { confidence: 0.3 }).isCommand, false);
  });

  it('[HEAR-63] what is only likely a command is none where nobody has said that the car is meant', () => {
    const likely = judged('the window', 'window.open', {}, { confidence: 0.7 });
    assert.deepEqual([likely.isCommand, likely.isCertain], [true, false]);
    assert.equal(judged('the window', 'window.open', {}, { confidence: 0.85 }).isCertain, true);
  });

  it('[HEAR-64] whatever answers a question of the car is for the car', () => {
    const none = 'none.out_of_scope.select';
    assert.deepEqual(judged('anna', none, {}, { isAnswer: true }), {
      isCommand: true,
      isCertain: false,
      expects: 'number',
    });
    assert.deepEqual(judged('the second one', none, {}, { isKnown: true }), {
      isCommand: true,
      isCertain: true,
      expects: 'nothing',
    });
  });

  it('[HEAR-64] the pauses grow with what may still come', () => {
    const { nothing, number, unclear, text, more } = PAUSES;
    assert.ok(nothing < number && number < unclear && unclear < text && text < more);
  });
});
