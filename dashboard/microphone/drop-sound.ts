import { html } from '../dom.ts';
import { t } from '../language/language.ts';
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
  const target = html('div', { class: 'drop-target' }, t('sound.drop'));
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
      throw new Error(t('sound.unreadable', { file: file.name }));
    });
    if (sound.duration > LONGEST) {
      throw new Error(
        t('sound.long', { file: file.name, seconds: Math.round(sound.duration), longest: LONGEST }),
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
