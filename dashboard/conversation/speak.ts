import type { VoiceBy } from '../../simulator/server/protocol.ts';

const REMEMBERED = 'drivetalk.speak';

/** What is to be said. */
export interface Reply {
  /** Of the turn. */
  readonly id: string;
  readonly text: string;
}

/** Something that can speak: the browser, or the server through the page's loudspeaker. */
export interface Speaker {
  /** Whether it could say something now. */
  readonly able: boolean;
  /**
   * Says it, in place of what it was saying.
   * @param ended told once, when it has said it or was cut off
   */
  say(reply: Reply, begun: () => void, ended: () => void): void;
  hush(): void;
}

/** Says replies aloud; the captions stay in any case. */
export interface Voice {
  /** Whether replies can be heard at all. */
  readonly able: boolean;
  enabled: boolean;
  /** Whether it is enabled as long as the person has not chosen: in one room, one page speaks for the car. */
  suggest(enabled: boolean): void;
  /** What is being said right now: undefined when it is quiet. */
  readonly saying: string | undefined;
  /** Who is to speak, as the server was started. */
  use(by: VoiceBy): void;
  say(reply: Reply): void;
  /** Stops at once: somebody is talking. */
  hush(): void;
  /** Told whenever `able` or `saying` has changed. */
  onChange(listener: () => void): void;
}

export interface VoiceParts {
  /** Remembers the choice. */
  readonly storage: Storage;
  readonly browser: Speaker;
  readonly server: Speaker;
}

/** The page's voice. Until the server has told who is to speak, nobody does. */
export function createVoice({ storage, browser, server }: VoiceParts): Voice {
  const listeners = new Set<() => void>();
  let by: VoiceBy = 'off';
  let suggested = true;
  let saying: Reply | undefined;
  const isEnabled = () => {
    const chosen = storage.getItem(REMEMBERED);
    return chosen === null ? suggested : chosen === 'yes';
  };
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const speaker = (): Speaker | undefined => {
    if (by === 'off') return undefined;
    if (by === 'auto') return browser.able ? browser : server;
    return by === 'browser' ? browser : server;
  };
  const hush = () => {
    browser.hush();
    server.hush();
  };
  return {
    get able() {
      return speaker()?.able === true;
    },
    get enabled() {
      return isEnabled();
    },
    set enabled(on) {
      storage.setItem(REMEMBERED, on ? 'yes' : 'no');
      if (!on) hush();
    },
    suggest(on) {
      suggested = on;
      if (!isEnabled()) hush();
      changed();
    },
    get saying() {
      return saying?.text;
    },
    use(who) {
      by = who;
      changed();
    },
    say(reply) {
      if (!isEnabled()) return;
      hush();
      speaker()?.say(
        reply,
        () => {
          saying = reply;
          changed();
        },
        () => {
          // What ends late is not what is being said now.
          if (saying !== reply) return;
          saying = undefined;
          changed();
        },
      );
    },
    hush,
    onChange(listener) {
      listeners.add(listener);
    },
  };
}
