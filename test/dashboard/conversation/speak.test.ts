import assert from 'node:assert/strict';
import { createVoice, type Reply, type Speaker } from '../../../dashboard/conversation/speak.ts';

/** Notes what it says; the test tells when it begins and ends. */
class NotedSpeaker implements Speaker {
  able = true;
  readonly said: string[] = [];
  hushed = 0;
  begun: () => void = () => undefined;
  ended: () => void = () => undefined;
  say({ text }: Reply, begun: () => void, ended: () => void): void {
    this.said.push(text);
    Object.assign(this, { begun, ended });
  }
  hush(): void {
    this.hushed++;
  }
}

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as Storage;
}

function page(storage = memory()) {
  const browser = new NotedSpeaker();
  const server = new NotedSpeaker();
  return { browser, server, voice: createVoice({ storage, browser, server }) };
}
const reply = (text: string): Reply => ({ id: text, text });

describe('dashboard/conversation/speak', () => {
  it('[SAY-25] the browser speaks where it has a voice, else the server; until it is told, nobody does', () => {
    const { voice, browser, server } = page();
    voice.say(reply('before'));
    assert.equal(voice.able, false);
    voice.use('auto');
    voice.say(reply('one'));
    browser.able = false;
    assert.equal(voice.able, true);
    voice.say(reply('two'));
    voice.use('browser');
    assert.equal(voice.able, false);
    voice.use('server');
    browser.able = true;
    voice.say(reply('three'));
    voice.use('off');
    voice.say(reply('four'));
    assert.deepEqual(browser.said, ['one']);
    assert.deepEqual(server.said, ['two', 'three']);
    assert.equal(voice.able, false);
  });

  it('[SAY-25] whoever wants no voice keeps it that way', () => {
    const storage = memory();
    const { voice, browser } = page(storage);
    voice.use('auto');
    voice.enabled = false;
    voice.say(reply('one'));
    assert.deepEqual(browser.said, []);
    assert.equal(page(storage).voice.enabled, false);
    voice.enabled = true;
    assert.equal(page(storage).voice.enabled, true);
  });

  it('[SAY-27] a page speaks as long as it drives, unless the person there has chosen', () => {
    const { voice, browser } = page();
    voice.use('auto');
    voice.suggest(false);
    voice.say(reply('one'));
    assert.deepEqual([browser.said, voice.enabled], [[], false]);
    voice.suggest(true);
    voice.say(reply('two'));
    voice.suggest(false);
    assert.ok(browser.hushed > 1, 'who drives no more is quiet');
    voice.enabled = true;
    voice.say(reply('three'));
    voice.suggest(true);
    voice.enabled = false;
    voice.suggest(true);
    voice.say(reply('four'));
    assert.deepEqual(browser.said, ['two', 'three']);
  });

  it('[SAY-26] what is being said is known from its first sound to its last', () => {
    const { voice, browser } = page();
    const seen: (string | undefined)[] = [];
    voice.use('auto');
    voice.onChange(() => seen.push(voice.saying));
    voice.say(reply('one'));
    assert.equal(voice.saying, undefined);
    browser.begun();
    assert.equal(voice.saying, 'one');
    browser.ended();
    assert.deepEqual(seen, ['one', undefined]);
  });

  it('[SAY-26] a new reply cuts the old one off, whose end changes nothing', () => {
    const { voice, browser, server } = page();
    voice.use('auto');
    voice.say(reply('one'));
    browser.begun();
    const { ended } = browser;
    const before = browser.hushed;
    voice.say(reply('two'));
    assert.ok(browser.hushed > before && server.hushed > 0);
    browser.begun();
    ended();
    assert.equal(voice.saying, 'two');
    voice.hush();
    browser.ended();
    assert.equal(voice.saying, undefined);
  });
});
