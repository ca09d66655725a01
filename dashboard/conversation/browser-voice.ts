import type { Speaker } from './speak.ts';

/** A little faster than it is made for: an answer, not a story. */
const RATE = 1.05;

/**
 * The browser's own voice: one for English that lives on this machine. Others send what they say to their maker.
 * @param speech absent in a browser that cannot speak
 */
export function createBrowserVoice(speech: SpeechSynthesis | undefined): Speaker {
  const local = (): SpeechSynthesisVoice | undefined =>
    speech
      ?.getVoices()
      .filter(({ localService, lang }) => localService && /^en\b/i.test(lang))
      .sort((one, other) => Number(other.default) - Number(one.default))[0];
  // Browsers look for voices when they are first asked for, and have them later.
  local();
  return {
    get able() {
      return local() !== undefined;
    },
    say({ text }, begun, ended) {
      const voice = local();
      if (!speech || !voice) return;
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = RATE;
      utterance.addEventListener('start', begun);
      utterance.addEventListener('end', ended);
      utterance.addEventListener('error', ended);
      speech.speak(utterance);
    },
    hush() {
      speech?.cancel();
    },
  };
}
