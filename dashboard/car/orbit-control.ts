import { html } from '../dom.ts';
import { t } from '../language/language.ts';
import type { CarPicture } from './car-picture.ts';
import { limited, turnedByKey, VIEWS } from './orbit.ts';

const RADIANS_PER_PIXEL = 0.008;

/** Turns the car by dragging, wheel and keys. @returns buttons for the named views */
export function controlOrbit(canvas: HTMLCanvasElement, picture: CarPicture): HTMLElement {
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', ({ pointerId, movementX, movementY }) => {
    if (!canvas.hasPointerCapture(pointerId)) return;
    const { azimuth, elevation, zoom } = picture.orbit;
    const turned = {
      azimuth: azimuth - movementX * RADIANS_PER_PIXEL,
      elevation: elevation + movementY * RADIANS_PER_PIXEL,
      zoom,
    };
    picture.turn(limited(turned), true);
  });
  canvas.addEventListener(
    'wheel',
    (event) => {
      // Without a modifier the wheel scrolls the page on a phone-sized layout, and zooms where nothing scrolls.
      if (document.documentElement.scrollHeight > innerHeight && !event.ctrlKey) return;
      event.preventDefault();
      picture.turn(
        limited({ ...picture.orbit, zoom: picture.orbit.zoom * Math.exp(-event.deltaY / 900) }),
        true,
      );
    },
    { passive: false },
  );
  canvas.addEventListener('keydown', (event) => {
    const turned = turnedByKey(picture.orbit, event.key);
    if (!turned) return;
    event.preventDefault();
    picture.turn(turned, false);
  });
  const buttons = Object.entries(VIEWS).map(([name, view]) => {
    const button = html(
      'button',
      { type: 'button', class: 'view' },
      t(`car.view.${name as keyof typeof VIEWS}`),
    );
    button.addEventListener('click', () => {
      picture.turn(view, false);
    });
    return button;
  });
  return html('div', { class: 'views', role: 'group', 'aria-label': t('car.views') }, ...buttons);
}
