import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { ThemeError } from './theme-error.ts';

const LARGEST_SVG = 64 * 1024;
const LARGEST_PNG = 256 * 1024;
/** Pixels of a side: more is decoded into memory for a mark that is a few lines high. */
const LONGEST_SIDE = 2048;
const MOST_ELEMENTS = 2_000;
/** Each `use` may draw others that use others: few of them cannot grow to much. */
const MOST_USES = 20;

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
/** What draws. No script, style sheet, foreign content, image, link, animation or filter. */
const ELEMENTS = new Set(
  'svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan linearGradient radialGradient stop clipPath mask'.split(
    ' ',
  ),
);
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * A brand's mark as a `data:` address that can only be looked at: an `<img>` runs and loads nothing, and what would
 * try is refused before.
 * @param file its name, for messages: `.svg` or `.png`
 * @throws ThemeError `bad-logo`
 */
export function logoAddress(bytes: Buffer, file: string): string {
  if (/\.png$/i.test(file)) {
    checkPng(bytes, file);
    return `data:image/png;base64,${bytes.toString('base64')}`;
  }
  if (!/\.svg$/i.test(file)) throw bad(file, 'a logo is a file that ends in .svg or .png');
  if (bytes.length > LARGEST_SVG)
    throw bad(file, `the logo has ${bytes.length} bytes; at most ${LARGEST_SVG} are taken`);
  checkSvg(bytes.toString('utf8'), file);
  return `data:image/svg+xml;base64,${bytes.toString('base64')}`;
}

const bad = (where: string, what: string): ThemeError => new ThemeError('bad-logo', `${where}: ${what}`);

function checkPng(bytes: Buffer, file: string): void {
  if (bytes.length > LARGEST_PNG)
    throw bad(file, `the logo has ${bytes.length} bytes; at most ${LARGEST_PNG} are taken`);
  if (bytes.length < 24 || !bytes.subarray(0, 8).equals(PNG_SIGNATURE))
    throw bad(file, 'this is no PNG picture');
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (width === 0 || height === 0 || width > LONGEST_SIDE || height > LONGEST_SIDE)
    throw bad(
      file,
      `the logo is ${width} × ${height} pixels; at most ${LONGEST_SIDE} × ${LONGEST_SIDE} are taken`,
    );
}

function checkSvg(text: string, file: string): void {
  const parser = new SaxesParser({ xmlns: false });
  const refuse = (what: string): never => {
    throw bad(`${file}:${parser.line}`, what);
  };
  let elements = 0;
  let uses = 0;
  parser.on('error', ({ message }) => {
    refuse(`this is no SVG picture: ${message.replace(/^\d+:\d+: /, '')}`);
  });
  parser.on('doctype', () => refuse('a document type can define endless text; remove the <!DOCTYPE> line'));
  parser.on('processinginstruction', ({ target }) => refuse(`<?${target}> can load other files; remove it`));
  parser.on('opentag', (tag: SaxesTagPlain) => {
    if (elements === 0 && (tag.name !== 'svg' || tag.attributes['xmlns'] !== SVG_NAMESPACE))
      refuse(`a picture begins with <svg xmlns="${SVG_NAMESPACE}">`);
    if (!ELEMENTS.has(tag.name))
      refuse(`<${tag.name}> is not allowed in a logo; only shapes, text and gradients are`);
    if (++elements > MOST_ELEMENTS) refuse(`the logo has more than ${MOST_ELEMENTS} elements`);
    if (tag.name === 'use' && ++uses > MOST_USES) refuse(`the logo has more than ${MOST_USES} <use>`);
    for (const [name, value] of Object.entries(tag.attributes)) {
      const problem = attributeProblem(name, value);
      if (problem !== undefined) refuse(problem);
    }
  });
  parser.write(text).close();
  if (elements === 0) throw bad(file, 'this is no SVG picture');
}

/** @returns what is wrong with it */
function attributeProblem(name: string, value: string): string | undefined {
  if (/^on/i.test(name)) return `the attribute ${name} runs a script; remove it`;
  if (/(^|:)href$/i.test(name) && !value.startsWith('#'))
    return `${name} leads out of the picture; only "#name" is allowed`;
  // A backslash would hide the letters from the next lines, but not from a browser.
  if (value.includes('\\')) return `the attribute ${name} has a backslash; write it without`;
  const addresses = value.match(/url\s*\([^)]*\)?/gi) ?? [];
  if (
    addresses.some((address) => !/^url\(\s*['"]?#[\w-]+['"]?\s*\)$/.test(address)) ||
    /@import|image-set/i.test(value)
  )
    return `the attribute ${name} loads something; only url(#name) is allowed`;
  return undefined;
}
