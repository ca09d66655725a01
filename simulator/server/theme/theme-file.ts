import { z } from 'zod';
import { locateYaml } from '../../../vehicle/located-yaml.ts';
import { PAINT_FINISHES, WHEEL_DESIGNS, type Theme, type ThemeColours } from '../protocol.ts';
import { contrast, luminance, mix } from './contrast.ts';
import { logoAddress } from './logo.ts';
import { ThemeError } from './theme-error.ts';

/** No brand needs more words. */
const LARGEST = 16 * 1024;
/** WCAG 2.2, 1.4.3 (AA), for text of the usual size. */
const LEAST_CONTRAST = 4.5;
/** The page is dark: what shines on it, lamps and warnings, is made for that. */
const BRIGHTEST_BACKGROUND = 0.06;

const words = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'write at least one letter')
    .max(most, `at most ${most} letters fit`)
    .regex(/^\P{C}*$/u, 'only letters that can be seen');
const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'a colour is written as "#rrggbb"')
  .toLowerCase();

const schema = z.strictObject({
  theme: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/, 'a name for ?theme= has small letters, digits and hyphens, at most 32'),
  brand: words(40),
  car: words(40).optional(),
  assistant: words(24).optional(),
  title: words(60).optional(),
  wakeWord: words(30).optional(),
  logo: z
    .string()
    .regex(/^[\w-][\w.-]*\.(svg|png)$/i, 'a logo is the name of an .svg or .png file beside this one')
    .optional(),
  colours: z.strictObject({ accent: colour, background: colour, surface: colour, text: colour }).optional(),
  paint: z.strictObject({ colour, finish: z.enum(PAINT_FINISHES) }).optional(),
  wheels: z.enum(WHEEL_DESIGNS).optional(),
});

/**
 * A brand file, checked: nothing in it can run, load or hide anything on the page.
 * @param file its name, for messages
 * @param readLogo the bytes of a file beside it
 * @throws ThemeError with a line for each mistake
 */
export function readTheme(text: string, file: string, readLogo: (name: string) => Buffer): Theme {
  if (text.length > LARGEST)
    throw new ThemeError('unreadable', `${file}: a brand file has at most ${LARGEST} characters`);
  const yaml = locateYaml(text);
  if (yaml.mistakes.length > 0) {
    const told = yaml.mistakes.map(({ line, message }) => `${file}:${line}: not YAML: ${message}`);
    throw new ThemeError('unreadable', told.join('\n'));
  }
  const checked = schema.safeParse(yaml.value);
  if (!checked.success) throw new ThemeError('invalid', tell(checked.error, yaml, file));
  const { theme: name, logo, colours, ...rest } = checked.data;
  const palette = colours && paletteOf(colours);
  const unread = palette ? unreadable(palette) : [];
  if (unread.length > 0) {
    const told = unread.map(
      ({ key, what }) => `${file}:${yaml.spotOf(['colours', key], 'value').line}: ${what}`,
    );
    throw new ThemeError('invalid', told.join('\n'));
  }
  return {
    name,
    ...rest,
    ...(palette && { colours: palette }),
    ...(logo !== undefined && { logo: logoAddress(logoBytes(logo, file, readLogo), logo) }),
  };
}

function logoBytes(name: string, file: string, readLogo: (name: string) => Buffer): Buffer {
  try {
    return readLogo(name);
  } catch (error) {
    throw new ThemeError('bad-logo', `${file}: its logo ${name} could not be read; it has to lie beside it`, {
      cause: error,
    });
  }
}

function tell(error: z.ZodError, yaml: ReturnType<typeof locateYaml>, file: string): string {
  const lines = error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const { line } = yaml.spotOf([...issue.path, key]);
        return `${file}:${line}: there is no "${key}" here`;
      });
    }
    const { line } = yaml.spotOf(issue.path, 'value');
    const where = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    return [`${file}:${line}: ${where}${issue.message}`];
  });
  return lines.join('\n');
}

type Written = NonNullable<z.output<typeof schema>['colours']>;

/** All colours of the page from the four that a brand has. */
function paletteOf({ accent, background, surface, text }: Written): ThemeColours {
  let deep = accent;
  // White words stand on it.
  while (contrast('#ffffff', deep) < LEAST_CONTRAST) deep = mix(deep, '#000000', 0.95);
  return {
    night: background,
    card: surface,
    'card-high': mix(surface, text, 0.95),
    line: mix(surface, text, 0.88),
    text,
    soft: mix(text, surface, 0.72),
    accent,
    'accent-deep': deep,
  };
}

/** Words that could not be read, each with the colour that would have to change. */
function unreadable(colours: ThemeColours): { readonly key: keyof Written; readonly what: string }[] {
  if (luminance(colours.night) > BRIGHTEST_BACKGROUND)
    return [
      { key: 'background', what: `the background ${colours.night} is too bright: the page is a dark one` },
    ];
  const pairs = [
    ['text', colours.text, 'background', colours.night],
    ['text', colours.text, 'surface', colours.card],
    ['text', colours.soft, 'surface', colours.card],
    ['accent', colours.accent, 'background', colours.night],
    ['accent', colours.accent, 'surface', colours.card],
    ['accent', colours.accent, 'surface', colours['card-high']],
  ] as const;
  const [worst] = pairs
    .map(([key, one, on, other]) => ({ key, on, one, other, ratio: contrast(one, other) }))
    .sort((a, b) => a.ratio - b.ratio);
  if (!worst || worst.ratio >= LEAST_CONTRAST) return [];
  const { key, on, one, other, ratio } = worst;
  const what = `the contrast of ${key} ${one} on ${on} ${other} is ${ratio.toFixed(1)}; words need ${LEAST_CONTRAST}`;
  return [{ key, what }];
}
