import type { Synthesizer } from '../../assistant/speech/synthesis/synthesizer.ts';
import type { SpokenReply } from './protocol.ts';

/** Every page asks for the same few sentences at the same time. */
const REMEMBERED = 16;

/** The car's replies as sound for pages that have no voice of their own. Says only what the car has said in words. */
export class ReplyVoice {
  readonly #voice: Synthesizer;
  readonly #said = new Map<string, Promise<SpokenReply>>();

  /** @param voice is closed by who made it */
  constructor(voice: Synthesizer) {
    this.#voice = voice;
  }

  /** @throws SynthesisError */
  async say(reply: string): Promise<SpokenReply> {
    const known = this.#said.get(reply);
    if (known) return known;
    const saying = this.#say(reply);
    this.#said.set(reply, saying);
    for (const oldest of this.#said.keys()) {
      if (this.#said.size <= REMEMBERED) break;
      this.#said.delete(oldest);
    }
    // What has failed is tried again when it is asked for again.
    saying.catch(() => this.#said.delete(reply));
    return saying;
  }

  async #say(reply: string): Promise<SpokenReply> {
    const { samples, rate } = await this.#voice.say(reply);
    const pcm = Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767));
    return { rate, pcm: pcm.buffer };
  }
}
