import type { Notify } from '../notices.ts';
import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import { TELL_TALES, TELL_TALE_SIGNALS } from '../panels/tell-tales.ts';
import type { Signals, Store } from '../store.ts';
import { CarPicture } from './car-picture.ts';
import type { CarStats } from './car-stats.ts';
import { lookAt, LOOK } from './attention.ts';
import { CAMERAS, type Orbit } from './orbit.ts';
import { controlOrbit } from './orbit-control.ts';
import { poseOf, POSE_SIGNALS } from './pose.ts';

/** The car in the middle of the page; where there is no WebGL, its state in words. */
export function createCarView({
  root,
  words,
  store,
  notify,
}: {
  root: HTMLElement;
  words: HTMLElement;
  store: Store;
  notify: Notify;
}): {
  stats: () => CarStats;
} {
  const paths = [...POSE_SIGNALS, ...TELL_TALE_SIGNALS];
  const tell = (signals: Signals) => {
    setText(words, carWords(signals));
  };
  const canvas = html('canvas', {
    class: 'car-canvas',
    tabindex: 0,
    role: 'img',
    'aria-label': t('car.keys'),
    'aria-describedby': words.id,
  });
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let picture: CarPicture;
  try {
    picture = new CarPicture(canvas, () => still.matches);
  } catch {
    root.append(html('p', { class: 'car-missing', 'data-testid': 'notice' }, t('car.noPicture')));
    words.classList.remove('visually-hidden');
    words.classList.add('car-told');
    store.onSignals(paths, tell);
    return { stats: () => ({ frames: 0, drawCalls: 0, triangles: 0, contextLost: false }) };
  }
  root.append(canvas, controlOrbit(canvas, picture));
  new ResizeObserver(() => {
    picture.resize(root.clientWidth, root.clientHeight, devicePixelRatio);
  }).observe(root);
  canvas.addEventListener('webglcontextlost', (event) => {
    // Asks the browser to give the context back.
    event.preventDefault();
    picture.lose();
    notify(t('car.lost'), 'information');
  });
  canvas.addEventListener('webglcontextrestored', () => {
    picture.restore();
  });
  store.onSignals(paths, (signals) => {
    tell(signals);
    // Before the first snapshot there is nothing to be shown, and nothing to move from.
    if (store.version !== undefined) picture.show(poseOf(signals));
  });
  let camera: string | null = null;
  store.onShow((show) => {
    // A person who looks elsewhere meanwhile is not turned back before the next cut.
    if (!show?.camera || show.camera === camera) return;
    camera = show.camera;
    picture.turn(CAMERAS[show.camera], false);
  });
  follow(store, picture);
  return { stats: () => picture.stats() };
}

/** The camera looks at what a command was about, and then where it looked before, unless somebody has turned it. */
function follow(store: Store, picture: CarPicture): void {
  let seen: ReadonlySet<string> | undefined;
  let back: Orbit | undefined;
  let looking: Orbit | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const goBack = () => {
    if (back && picture.orbit === looking) picture.turn(back, false);
    back = looking = undefined;
  };
  store.onConversation((turns) => {
    const finished = turns.filter(({ stage }) => stage === 'done');
    const fresh = seen && finished.filter(({ id }) => !seen?.has(id)).at(-1);
    // What was done before the page was opened is history.
    if (store.version !== undefined) seen = new Set(finished.map(({ id }) => id));
    const view = fresh && lookAt(fresh);
    if (!view) return;
    if (picture.orbit !== looking) back = picture.orbit;
    looking = view;
    picture.turn(view, false);
    clearTimeout(timer);
    timer = setTimeout(goBack, LOOK);
  });
}

/** The picture in one sentence, for those who do not see it. */
function carWords(signals: Signals): string {
  const told = TELL_TALES.flatMap(({ words }) => words(signals) ?? []);
  return told.length === 0 ? t('car.still') : t('car.told', { what: told.join(', ') });
}
