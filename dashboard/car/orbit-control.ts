import { html } from '../dom.ts';
import { t } from '../language/language.ts';
import type { CarPicture } from './car-picture.ts';
import { CAMERAS, limited, turnedByKey, VIEW_KEYS } from './orbit.ts';

const RADIANS_PER_PIXEL = 0.008;
/** Key that goes to the street and back. */
const STREET_KEY = 's';

/** Turns the camera by dragging, wheel and keys. @returns buttons for the named views and the street, and their marks */
export function controlOrbit(
  canvas: HTMLCanvasElement,
  picture: CarPicture,
  toggleStreet: () => void,
): { readonly buttons: HTMLElement; readonly markStreet: (street: boolean) => void } {
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', ({ pointerId, movementX, movementY }) => {
    if (!canvas.hasPointerCapture(pointerId)) return;
    const { azimuth, elevation } = picture.orbit;
    const turned = {
      ...picture.orbit,
      azimuth: azimuth - movementX * RADIANS_PER_PIXEL,
      elevation: elevation + movementY * RADIANS_PER_PIXEL,
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
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const turned = turnedByKey(picture.orbit, event.key);
    if (event.key === STREET_KEY) toggleStreet();
    else if (turned) picture.turn(turned, false);
    else return;
    event.preventDefault();
  });
  const views = VIEW_KEYS.map((name) => {
    const button = html('button', { type: 'button', class: 'view' }, t(`car.view.${name}`));
    button.addEventListener('click', () => {
      picture.turn(CAMERAS[name], false);
    });
    return button;
  });
  const street = html(
    'button',
    { type: 'button', class: 'view', 'aria-pressed': 'false', 'data-testid': 'street' },
    t('car.street'),
  );
  street.addEventListener('click', toggleStreet);
  return {
    buttons: html('div', { class: 'views', role: 'group', 'aria-label': t('car.views') }, ...views, street),
    markStreet(isStreet) {
      street.setAttribute('aria-pressed', String(isStreet));
    },
  };
}
