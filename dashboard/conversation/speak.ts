const REMEMBERED = 'drivetalk.speak';

/** Says replies aloud where the browser has a voice; the captions stay in any case. */
export interface Voice {
  /** Whether the browser can speak at all. */
  readonly able: boolean;
  enabled: boolean;
  say(text: string): void;
  /** Stops at once: somebody is talking. */
  hush(): void;
}

/** @param storage remembers the choice @param speech absent in a browser without a voice */
export function createVoice(storage: Storage, speech: SpeechSynthesis | undefined): Voice {
  let enabled = storage.getItem(REMEMBERED) !== 'no';
  return {
    able: speech !== undefined,
    get enabled() {
      return enabled;
    },
    set enabled(on) {
      enabled = on;
      storage.setItem(REMEMBERED, on ? 'yes' : 'no');
      if (!on) speech?.cancel();
    },
    say(text) {
      if (!enabled || !speech || speech.getVoices().length === 0) return;
      speech.cancel();
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = 'en';
      utterance.rate = 1.05;
      speech.speak(utterance);
    },
    hush() {
      speech?.cancel();
    },
  };
}
