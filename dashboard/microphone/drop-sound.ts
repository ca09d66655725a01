import { html } from '../dom.ts';
import type { Notify } from '../notices.ts';
import { toMono } from './pcm.ts';
import type { Utterance } from './utterance.ts';

/** Seconds of sound that the server takes in one utterance. */
const LONGEST = 60;

/** A sound file dropped on the page is heard as if it were spoken. */
export function acceptSoundFiles({
  notify,
  begin,
}: {
  notify: Notify;
  begin: (sampleRate: number) => Utterance | undefined;
}): void {
  const target = html('div', { class: 'drop-target' }, 'Drop the recording: the car will listen to it');
  target.hidden = true;
  document.body.append(target);
  const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
  addEventListener('dragover', (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    target.hidden = false;
  });
  addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) target.hidden = true;
  });
  addEventListener('drop', (event) => {
    target.hidden = true;
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    sendFile(file, begin).catch((error: unknown) => {
      notify(error instanceof Error ? error.message : String(error));
    });
  });
}

async function sendFile(file: File, begin: (sampleRate: number) => Utterance | undefined): Promise<void> {
  const context = new AudioContext();
  try {
    const sound = await context.decodeAudioData(await file.arrayBuffer()).catch(() => {
      throw new Error(
        `“${file.name}” is not a sound that this browser can read. Drop a WAV, MP3, Ogg or FLAC file.`,
      );
    });
    if (sound.duration > LONGEST) {
      throw new Error(
        `“${file.name}” lasts ${Math.round(sound.duration)} seconds: a recording may last at most ${LONGEST}.`,
      );
    }
    const channels = Array.from({ length: sound.numberOfChannels }, (_, i) => sound.getChannelData(i));
    const utterance = begin(sound.sampleRate);
    utterance?.push(toMono(channels));
    utterance?.end();
  } finally {
    await context.close();
  }
}
