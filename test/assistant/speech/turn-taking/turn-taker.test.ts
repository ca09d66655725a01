import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Transcript, Word } from '../../../../assistant/speech/transcriber.ts';
import type { Reading } from '../../../../assistant/speech/turn-taking/completeness.ts';
import { HANDS_FREE } from '../../../../assistant/speech/turn-taking/turn-options.ts';
import {
  TurnTaker,
  type TurnEffect,
  type TurnInput,
} from '../../../../assistant/speech/turn-taking/turn-taker.ts';
import { VOICE_FRAME } from '../../../../assistant/speech/voice-activity.ts';

const FRAME = 32;
const words = (text: string): Word[] =>
  text === ''
    ? []
    : text
        .split(' ')
        .map((word, at) => ({ text: word, start: at * 300, end: at * 300 + 300, confidence: 1 }));
const transcript = (text: string): Transcript => ({
  text,
  words: words(text),
  confidence: 1,
  alternatives: [],
  duration: 0,
});
const COMMAND: Reading = { isCommand: true, isCertain: true, expects: 'nothing' };
const TALK: Reading = { isCommand: false, isCertain: false, expects: 'unclear' };

/**
 * A microphone at which people speak. What is read means what `meaning` says; everything else is talk.
 */
function microphone(meaning: Readonly<Record<string, Reading>> = {}, hearsOpening = false) {
  const taker = new TurnTaker({ ...HANDS_FREE, hearsOpening });
  const effects: TurnEffect[] = [];
  let at = 0;
  const step = (input: TurnInput) => {
    const done = taker.step(input);
    effects.push(...done);
    for (const effect of done) {
      if (effect.do !== 'read') continue;
      const { segment, text } = effect;
      step({ is: 'reading', segment, text, reading: meaning[text] ?? TALK });
    }
  };
  const frames = (ms: number, voice: number) => {
    for (let passed = 0; passed < ms; passed += FRAME)
      step({ is: 'frame', samples: new Float32Array(VOICE_FRAME).fill(at++), voice });
  };
  const last = () => {
    const open = effects.findLast((effect) => effect.do === 'open');
    assert.ok(open);
    return open.segment;
  };
  return {
    effects,
    step,
    last,
    quiet: (ms: number) => frames(ms, 0.05),
    /** Somebody speaks for so long; the transcriber hears the text. */
    speak: (ms: number, text: string) => {
      frames(ms, 0.9);
      step({ is: 'words', segment: last(), words: words(text) });
    },
    /** The transcriber's last word. */
    final: (text: string, segment = last()) => {
      step({ is: 'final', segment, transcript: transcript(text) });
    },
    answer: (asks = false) => {
      step({ is: 'answered', asks });
    },
    says: (says: string | null, asks = false) => {
      step({ is: 'voice', says, asks });
    },
    delivered: () => effects.flatMap((effect) => (effect.do === 'deliver' ? [effect.transcript.text] : [])),
    did: (kind: TurnEffect['do']) => effects.filter((effect) => effect.do === kind).length,
    states: () => effects.flatMap((effect) => (effect.do === 'state' ? [effect.state] : [])),
    get state() {
      return taker.state;
    },
    /** Milliseconds from now until the segment is ended. */
    untilEnd: () => {
      const before = effects.length;
      for (let passed = FRAME; passed < 5000; passed += FRAME) {
        frames(FRAME, 0.05);
        if (effects.slice(before).some((effect) => effect.do === 'end')) return passed;
      }
      return Infinity;
    },
  };
}

describe('TurnTaker', () => {
  it('[HEAR-61] wake word and command in one breath', () => {
    const mic = microphone({ 'open the window': COMMAND });
    mic.quiet(2000);
    mic.speak(500, 'hey drive');
    assert.equal(mic.state, 'hearing');
    assert.equal(mic.did('begin'), 0);
    mic.speak(800, 'hey drive open the window');
    mic.untilEnd();
    assert.equal(mic.state, 'thinking');
    mic.final('hey drive open the window');
    assert.deepEqual(mic.delivered(), ['open the window']);
    mic.answer();
    assert.equal(mic.state, 'awake');
    mic.quiet(HANDS_FREE.followUp + 100);
    assert.equal(mic.state, 'asleep');
    assert.deepEqual(mic.states(), ['hearing', 'thinking', 'awake', 'asleep']);
  });

  it('[HEAR-61] the wake word alone, and after a pause anything', () => {
    const mic = microphone();
    mic.quiet(1000);
    mic.speak(700, 'hey drive');
    mic.untilEnd();
    mic.final('hey drive');
    assert.equal(mic.state, 'awake');
    assert.equal(mic.did('begin'), 0);
    mic.quiet(1500);
    mic.speak(900, 'sing me a song');
    assert.equal(mic.state, 'hearing');
    mic.untilEnd();
    mic.final('sing me a song');
    assert.deepEqual(mic.delivered(), ['sing me a song']);
  });

  it('[HEAR-61] who goes on before the wake word is understood is heard all the same', () => {
    const mic = microphone({ 'open the window': COMMAND });
    mic.quiet(1000);
    mic.speak(700, '');
    mic.untilEnd();
    const first = mic.last();
    mic.speak(300, '');
    mic.final('hey drive', first);
    mic.speak(500, 'open the window');
    mic.untilEnd();
    mic.final('open the window');
    assert.deepEqual(mic.delivered(), ['open the window']);
  });

  it('[HEAR-61] words that only sound like the wake word need a command behind them', () => {
    const heard = (text: string) => {
      const mic = microphone({ 'open the window': COMMAND });
      mic.quiet(1000);
      mic.speak(1200, text);
      mic.untilEnd();
      mic.final(text);
      return mic.delivered();
    };
    assert.deepEqual(heard('they drive open the window'), ['open the window']);
    assert.deepEqual(heard('they drive all day and all night'), []);
  });

  it('[HEAR-71] where its sounds are listened for, words that resemble the wake word wake nobody', () => {
    const heard = (text: string, hearsOpening: boolean) => {
      const mic = microphone(
        { 'minister will meet them on thursday': COMMAND, 'open the window': COMMAND },
        hearsOpening,
      );
      mic.quiet(1000);
      mic.speak(1200, text);
      mic.untilEnd();
      mic.final(text);
      return mic.delivered().length;
    };
    assert.equal(heard('the prime minister will meet them on thursday', false), 1);
    assert.equal(heard('the prime minister will meet them on thursday', true), 0);
    assert.equal(heard('hey drive open the window', true), 1);
  });

  it('[HEAR-71] a wake word whose sounds were faint counts when the thorough reading has it, too', () => {
    const heard = (partial: string, confidence: number, final: string) => {
      const mic = microphone({}, true);
      mic.quiet(1000);
      mic.speak(1200, '');
      const faint = words(partial).map((word) => ({ ...word, confidence }));
      mic.step({ is: 'words', segment: mic.last(), words: faint });
      const begun = mic.did('begin');
      mic.untilEnd();
      mic.final(final);
      return [begun, ...mic.delivered()];
    };
    const said = 'hey drive bring more water';
    assert.deepEqual(heard(said, 0.001, 'he said i should bring more water'), [0]);
    assert.deepEqual(heard(said, 0.001, said), [0, 'bring more water']);
    assert.deepEqual(heard(said, 0.4, said), [1, 'bring more water']);
  });

  it('[HEAR-61] what was said first is carried out first, whichever is understood first', () => {
    const mic = microphone({ 'open the window': COMMAND, 'close it': COMMAND });
    mic.speak(1200, 'hey drive open the window');
    mic.untilEnd();
    const first = mic.last();
    mic.speak(800, 'hey drive close it');
    mic.untilEnd();
    mic.final('hey drive close it');
    assert.deepEqual(mic.delivered(), []);
    mic.final('hey drive open the window', first);
    assert.deepEqual(mic.delivered(), ['open the window', 'close it']);
  });

  it('[HEAR-62] without the wake word nothing is told to the car', () => {
    const mic = microphone({ 'open the window': COMMAND });
    mic.quiet(1000);
    mic.speak(1200, 'open the window');
    mic.untilEnd();
    mic.final('open the window');
    assert.equal(mic.did('begin') + mic.did('deliver') + mic.did('read'), 0);
    assert.deepEqual(mic.states(), []);
  });

  it('[HEAR-62] talk without a pause is searched in windows that overlap; a wake word in it is found', () => {
    const mic = microphone({ 'open the window': COMMAND });
    mic.quiet(500);
    for (let piece = 0; piece < 20; piece++) mic.speak(500, 'and then he told me');
    const opened = mic.did('open');
    assert.ok(opened >= 2 && opened <= 5, `${opened} windows`);
    assert.equal(mic.did('cancel'), opened - 1);
    mic.speak(700, 'and then hey drive open the window');
    mic.untilEnd();
    mic.final('and then hey drive open the window');
    assert.deepEqual(mic.delivered(), ['open the window']);
  });

  it('[HEAR-63] after an answer no wake word is needed for a while, and what is no command is nobody’s', () => {
    const mic = microphone({ 'open the window': COMMAND, 'close it': COMMAND });
    mic.speak(1200, 'hey drive open the window');
    mic.untilEnd();
    mic.final('hey drive open the window');
    mic.answer();
    mic.quiet(3000);
    mic.speak(1500, 'so what did your mother say');
    mic.untilEnd();
    mic.final('so what did your mother say');
    assert.equal(mic.did('begin'), 1);
    mic.quiet(1000);
    mic.speak(800, 'close it');
    mic.untilEnd();
    mic.final('close it');
    assert.deepEqual(mic.delivered(), ['open the window', 'close it']);
    mic.answer();
    mic.quiet(9000);
    mic.speak(800, 'close it');
    mic.untilEnd();
    mic.final('close it');
    assert.equal(mic.delivered().length, 2);
  });

  it('[HEAR-63] what is only likely a command is one after the wake word, and nobody’s without it', () => {
    const mic = microphone({
      'open the window': COMMAND,
      'can you hold this': { ...COMMAND, isCertain: false },
    });
    mic.speak(1200, 'hey drive can you hold this');
    mic.untilEnd();
    mic.final('hey drive can you hold this');
    assert.deepEqual(mic.delivered(), ['can you hold this']);
    mic.answer();
    mic.quiet(1000);
    mic.speak(1200, 'can you hold this');
    mic.untilEnd();
    mic.final('can you hold this');
    assert.deepEqual([mic.delivered().length, mic.did('begin')], [1, 1]);
  });

  it('[HEAR-64] the pause that ends an utterance depends on what may still come', () => {
    const pause = (expects: Reading['expects']) => {
      const mic = microphone({ 'do it': { isCommand: true, isCertain: true, expects } });
      mic.speak(900, 'hey drive do it');
      return mic.untilEnd();
    };
    const near = (expects: Reading['expects'], ms: number) => {
      assert.ok(Math.abs(pause(expects) - ms) <= FRAME, `${expects}: ${pause(expects)} ms`);
    };
    near('nothing', 300);
    near('number', 520);
    near('unclear', 700);
    near('text', 800);
    near('more', 1300);
  });

  it('[HEAR-64] a pause that is long enough once the words are known ends with them, not with the next sound', () => {
    const mic = microphone({ 'open the window': COMMAND });
    mic.quiet(2000);
    mic.speak(1200, 'hey drive');
    mic.quiet(450);
    assert.equal(mic.did('end'), 0);
    mic.step({ is: 'words', segment: mic.last(), words: words('hey drive open the window') });
    assert.equal(mic.did('end'), 1);
    mic.final('hey drive open the window');
    assert.deepEqual(mic.delivered(), ['open the window']);
  });

  it('[HEAR-64] who goes on after a pause has said one thing', () => {
    const whole = 'set the temperature to twenty one degrees';
    const mic = microphone({
      'set the temperature to': { isCommand: true, isCertain: true, expects: 'more' },
      [whole]: COMMAND,
    });
    mic.speak(1500, 'hey drive set the temperature to');
    mic.quiet(1000);
    mic.speak(1000, `hey drive ${whole}`);
    mic.untilEnd();
    mic.final(`hey drive ${whole}`);
    assert.deepEqual(mic.delivered(), [whole]);
    assert.equal(mic.did('open'), 1);
  });

  it('[HEAR-65] what was said 800 ms before the speech was noticed is heard', () => {
    const mic = microphone();
    mic.quiet(3000);
    mic.speak(200, '');
    const open = mic.effects.find((effect) => effect.do === 'open');
    assert.ok(open);
    assert.equal(open.sound.length, 800 / FRAME);
    const pushed = mic.effects.flatMap((effect) => (effect.do === 'push' ? [effect.samples[0]!] : []));
    const first = open.sound[0]![0]!;
    const heard = [...open.sound.map((samples) => samples[0]!), ...pushed];
    assert.deepEqual(
      heard,
      heard.map((_, at) => first + at),
    );
  });

  it('[HEAR-65] an utterance does not begin with the end of the one before', () => {
    const mic = microphone({ one: COMMAND, two: COMMAND });
    mic.speak(900, 'hey drive one');
    mic.untilEnd();
    mic.speak(200, '');
    const opens = mic.effects.flatMap((effect) => (effect.do === 'open' ? [effect] : []));
    assert.equal(opens.length, 2);
    const lastPushed = mic.effects.findLast(
      (effect) => effect.do === 'push' && effect.segment === opens[0]!.segment,
    );
    assert.ok(lastPushed?.do === 'push');
    assert.ok(opens[1]!.sound[0]![0]! > lastPushed.samples[0]!);
  });

  it('[HEAR-66] a click is not worth a transcript; nobody speaks for longer than 20 seconds', () => {
    const mic = microphone();
    mic.quiet(500);
    mic.speak(90, '');
    mic.quiet(2000);
    assert.equal(mic.did('cancel'), 1);
    assert.equal(mic.did('end'), 0);
    const endless = microphone({ 'la la': { isCommand: true, isCertain: true, expects: 'text' } });
    endless.speak(1000, 'hey drive la la');
    for (let second = 0; second < 25; second++) endless.speak(1000, 'hey drive la la');
    assert.ok(endless.did('end') >= 1);
  });

  it('[HEAR-67] the car has asked, and nobody answers', () => {
    const mic = microphone({ 'call her': COMMAND });
    mic.speak(900, 'hey drive call her');
    mic.untilEnd();
    mic.final('hey drive call her');
    mic.answer(true);
    mic.says('Whom shall I call, Anna or Zoe?', true);
    mic.quiet(20_000);
    assert.equal(mic.state, 'speaking');
    mic.says(null, true);
    mic.quiet(HANDS_FREE.followUp + 1900);
    assert.equal(mic.state, 'awake');
    mic.quiet(300);
    assert.equal(mic.state, 'asleep');
    assert.deepEqual(
      mic.effects.filter((effect) => effect.do === 'state' && effect.why === 'no-input').length,
      1,
    );
  });

  it('[HEAR-67] any answer is heard, "okay" among them', () => {
    for (const answer of ['anna', 'okay']) {
      const mic = microphone({ 'call her': COMMAND });
      mic.speak(900, 'hey drive call her');
      mic.untilEnd();
      mic.final('hey drive call her');
      mic.answer(true);
      mic.quiet(1000);
      mic.speak(500, answer);
      mic.untilEnd();
      mic.final(answer);
      assert.deepEqual(mic.delivered(), ['call her', answer]);
    }
  });

  const REPLY = 'It is twenty one degrees outside and it will rain in the afternoon.';

  it('[HEAR-68] who speaks over the car’s voice stops it, and is heard', () => {
    const mic = microphone({ 'open the window': COMMAND });
    mic.says(REPLY);
    mic.quiet(1000);
    mic.speak(400, 'open the');
    // The car's own first words are heard as anything.
    assert.equal(mic.did('hush'), 0);
    mic.speak(400, 'open the window');
    assert.equal(mic.did('hush'), 1);
    mic.untilEnd();
    mic.final('open the window');
    assert.equal(mic.did('hush'), 1);
    assert.deepEqual(mic.delivered(), ['open the window']);
  });

  it('[HEAR-68] "mhm" does not stop it', () => {
    const mic = microphone();
    mic.says(REPLY);
    mic.quiet(500);
    mic.speak(300, 'mhm');
    mic.untilEnd();
    mic.final('mhm');
    assert.equal(mic.did('hush') + mic.did('begin'), 0);
    assert.equal(mic.state, 'speaking');
  });

  it('[HEAR-69] the car’s own voice is not heard, nor what fades of it', () => {
    const mic = microphone({ 'it will rain in the afternoon': COMMAND });
    mic.says(REPLY);
    mic.speak(1500, 'it is twenty one degrees');
    mic.speak(1000, 'it is twenty one degrees outside and');
    mic.untilEnd();
    mic.final('it is twenty one degrees outside and it');
    mic.speak(200, '');
    mic.says(null);
    mic.quiet(200);
    mic.speak(800, 'it will rain in the afternoon');
    mic.untilEnd();
    mic.final('it will rain in the afternoon');
    assert.equal(mic.did('hush') + mic.did('begin') + mic.did('deliver'), 0);
  });

  it('[HEAR-66] whatever comes in whatever order, each segment is opened once and forgotten once', () => {
    const text = fc.constantFrom(
      '',
      'hey drive',
      'hey drive open the window',
      'open the window',
      'mhm',
      'so what',
    );
    const event = fc.oneof(
      fc.record({
        is: fc.constant('frames' as const),
        ms: fc.integer({ min: 32, max: 4000 }),
        voice: fc.boolean(),
      }),
      fc.record({ is: fc.constant('words' as const), text }),
      fc.record({ is: fc.constant('final' as const), text }),
      fc.record({ is: fc.constant('answer' as const), asks: fc.boolean() }),
      fc.record({ is: fc.constant('says' as const), text: fc.option(text) }),
      fc.constant({ is: 'failed' as const }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const mic = microphone({ 'open the window': COMMAND });
        mic.speak(100, '');
        let answers = 0;
        for (const each of events) {
          if (each.is === 'frames') (each.voice ? (ms: number) => mic.speak(ms, '') : mic.quiet)(each.ms);
          if (each.is === 'words') mic.step({ is: 'words', segment: mic.last(), words: words(each.text) });
          if (each.is === 'final') mic.final(each.text);
          if (each.is === 'answer' && mic.did('deliver') > answers++) mic.answer(each.asks);
          if (each.is === 'says') mic.says(each.text);
          if (each.is === 'failed') mic.step({ is: 'failed', segment: mic.last() });
        }
        const opened = new Set<number>();
        const over = new Set<number>();
        for (const effect of mic.effects) {
          if (effect.do === 'hush' || effect.do === 'state') continue;
          if (effect.do === 'open') opened.add(effect.segment);
          assert.ok(opened.has(effect.segment) && !over.has(effect.segment), JSON.stringify(effect));
          if (effect.do === 'drop' || effect.do === 'deliver') over.add(effect.segment);
        }
      }),
    );
  });
});
