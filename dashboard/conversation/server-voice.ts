import type { SpokenReply } from '../../simulator/server/protocol.ts';
import type { Speaker } from './speak.ts';

/** So that being cut off does not click; the ear takes it for at once. */
const FADE = 0.02;

export interface ServerVoiceParts {
  /** Asks the server for a turn's reply as sound; null when it has none. */
  readonly fetch: (turn: string) => Promise<SpokenReply | null>;
  /** Whether somebody has touched the page: before that, browsers play nothing. */
  readonly touched: () => boolean;
}

/** The server's voice, played by the page. */
export function createServerVoice({ fetch, touched }: ServerVoiceParts): Speaker {
  let context: AudioContext | undefined;
  let stop: (() => void) | undefined;
  /** Of what is to be said now: what arrives for an earlier one is not played. */
  let current: object | undefined;

  const play = ({ pcm: bytes, rate }: SpokenReply, context: AudioContext, ended: () => void): void => {
    const pcm = new Int16Array(bytes);
    const sound = context.createBuffer(1, pcm.length, rate);
    sound.copyToChannel(
      Float32Array.from(pcm, (sample) => sample / 32_768),
      0,
    );
    const source = new AudioBufferSourceNode(context, { buffer: sound });
    const loudness = new GainNode(context);
    source.connect(loudness).connect(context.destination);
    source.addEventListener('ended', ended);
    source.start();
    stop = () => {
      loudness.gain.setTargetAtTime(0, context.currentTime, FADE / 4);
      source.stop(context.currentTime + FADE);
    };
  };

  return {
    able: true,
    say({ id }, begun, ended) {
      if (!touched()) return;
      const mine = {};
      current = mine;
      const said = async () => {
        const spoken = await fetch(id);
        if (!spoken || spoken.pcm.byteLength === 0) return;
        context ??= new AudioContext();
        await context.resume();
        if (current !== mine) return;
        begun();
        play(spoken, context, ended);
      };
      // A page that may not play shows its captions.
      said().catch(ended);
    },
    hush() {
      current = undefined;
      stop?.();
      stop = undefined;
    },
  };
}
