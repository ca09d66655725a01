import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createReplies } from '../../../assistant/dialogue/replies.ts';
import { sumUp } from '../../../assistant/dialogue/replies/sum.ts';
import { inWords } from '../../../assistant/dialogue/replies/wording.ts';
import { INTENTS } from '../../../vehicle/ontology.generated.ts';
import { ENGLISH, talk } from '../../support/talk.ts';

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

describe('replies: several in one sentence', () => {
  const replies = createReplies(ENGLISH, 'en', () => 0);
  const sum = (said: Parameters<typeof sumUp>[0], brief = false) => sumUp(said, replies, brief);

  it('[TALK-20] what was done, then what was not, then the question', () => {
    assert.equal(
      sum([
        { text: 'Windows open.', as: 'done' },
        { text: "I can't do that.", as: 'failed' },
        { text: 'A.C. is on.', as: 'done' },
        { text: 'Whom shall I call?', as: 'question' },
      ]),
      "Windows open and A.C. is on, but I can't do that. Whom shall I call?",
    );
  });

  it('[TALK-20] one outcome is said as it is, the same one once, and refusals alone are no "but"', () => {
    assert.equal(sum([{ text: 'Open. Really.', as: 'done' }]), 'Open. Really.');
    assert.equal(
      sum([
        { text: 'Done.', as: 'done' },
        { text: 'Done.', as: 'done' },
      ]),
      'Done.',
    );
    assert.equal(
      sum([
        { text: 'Not now.', as: 'failed' },
        { text: 'Nobody there.', as: 'failed' },
      ]),
      'Not now and nobody there.',
    );
    assert.equal(sum([]), '');
  });

  it('[TALK-20] on the road many are counted', () => {
    const four = ['A', 'B', 'C', 'D'].map((text) => ({ text: `${text}.`, as: 'done' as const }));
    assert.equal(sum(four, true), 'All 4 done.');
    assert.match(sum(four), /A.*d/);
  });
});

describe('replies: length and language', () => {
  it('[TALK-30] the same choices give the same words; other choices other words', () => {
    const said = (variant: number) => {
      const { say } = talk({ variant });
      return [
        say('ac on', ['climate.ac.on']).reply,
        say('never mind', ['dialogue.cancel.select']).reply,
      ].join(' ');
    };
    assert.equal(said(1), said(1));
    assert.notEqual(said(0), said(1));
  });

  it('[TALK-30] on the road the short form is taken', () => {
    const replies = createReplies(
      'a: {full: [This is long., This too.], brief: [Short.]}\nb: [Much longer., Shorter.]',
      'en',
      () => 0,
    );
    assert.equal(replies.say('a'), 'This is long.');
    assert.equal(replies.brief.say('a'), 'Short.');
    assert.equal(replies.brief.say('b'), 'Shorter.');
    const { car, say } = talk();
    car.sense('Vehicle.Speed', 80);
    assert.equal(say('ac on', ['climate.ac.on']).reply, 'A.C. is on.');
  });

  it('[TALK-31] another language is another file', () => {
    const german = createReplies("dialogue.sum.but: '{done}, aber {failed}.'", 'de', () => 0);
    assert.equal(
      german.say('dialogue.sum.but', { done: 'Offen', failed: 'zu spät' }),
      'Offen, aber zu spät.',
    );
    assert.equal(german.list(['a', 'b']), 'a und b');
  });

  it('[TALK-31] every message that the conversation names is in the catalogue, and none is left over', () => {
    const codes = new Set(
      Object.keys(parse(ENGLISH) as object).filter((code) => code.startsWith('dialogue.')),
    );
    const files = readdirSync('assistant/dialogue', { recursive: true, encoding: 'utf8' });
    const source = files
      .filter((name) => /\.(ts|yaml)$/.test(name) && !name.startsWith('replies/en'))
      .map((name) => readFileSync(join('assistant/dialogue', name), 'utf8'))
      .join('\n');
    const named = new Set([...source.matchAll(/\bdialogue(?:\.[a-z_]+)+\b(?!\()/g)].map(([code]) => code));
    // Put together from a thing, an operation or a reason.
    const composed = /^dialogue\.(do|thing|hand_over|routine|profile|deny|cancel)\./;
    const intents = new Set<string>(INTENTS);
    assert.deepEqual(
      [...named].filter(
        (code) =>
          !codes.has(code) &&
          !intents.has(code) &&
          ![...codes].some((known) => known.startsWith(`${code}.`)) &&
          !intents.has(`${code}.select`) &&
          !intents.has(`${code}.query`),
      ),
      [],
    );
    assert.deepEqual(
      [...codes].filter((code) => !named.has(code) && !composed.test(code)),
      [],
    );
    const replies = createReplies(ENGLISH, 'en', () => 0);
    for (const intent of INTENTS) {
      if (/^(dialogue|none|question|news)\./.test(intent)) continue;
      const said = inWords({ intent, slots: {} }, replies);
      assert.doesNotMatch(said, /[{}_]|none/, intent);
    }
  });
});
