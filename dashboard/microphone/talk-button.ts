import { html, svg } from '../dom.ts';
import { t } from '../language/language.ts';
import type { Notify } from '../notices.ts';
import { microphoneProblem } from './problem.ts';
import type { SharedMicrophone } from './shared-microphone.ts';
import type { Utterance } from './utterance.ts';

/** Let go this soon, it was a click and not an utterance: the person is told to hold. */
const SHORTEST = 250;
/** Sound that is still on its way from the microphone when the button is let go. */
const TAIL = 150;

export interface TalkParts {
  readonly place: HTMLElement;
  readonly microphone: SharedMicrophone;
  readonly notify: Notify;
  /** Begins an utterance; undefined when the server is out of reach, which has been told. */
  readonly begin: (sampleRate: number) => Utterance | undefined;
}

/** Push to talk: the round button with pointer or keys, or the space bar anywhere outside of a field. */
export function createTalkButton({ place, microphone, notify, begin }: TalkParts): void {
  const loudness = html('span', { class: 'talk-level', 'aria-hidden': 'true' });
  const button = html(
    'button',
    {
      type: 'button',
      class: 'talk-button',
      'data-testid': 'talk-button',
      'data-state': 'ready',
      'aria-pressed': 'false',
      'aria-label': t('microphone.hold'),
      'aria-keyshortcuts': 'Space',
    },
    svg(
      'svg',
      { viewBox: '0 0 24 24', 'aria-hidden': 'true' },
      svg('rect', { x: 9, y: 3, width: 6, height: 11, rx: 3 }),
      svg('path', { d: 'M5 11a7 7 0 0 0 14 0M12 18v3' }),
    ),
  );
  const hint = html('span', { class: 'talk-hint' }, t('microphone.hint'));
  place.append(html('span', { class: 'talk-button-wrap' }, loudness, button), hint);

  let pressedAt: number | undefined;
  let recording: { readonly silence: () => void; readonly utterance: Utterance } | undefined;

  const show = (state: 'ready' | 'opening' | 'talking' | 'problem', words: string) => {
    button.dataset['state'] = state;
    button.setAttribute('aria-pressed', String(state === 'talking'));
    hint.textContent = words;
    if (state !== 'talking') loudness.style.transform = 'scale(1)';
  };
  microphone.onLevel((loud) => {
    if (recording) loudness.style.transform = `scale(${1 + loud * 0.6})`;
  });
  microphone.onEnd(() => {
    if (recording) stop();
    notify(t('microphone.away'));
    show('problem', t('microphone.none'));
  });
  const stop = () => {
    if (!recording) return;
    const { silence, utterance } = recording;
    recording = undefined;
    show('ready', t('microphone.hint'));
    setTimeout(() => {
      silence();
      utterance.end();
    }, TAIL);
  };
  const press = async () => {
    if (pressedAt !== undefined || recording) return;
    const mine = performance.now();
    pressedAt = mine;
    show('opening', t('microphone.opening'));
    try {
      const opened = await microphone.open();
      // The first press may have waited for the person to allow the microphone: then the finger is long up.
      if (pressedAt !== mine) return;
      const utterance = begin(opened.sampleRate);
      if (!utterance) {
        show('ready', t('microphone.hint'));
        return;
      }
      const silence = opened.start((samples) => {
        utterance.push(samples);
      });
      recording = { silence, utterance };
      show('talking', t('microphone.listening'));
    } catch (error) {
      show('problem', t('microphone.none'));
      notify(microphoneProblem(error, isSecureContext));
    }
  };
  const release = () => {
    if (pressedAt === undefined) return;
    const held = performance.now() - pressedAt;
    pressedAt = undefined;
    if (recording && held < SHORTEST) {
      recording.silence();
      recording.utterance.cancel();
      recording = undefined;
      show('ready', t('microphone.holdOn'));
    } else if (recording) stop();
    else if (button.dataset['state'] === 'opening') show('ready', t('microphone.hint'));
  };

  button.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    void press();
  });
  for (const name of ['pointerup', 'pointercancel'] as const) button.addEventListener(name, release);
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (!event.repeat) void press();
  });
  button.addEventListener('keyup', ({ key }) => {
    if (key === 'Enter') release();
  });
  addEventListener('keydown', (event) => {
    if (event.code !== 'Space' || event.ctrlKey || event.metaKey || event.altKey || needsSpace(event.target))
      return;
    event.preventDefault();
    if (!event.repeat) void press();
  });
  addEventListener('keyup', (event) => {
    if (event.code === 'Space' && pressedAt !== undefined) {
      event.preventDefault();
      release();
    }
  });
  // The key may be let go in another window, which would leave the car listening.
  addEventListener('blur', release);
}

/** Whether the space bar has a meaning of its own there: writing, ticking, pressing. */
function needsSpace(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest('input, textarea, select, summary, button:not(.talk-button), [contenteditable]') !== null
  );
}
