import assert from 'node:assert/strict';
import { accepts, AcceptorBuilder } from '../../../../assistant/speech/grammar/acceptor.ts';

describe('AcceptorBuilder', () => {
  it('[HEAR-7] writes what two phrases share once', () => {
    const builder = new AcceptorBuilder();
    const say = (words: string) =>
      words.split(' ').reduceRight((next, word) => builder.word(word, next), builder.end);
    const acceptor = builder.finish(
      builder.union([say('turn on the radio'), say('turn off the radio'), say('switch off the radio')]),
    );
    // turn|switch, on|off or off only, the, radio, end
    assert.equal(acceptor.states.length, 6);
    for (const sentence of ['turn on the radio', 'turn off the radio', 'switch off the radio'])
      assert.ok(accepts(acceptor, sentence), sentence);
    for (const sentence of ['switch on the radio', 'turn on the', 'radio', 'turn on the radio radio'])
      assert.ok(!accepts(acceptor, sentence), sentence);
  });

  it('[HEAR-7] takes a name of several words as one arc', () => {
    const builder = new AcceptorBuilder();
    const acceptor = builder.finish(builder.word('call', builder.word('anna maria', builder.end)));
    assert.ok(accepts(acceptor, 'call anna maria'));
    assert.ok(!accepts(acceptor, 'call anna'));
  });
});
