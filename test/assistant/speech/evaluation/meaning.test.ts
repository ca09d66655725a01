import assert from 'node:assert/strict';
import { commandMeaning, writtenMeaning } from '../../../../assistant/speech/evaluation/meaning.ts';
import { readLine } from '../../../../assistant/understanding/corpus.ts';
import { openOntology, openPhraseBook } from '../../../../assistant/understanding/open-phrase-book.ts';
import { createNormaliser } from '../../../../assistant/understanding/values/normalise.ts';
import type { InterpretedCommand } from '../../../../assistant/understanding/interpreter.ts';

const ontology = openOntology();
const normaliser = createNormaliser(ontology, openPhraseBook(ontology));
const moment = { now: Date.UTC(2026, 0, 5, 9), utcOffset: 0 };
const written = (line: string) => writtenMeaning(readLine(ontology, line, 'here'), normaliser, moment);
const command = (intent: string, slots: InterpretedCommand['slots']): InterpretedCommand => ({
  ...{ intent: intent as InterpretedCommand['intent'], slots, confidence: 1, span: [0, 1] },
});

describe('speech: what a sound asks for', () => {
  it('[HEAR-45] is the same in digits and in words, in any order of slots', () => {
    assert.equal(
      written('climate.temperature.set | set [my side](zone) to [21](temperature)'),
      written('climate.temperature.set | [twenty one](temperature) on [my side](zone)'),
    );
    assert.equal(
      written('message.start | tell [mom](contact) [I need 10 minutes](message_text)'),
      commandMeaning([
        command('message.start', {
          message_text: { text: 'i need ten minutes', value: 'i need ten minutes' },
          contact: { text: 'Mom', value: 'mom' },
        }),
      ]),
    );
  });

  it('[HEAR-45] is the same in British and American spelling', () => {
    assert.equal(
      written('phone.call.start | call [mom](contact)'),
      written('phone.call.start | call [mum](contact)'),
    );
    assert.equal(
      written('vehicle.status.query | how many [kilometers](item) are on the clock'),
      written('vehicle.status.query | how many [kilometres](item) are on the clock'),
    );
  });

  it('[HEAR-45] differs by intent, value, number and order of commands', () => {
    const meanings = [
      'window.open | open the window',
      'window.close | open the window',
      'window.open | open the [rear left](zone) window',
      'window.open + sunroof.open | open the window || and the roof',
      'sunroof.open + window.open | open the roof || and the window',
    ].map(written);
    assert.equal(new Set(meanings).size, meanings.length);
  });

  it('[HEAR-45] is empty for what is not for the car', () => {
    assert.equal(written('none.out_of_scope.select | how was your day'), '');
    assert.equal(commandMeaning([command('none.silence.select', {})]), '');
  });
});
