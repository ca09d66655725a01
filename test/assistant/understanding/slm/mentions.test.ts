import assert from 'node:assert/strict';
import { joinMentions } from '../../../../assistant/understanding/slm/mentions.ts';
import type { SlotName } from '../../../../vehicle/ontology.generated.ts';

/** The mentions of a text in which each is marked as `[words](slot)`, joined. */
function joined(marked: string): readonly string[] {
  let text = '';
  let at = 0;
  const mentions = [...marked.matchAll(/\[([^\]]+)\]\(([a-z_]+)\)/g)].map(
    ({ 0: all, 1: words = '', 2: slot, index }) => {
      text += marked.slice(at, index);
      at = index + all.length;
      const start = text.length;
      text += words;
      return { name: slot as SlotName, start, end: text.length };
    },
  );
  text += marked.slice(at);
  const names: ReadonlySet<SlotName> = new Set(['item', 'playlist', 'destination', 'message_text']);
  return joinMentions(mentions, text, (slot) => names.has(slot)).map(
    ({ name, start, end }) => `${name}=${text.slice(start, end)}`,
  );
}

describe('mentions', () => {
  it('[NLU-45] a name whose middle was left out is one name', () => {
    assert.deepEqual(joined('remind me to [check in](item) for the [flight](item)'), [
      'item=check in for the flight',
    ]);
    assert.deepEqual(joined('play [jazz](playlist) for [dinner](playlist)'), ['playlist=jazz for dinner']);
    assert.deepEqual(joined('to [oak street](destination) in [galway](destination)'), [
      'destination=oak street in galway',
    ]);
  });

  it('[NLU-45] what stands side by side is one, except of places', () => {
    assert.deepEqual(joined('[no](route_option) [ferries](route_option)'), ['route_option=no ferries']);
    assert.deepEqual(joined('open [mine](zone) [rear left](zone)'), ['zone=mine', 'zone=rear left']);
  });

  it('[NLU-45] several values stay several', () => {
    const several = [
      '[milk](item) and [bread](item)',
      '[milk](item), [bread](item)',
      '[front](direction) to [rear](direction)',
      '[the gym](destination) in [my](zone) car',
    ];
    for (const text of several) assert.equal(joined(text).length, 2, text);
  });
});
