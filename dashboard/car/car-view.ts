import type { CarLook, WorldMap } from '../../simulator/server/protocol.ts';
import type { Notify } from '../notices.ts';
import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import { TELL_TALES, TELL_TALE_SIGNALS } from '../panels/tell-tales.ts';
import type { Signals, Store } from '../store.ts';
import { directCamera } from './camera-director.ts';
import { createCar, type Car } from './car.ts';
import { CarPicture } from './car-picture.ts';
import { CarStill, seenStill } from './car-still.ts';
import { createPainter, Studio, type Painter } from './studio.ts';
import { NO_STATS, type CarStats } from './car-stats.ts';
import { controlOrbit } from './orbit-control.ts';
import { FIRST_VIEW } from './orbit.ts';
import { poseOf, POSE_SIGNALS } from './pose.ts';
import { Whereabouts } from './whereabouts.ts';

interface CarViewOptions {
  readonly root: HTMLElement;
  readonly words: HTMLElement;
  readonly store: Store;
  /** The city, for when the car drives. */
  readonly map: Promise<WorldMap>;
  /** Of a brand. */
  readonly look: CarLook;
  /** Whether a slow machine may draw fewer pixels while things move. */
  readonly isFluent: boolean;
  /** Whether somebody speaks, or waits for what comes of it. */
  readonly isTalking: () => boolean;
  readonly notify: Notify;
}

export interface CarView {
  readonly stats: () => CarStats;
  readonly dispose: () => void;
}

/**
 * The car in the middle of the page: a still picture as soon as its state is known, then the one that moves; where
 * there is no WebGL it stays with stills, and words.
 */
export async function createCarView(options: CarViewOptions): Promise<CarView> {
  const { root, store, look } = options;
  const car = createCar(look);
  const still = new CarStill(car);
  root.append(still.canvas);
  const pose = poseOf(await firstSignals(store));
  still.show(pose, root.clientWidth, root.clientHeight, 1);
  performance.mark(FIRST_PICTURE);
  // WebGL takes its time to begin: the still is seen first.
  await nextPaint();
  const canvas = html('canvas', {
    class: 'car-canvas',
    tabindex: 0,
    role: 'img',
    'aria-label': t('car.keys'),
    'aria-describedby': options.words.id,
  });
  let painter: Painter;
  try {
    painter = createPainter(canvas);
  } catch {
    return showStills(options, still);
  }
  return showMoving(options, { canvas, painter, car, still });
}

/** Milliseconds of rest after which a still picture is drawn with smooth edges, and how many pixels to one of the page it has then. */
const SETTLE = 400;
const FINE = 2;
/** Between two still pictures the page is its own for so many times as long as one took. */
const REST = 2;

/** Mark of the page's timeline. */
const FIRST_PICTURE = 'first-picture';

/** What the car is like when its state comes first. */
function firstSignals(store: Store): Promise<Signals> {
  if (store.version !== undefined) return Promise.resolve(store.state.signals);
  return new Promise((resolve) => {
    const forget = store.onSignals(POSE_SIGNALS, (signals) => {
      // It tells at once what it has, which is nothing before the first snapshot.
      if (store.version === undefined) return;
      forget();
      resolve(signals);
    });
  });
}

const nextPaint = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => {
      setTimeout(resolve);
    });
  });

/** Tells the car to those who do not see it. */
const teller = (words: HTMLElement) => (signals: Signals) => {
  setText(words, carWords(signals));
};

/** Without WebGL: a picture for every change, and its words for all to read. */
function showStills({ root, words, store }: CarViewOptions, still: CarStill): CarView {
  root.append(html('p', { class: 'car-missing', 'data-testid': 'notice' }, t('car.noPicture')));
  words.classList.remove('visually-hidden');
  words.classList.add('car-told');
  let frames = 0;
  let requested: ReturnType<typeof setTimeout> | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let pause = 0;
  const draw = (ratio: number) => {
    const began = performance.now();
    still.show(poseOf(store.state.signals), root.clientWidth, root.clientHeight, ratio);
    pause = REST * (performance.now() - began);
    frames += 1;
  };
  const request = () => {
    clearTimeout(settling);
    settling = undefined;
    requested ??= setTimeout(() => {
      requested = undefined;
      draw(1);
      // The picture that stays has smooth edges.
      settling = setTimeout(() => {
        settling = undefined;
        draw(FINE);
      }, SETTLE);
    }, pause);
  };
  const resize = new ResizeObserver(request);
  resize.observe(root);
  let shown = '';
  const forget = store.onSignals([...POSE_SIGNALS, ...TELL_TALE_SIGNALS], (signals) => {
    teller(words)(signals);
    const seen = seenStill(poseOf(signals));
    if (seen !== shown) request();
    shown = seen;
  });
  return {
    stats: () => ({ ...NO_STATS, frames, isFinal: requested === undefined && settling === undefined }),
    dispose() {
      forget();
      resize.disconnect();
      clearTimeout(requested);
      clearTimeout(settling);
      root.replaceChildren();
    },
  };
}

/** With WebGL: a picture that moves, behind the still one at first. */
function showMoving(
  { root, words, store, map, isFluent, isTalking, notify }: CarViewOptions,
  { canvas, painter, car, still }: { canvas: HTMLCanvasElement; painter: Painter; car: Car; still: CarStill },
): CarView {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const studio = new Studio(painter);
  const manners = { still: () => calm.matches, isTalking, isFluent };
  const picture = new CarPicture(painter, studio, car, manners);
  const director = directCamera(store, picture);
  const whereabouts = new Whereabouts(
    picture,
    map,
    () => calm.matches,
    (street, problem) => {
      control.markStreet(street);
      director.arrive(street);
      if (problem) notify(t('car.noStreet'));
    },
  );
  const control = controlOrbit(canvas, picture, () => {
    whereabouts.toggle();
  });
  root.prepend(canvas);
  root.append(control.buttons);
  const resize = new ResizeObserver(() => {
    picture.resize(root.clientWidth, root.clientHeight, devicePixelRatio);
  });
  resize.observe(root);
  const end = new AbortController();
  canvas.addEventListener(
    'webglcontextlost',
    (event) => {
      // Asks the browser to give the context back.
      event.preventDefault();
      picture.lose();
      notify(t('car.lost'), 'information');
    },
    { signal: end.signal },
  );
  canvas.addEventListener(
    'webglcontextrestored',
    () => {
      picture.restore();
    },
    { signal: end.signal },
  );
  let shown = '';
  const forget = store.onSignals([...POSE_SIGNALS, ...TELL_TALE_SIGNALS], (signals) => {
    teller(words)(signals);
    // Before the first snapshot there is nothing to be shown, and nothing to move from.
    if (store.version === undefined) return;
    const pose = poseOf(signals);
    const seen = JSON.stringify(pose);
    // A battery that is used a little changes nothing that is seen: that is no reason for a frame.
    if (seen !== shown) picture.show(pose);
    shown = seen;
    whereabouts.follow(pose);
  });
  const first = shown;
  /** The still one is finer than what a slow machine draws at first: it stays until that is, or no longer true. */
  const relieve = () => {
    const { frames, isFinal } = picture.stats();
    const isTrue = shown === first && picture.orbit === FIRST_VIEW;
    if (frames > 0 && (isFinal || !isTrue)) still.canvas.remove();
    else requestAnimationFrame(relieve);
  };
  relieve();
  return {
    stats() {
      const stats = picture.stats();
      return { ...stats, isFinal: stats.isFinal && !still.canvas.isConnected && !director.isAway() };
    },
    dispose() {
      end.abort();
      forget();
      director.dispose();
      resize.disconnect();
      picture.dispose();
      studio.dispose();
      painter.renderer.dispose();
      // A browser keeps only so many contexts, and takes the oldest of a page that collects them.
      painter.renderer.forceContextLoss();
      root.replaceChildren();
    },
  };
}

/** The picture in one sentence, for those who do not see it. */
function carWords(signals: Signals): string {
  const told = TELL_TALES.flatMap(({ words }) => words(signals) ?? []);
  return told.length === 0 ? t('car.still') : t('car.told', { what: told.join(', ') });
}
