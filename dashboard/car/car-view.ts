import type { CarLook, WorldMap } from '../../simulator/server/protocol.ts';
import type { Notify } from '../notices.ts';
import { html, setText } from '../dom.ts';
import { t } from '../language/language.ts';
import { TELL_TALES, TELL_TALE_SIGNALS } from '../panels/tell-tales.ts';
import type { Signals, Store } from '../store.ts';
import { directCamera } from './camera-director.ts';
import { CarPicture } from './car-picture.ts';
import { createPainter, Studio, type Painter } from './studio.ts';
import { NO_STATS, type CarStats } from './car-stats.ts';
import { controlOrbit } from './orbit-control.ts';
import { poseOf, POSE_SIGNALS } from './pose.ts';
import { Whereabouts } from './whereabouts.ts';

/**
 * The car in the middle of the page; where there is no WebGL, its state in words.
 * @param map the city, for when it drives
 * @param look of a brand
 * @param isFluent whether a slow machine may draw fewer pixels while things move
 */
export function createCarView({
  root,
  words,
  store,
  map,
  look,
  isFluent,
  notify,
}: {
  root: HTMLElement;
  words: HTMLElement;
  store: Store;
  map: Promise<WorldMap>;
  look: CarLook;
  isFluent: boolean;
  notify: Notify;
}): {
  stats: () => CarStats;
  dispose: () => void;
} {
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
  let painter: Painter;
  try {
    painter = createPainter(canvas);
  } catch {
    root.append(html('p', { class: 'car-missing', 'data-testid': 'notice' }, t('car.noPicture')));
    words.classList.remove('visually-hidden');
    words.classList.add('car-told');
    return { stats: () => NO_STATS, dispose: store.onSignals(TELL_TALE_SIGNALS, tell) };
  }
  const studio = new Studio(painter);
  const picture = new CarPicture(painter, studio, () => still.matches, look, isFluent);
  const director = directCamera(store, picture);
  const whereabouts = new Whereabouts(
    picture,
    map,
    () => still.matches,
    (street, problem) => {
      control.markStreet(street);
      director.arrive(street);
      if (problem) notify(t('car.noStreet'));
    },
  );
  const control = controlOrbit(canvas, picture, () => {
    whereabouts.toggle();
  });
  root.append(canvas, control.buttons);
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
    tell(signals);
    // Before the first snapshot there is nothing to be shown, and nothing to move from.
    if (store.version === undefined) return;
    const pose = poseOf(signals);
    const seen = JSON.stringify(pose);
    // A battery that is used a little changes nothing that is seen: that is no reason for a frame.
    if (seen !== shown) picture.show(pose);
    shown = seen;
    whereabouts.follow(pose);
  });
  return {
    stats() {
      const stats = picture.stats();
      return { ...stats, isFinal: stats.isFinal && !director.isAway() };
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
