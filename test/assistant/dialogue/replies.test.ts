import assert from 'node:assert/strict';
import { createReplies } from '../../../assistant/dialogue/replies.ts';

const catalogue = `
climate.set: '{degrees, number} degrees{zone, select, driver { for you} other {}}.'
hello: [Hello., 'Hi {names}.']
`;

describe('replies', () => {
  it('[TALK-1] names the facts of an outcome', () => {
    const replies = createReplies(catalogue, 'en', () => 0);
    assert.equal(replies.say('climate.set', { degrees: 21.5, zone: 'driver' }), '21.5 degrees for you.');
    assert.equal(replies.say('climate.set', { degrees: 20, zone: 'rear' }), '20 degrees.');
  });

  it('[TALK-1] chooses among variants as it is told, and joins lists as people do', () => {
    const replies = createReplies(catalogue, 'en', (count) => count - 1);
    assert.equal(replies.say('hello', { names: ['Ann', 'Bo', 'Cy'] }), 'Hi Ann, Bo, and Cy.');
  });

  it('[TALK-1] a missing message or one with wrong syntax is named', () => {
    assert.throws(() => createReplies(catalogue, 'en', () => 0).say('nothing'), /no message "nothing"/);
    assert.throws(() => createReplies('a: "{x"', 'en', () => 0), /message "a"/);
  });
});
