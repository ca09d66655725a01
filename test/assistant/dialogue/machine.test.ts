import assert from 'node:assert/strict';
import { LIST_LIFETIME } from '../../../assistant/dialogue/machine/memory.ts';
import { INTENTS } from '../../../vehicle/ontology.generated.ts';
import { mulberry32 } from '../../support/random.ts';
import { reading, talk } from '../../support/talk.ts';

const TEXTS = [
  'turn it off',
  'and the passenger too',
  'no, 22',
  'the second one',
  'again',
  'yes',
  'stop',
  'call anna',
  "i'm cold",
  'what did you do',
  'when i say x, open the roof',
  'later',
  'use miles',
  'why',
  '',
];
const SEATS = ['driver', 'passenger', 'rear_left', 'rear_right'] as const;
const SLOTS = [
  {},
  { zone: 'rear' },
  { temperature: 22 },
  { contact: 'anna' },
  { ordinal: 2 },
  { level: 40 },
  { destination: 'home' },
  { poi_category: 'parking' },
] as const;

describe('dialogue: machine', () => {
  it('[TALK-8] a snapshot through JSON goes on as the first would', () => {
    const [first, second] = [talk(), talk()];
    for (const { say } of [first, second]) say('call anna', ['phone.call.start', { contact: 'anna' }]);
    second.dialogue.restore(
      JSON.parse(JSON.stringify(second.dialogue.snapshot())) as ReturnType<typeof second.dialogue.snapshot>,
    );
    for (const { say } of [first, second]) {
      say('ac on', ['climate.ac.on']);
      say('the second', ['dialogue.choose.select', { ordinal: 2 }]);
    }
    assert.deepEqual(second.dialogue.snapshot(), first.dialogue.snapshot());
    assert.equal(second.target('Cabin.Infotainment.Phone.CallPeer'), 'Anna Klein');
  });

  it('[TALK-36] random turns leave no question older than its time and no unbounded memory', function () {
    this.timeout(60_000);
    const random = mulberry32(Number(process.env.TALK_SEED ?? 11));
    const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
    let conversation = talk();
    let largest = 0;
    const turns = Number(process.env.TALK_TURNS ?? 500);
    for (let turn = 0; turn < turns; turn++) {
      // The car itself keeps its past; the conversation must not.
      if (turn % 20_000 === 19_999) conversation = talk();
      const { car, dialogue, hear } = conversation;
      const meant = Array.from(
        { length: 1 + Math.floor(random() * 2) },
        () => [pick(INTENTS), pick(SLOTS)] as const,
      );
      hear(
        pick(SEATS),
        reading(
          pick(TEXTS),
          meant.map(([intent, slots]) => [intent, { ...slots }]),
        ),
      );
      car.advance(Math.floor(random() * 5000));
      dialogue.step(car.now, random() < 0.2);
      const { question } = dialogue.snapshot().context;
      assert.ok(!question || question.expires - car.now <= LIST_LIFETIME, 'a question outlives its time');
      assert.ok(!question || question.expires > car.now - 5000, 'a question is overdue');
      if (turn % 100 === 0) largest = Math.max(largest, JSON.stringify(dialogue.snapshot()).length);
    }
    assert.ok(largest < 100_000, `${largest} characters`);
  });

  it('[TALK-36] time alone ends a question', () => {
    const { say, wait, memory } = talk();
    say('call', ['phone.call.start']);
    wait(31_000);
    assert.equal(memory().question, null);
  });
});
