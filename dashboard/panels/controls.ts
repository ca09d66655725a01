import { html, svg } from '../dom.ts';

/** Pictures on buttons, drawn in a field of 24 by 24. */
const ICONS = {
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  play: 'M8 5l11 7-11 7z',
  pause: 'M8 5v14M16 5v14',
  next: 'M6 6l8 6-8 6zM18 6v12',
  previous: 'M18 6l-8 6 8 6zM6 6v12',
  answer: 'M6 4h4l2 5-3 2a11 11 0 0 0 5 5l2-3 4 2v4c-9 2-16-6-14-15z',
  hangUp: 'M3 14c5-5 13-5 18 0l-2 3-4-2v-2a12 12 0 0 0-6 0v2l-4 2z',
  microphone: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v4',
  mute: 'M4 9v6h4l5 4V5L8 9zM17 9l4 6M21 9l-4 6',
  shuffle: 'M3 7h4l9 10h5M18 14l3 3-3 3M3 17h4l3-3M13 10l3-3h5M18 4l3 3-3 3',
  repeat: 'M4 12V9a2 2 0 0 1 2-2h13M16 4l3 3-3 3M20 12v3a2 2 0 0 1-2 2H5M8 20l-3-3 3-3',
  one: 'M4 12V9a2 2 0 0 1 2-2h13M16 4l3 3-3 3M20 12v3a2 2 0 0 1-2 2H5M8 20l-3-3 3-3M11 11l2-1v5',
  expand: 'M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5',
  close: 'M6 6l12 12M18 6L6 18',
  follow: 'M12 3l6 17-6-4-6 4z',
  overview: 'M4 7l5-3 6 3 5-3v13l-5 3-6-3-5 3zM9 4v13M15 7v13',
  compass: 'M12 4l3 8h-6zM9 12l3 8 3-8',
  tilt: 'M4 17l4-9h8l4 9zM9 17l1-9M15 17l-1-9',
} as const;
export type Icon = keyof typeof ICONS;

export const icon = (name: Icon): SVGSVGElement =>
  svg('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d: ICONS[name] }));

/** A round button that shows a picture and is called by its label. */
export function iconButton(name: Icon, label: string, act: () => void, testId?: string): HTMLButtonElement {
  const button = html(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': label, title: label, 'data-testid': testId },
    icon(name),
  );
  button.addEventListener('click', act);
  return button;
}

/** Gives a round button another meaning. */
export function relabel(button: HTMLButtonElement, label: string, name: Icon): void {
  if (button.title === label) return;
  button.title = label;
  button.setAttribute('aria-label', label);
  button.replaceChildren(icon(name));
}

/** A button with words. */
export function wordButton(words: string, act: () => void, testId?: string): HTMLButtonElement {
  const button = html('button', { type: 'button', class: 'word-button', 'data-testid': testId }, words);
  button.addEventListener('click', act);
  return button;
}

/**
 * A slider from 0 to 100. While a hand is on it, the car's own value does not move it away.
 * @param set called once the hand lets go, or for each step by key; `showAgain` goes back to the car's value
 */
export function createSlider(
  label: string,
  step: number,
  set: (percent: number, showAgain: () => void) => void,
): { readonly element: HTMLInputElement; show(percent: number, words: string): void } {
  const element = html('input', {
    type: 'range',
    class: 'slider',
    min: 0,
    max: 100,
    step,
    'aria-label': label,
  });
  let held = false;
  /** The car's own. */
  let value = '0';
  const fill = () => {
    element.style.setProperty('--filled', `${element.value}%`);
  };
  const showAgain = () => {
    if (held || element.value === value) return;
    element.value = value;
    fill();
  };
  element.addEventListener('pointerdown', () => (held = true));
  for (const end of ['pointerup', 'pointercancel'] as const)
    element.addEventListener(end, () => (held = false));
  element.addEventListener('input', fill);
  element.addEventListener('change', () => {
    set(Number(element.value), showAgain);
  });
  return {
    element,
    show(percent, words) {
      element.setAttribute('aria-valuetext', words);
      value = String(percent);
      showAgain();
    },
  };
}

/**
 * A switch that is lit while it is on.
 * @param picture shown instead of the name, which the switch keeps for those who do not see it
 */
export function createSwitch(
  name: string,
  flip: (on: boolean) => void,
  picture?: Icon,
): { readonly element: HTMLButtonElement; readonly show: (on: boolean) => void } {
  const element = html(
    'button',
    {
      type: 'button',
      class: picture ? 'icon-button' : 'lamp switch',
      'aria-pressed': 'false',
      'aria-label': picture && name,
      title: picture && name,
    },
    picture ? icon(picture) : name,
  );
  element.addEventListener('click', () => {
    flip(element.getAttribute('aria-pressed') !== 'true');
  });
  return {
    element,
    show(on) {
      element.dataset['on'] = String(on);
      element.setAttribute('aria-pressed', String(on));
    },
  };
}
