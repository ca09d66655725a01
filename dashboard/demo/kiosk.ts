/** The pointer is in the way of the picture after so long, in milliseconds. */
const IDLE = 3_000;

/**
 * A page for a big screen: full screen from the first touch on (browsers give it no earlier), a screen that stays on,
 * and a pointer that hides. What is shown and what not is the style sheet's business (`data-kiosk`).
 */
export function startKiosk(page: Document): void {
  page.body.dataset['kiosk'] = '';
  const fill = ({ type, key }: { type: string; key?: string }) => {
    // Escape has just left the full screen, and means it.
    if (page.fullscreenElement || (type === 'keydown' && key === 'Escape')) return;
    page.documentElement.requestFullscreen().catch(() => {
      // A browser that has no full screen shows the page in its window.
    });
  };
  page.addEventListener('pointerdown', fill);
  page.addEventListener('keydown', fill);

  let hiding: ReturnType<typeof setTimeout> | undefined;
  const rest = () => {
    delete page.body.dataset['idle'];
    clearTimeout(hiding);
    hiding = setTimeout(() => {
      page.body.dataset['idle'] = '';
    }, IDLE);
  };
  page.addEventListener('pointermove', rest);
  rest();

  const stayOn = () => {
    // Only secure pages have it; elsewhere the machine's own settings decide.
    if (page.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    navigator.wakeLock.request('screen').catch(() => {
      // Low battery: the system has the last word.
    });
  };
  // The lock is lost with the page's visibility.
  page.addEventListener('visibilitychange', stayOn);
  stayOn();
}
