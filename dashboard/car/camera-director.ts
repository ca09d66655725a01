import type { Store } from '../store.ts';
import { lookAt, LOOK } from './attention.ts';
import type { CarPicture } from './car-picture.ts';
import { CAMERAS, FIRST_VIEW, type Orbit } from './orbit.ts';

/**
 * Moves the camera: to what a command was about and back, behind the car that drives off and before the one that is
 * parked, and where a script wants it. Somebody who has turned it is left in peace until the next cut.
 */
export function directCamera(
  store: Store,
  picture: CarPicture,
): {
  readonly arrive: (street: boolean) => void;
  /** Whether it looks at something for a moment only, and is going to turn back. */
  readonly isAway: () => boolean;
  readonly dispose: () => void;
} {
  let usual: Orbit = FIRST_VIEW;
  let seen: ReadonlySet<string> | undefined;
  let back: Orbit | undefined;
  let looking: Orbit | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const goBack = () => {
    if (back && picture.orbit === looking) picture.turn(back, false);
    back = looking = undefined;
  };
  const forgetTurns = store.onConversation((turns) => {
    const finished = turns.filter(({ stage }) => stage === 'done');
    const fresh = seen && finished.filter(({ id }) => !seen?.has(id)).at(-1);
    // What was done before the page was opened is history.
    if (store.version !== undefined) seen = new Set(finished.map(({ id }) => id));
    const view = fresh && lookAt(fresh, picture.isOnStreet);
    if (!view) return;
    if (picture.orbit !== looking) back = picture.orbit;
    looking = view;
    picture.turn(view, false);
    clearTimeout(timer);
    timer = setTimeout(goBack, LOOK);
  });
  let camera: string | null = null;
  const forgetShow = store.onShow((show) => {
    if (!show?.camera || show.camera === camera) return;
    camera = show.camera;
    picture.turn(CAMERAS[show.camera], false);
  });
  return {
    arrive(street) {
      const next = street ? CAMERAS.chase : FIRST_VIEW;
      // Who looks from elsewhere goes on to do so, and so does who looks at something for a moment: it comes after that.
      if (back === usual) back = next;
      if (picture.orbit === usual || (!street && picture.orbit.stand === 'behind')) picture.turn(next, false);
      usual = next;
    },
    isAway: () => looking !== undefined,
    dispose() {
      clearTimeout(timer);
      forgetTurns();
      forgetShow();
    },
  };
}
