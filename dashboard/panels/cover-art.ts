import { svg } from '../dom.ts';

/** A picture for a title that has none: circles and a hue that follow from the letters. */
export function createCover(): {
  readonly element: SVGSVGElement;
  show(title: string, playing: boolean): void;
} {
  const disc = svg('circle', { cx: 32, cy: 32, r: 20 });
  const ring = svg('circle', { cx: 44, cy: 22, r: 26, 'fill-opacity': 0.45 });
  const base = svg('rect', { width: 64, height: 64 });
  const element = svg(
    'svg',
    { class: 'cover', viewBox: '0 0 64 64', 'aria-hidden': 'true' },
    base,
    ring,
    disc,
  );
  const show = (title: string, playing: boolean) => {
    const seed = Array.from(title).reduce(
      (sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 3_600,
      7,
    );
    const hue = seed % 360;
    base.setAttribute('fill', `hsl(${hue} 45% ${playing ? 26 : 18}%)`);
    ring.setAttribute('fill', `hsl(${(hue + 50) % 360} 70% 55%)`);
    disc.setAttribute('fill', `hsl(${(hue + 300) % 360} 65% 60%)`);
    disc.setAttribute('r', String(12 + (seed % 13)));
  };
  return { element, show };
}
