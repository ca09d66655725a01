import type { Page } from 'playwright-core';

/**
 * All words that a person sees or hears on the page now: text, and the names, titles and values for screen readers.
 * What is marked as English (`lang`) or as a name that is not translated (`translate`) is left out.
 */
export function visibleTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const apart = '[lang=en], [translate=no], script, style, noscript';
    const texts: string[] = [];
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest(apart) || !element.checkVisibility()) continue;
      for (const node of element.childNodes)
        if (node.nodeType === Node.TEXT_NODE && node.textContent?.trim()) texts.push(node.textContent.trim());
      for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt']) {
        const value = element.getAttribute(name)?.trim();
        if (value) texts.push(value);
      }
    }
    return texts;
  });
}

/**
 * Texts whose contrast with their ground is under what WCAG 2.2 asks at level AA (1.4.3): 4.5, or 3 for large text.
 * @param within selector of the parts to look at; their grounds must be plain colours
 */
export function weakContrasts(page: Page, within: string): Promise<string[]> {
  return page.evaluate((selector) => {
    type Colour = readonly [red: number, green: number, blue: number, alpha: number];
    const parse = (text: string): Colour => {
      const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
      return [red, green, blue, alpha];
    };
    const over = (top: Colour, ground: Colour): Colour => {
      const mix = (a: number, b: number) => a * top[3] + b * (1 - top[3]);
      return [mix(top[0], ground[0]), mix(top[1], ground[1]), mix(top[2], ground[2]), 1];
    };
    const groundOf = (element: Element | null): Colour => {
      if (!element) return parse(getComputedStyle(document.documentElement).backgroundColor);
      const own = parse(getComputedStyle(element).backgroundColor);
      return own[3] === 1 ? own : over(own, groundOf(element.parentElement));
    };
    // Relative luminance as WCAG defines it.
    const luminance = ([red, green, blue]: Colour) => {
      const [r = 0, g = 0, b = 0] = [red, green, blue].map((each) => {
        const share = each / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const weak: string[] = [];
    for (const part of document.querySelectorAll(selector))
      for (const element of part.querySelectorAll('*')) {
        const hasText = [...element.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
        );
        if (!hasText || !element.checkVisibility() || element.closest('.visually-hidden, option')) continue;
        const { color, fontSize, fontWeight } = getComputedStyle(element);
        const ground = groundOf(element);
        const [light = 0, dark = 0] = [luminance(over(parse(color), ground)), luminance(ground)].sort(
          (a, b) => b - a,
        );
        const pixels = parseFloat(fontSize);
        const large = pixels >= 24 || (pixels >= 18.66 && Number(fontWeight) >= 700);
        const ratio = (light + 0.05) / (dark + 0.05);
        if (ratio < (large ? 3 : 4.5))
          weak.push(`${element.className} “${element.textContent.trim().slice(0, 30)}”: ${ratio.toFixed(2)}`);
      }
    return weak;
  }, within);
}
