import assert from 'node:assert/strict';
import fc from 'fast-check';
import { packageFile } from '../../../simulator/open-drive.ts';
import { contrast } from '../../../simulator/server/theme/contrast.ts';
import { logoAddress } from '../../../simulator/server/theme/logo.ts';
import { readTheme } from '../../../simulator/server/theme/theme-file.ts';
import { ThemeError } from '../../../simulator/server/theme/theme-error.ts';
import { themesOf } from '../../../simulator/cli/themes.ts';

const SVG = (inside: string, attributes = '') =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" ${attributes}>\n${inside}\n</svg>`);
const noLogo = (): Buffer => {
  throw new Error('no logo is read');
};
const read = (text: string) => readTheme(text, 'brand.yaml', noLogo);

describe('brand files', () => {
  it('[SERVE-48] the examples of the documentation are good, and readable', () => {
    const examples = ['aurora', 'signal'].map((name) => packageFile(`docs/examples/${name}.theme.yaml`));
    const themes = themesOf(examples);
    assert.deepEqual(
      themes.map(({ name }) => name),
      ['aurora', 'signal'],
    );
    for (const { colours, logo, paint, wheels } of themes) {
      assert.ok(colours && paint && wheels);
      assert.match(logo ?? '', /^data:image\/svg\+xml;base64,/);
      assert.ok(contrast(colours.soft, colours.card) >= 4.5);
      assert.ok(contrast('#ffffff', colours['accent-deep']) >= 4.5);
    }
    assert.throws(() => themesOf([examples[0]!, examples[0]!]), /Two brand files are called "aurora"/);
  });

  const colours = (accent: string, background = '#0a0a0c', surface = '#141418', text = '#f4f4f6') =>
    `theme: x\nbrand: X\ncolours:\n  accent: "${accent}"\n  background: "${background}"\n  surface: "${surface}"\n  text: "${text}"\n`;
  const wrong: [what: string, text: string, message: RegExp][] = [
    [
      'CSS in a colour',
      colours('red; background: url(//evil)'),
      /^brand\.yaml:4: colours\.accent: a colour is written/,
    ],
    ['a gradient', colours('linear-gradient(red, blue)'), /^brand\.yaml:4: /],
    [
      'an accent that cannot be read',
      colours('#222226'),
      /^brand\.yaml:4: the contrast of accent #222226 .* words need 4.5/,
    ],
    [
      'grey words',
      colours('#9ad0ff', '#0a0a0c', '#141418', '#555555'),
      /^brand\.yaml:7: the contrast of text/,
    ],
    [
      'a bright page',
      colours('#003355', '#ffffff', '#eeeeee', '#000000'),
      /^brand\.yaml:5: the background #ffffff is too bright/,
    ],
    [
      'a logo from elsewhere',
      'theme: x\nbrand: X\nlogo: javascript:alert(1)\n',
      /^brand\.yaml:3: logo: a logo is the name/,
    ],
    ['a logo from above', 'theme: x\nbrand: X\nlogo: ../secret.svg\n', /^brand\.yaml:3: logo: /],
    ['a logo of the web', 'theme: x\nbrand: X\nlogo: https://evil.example/a.svg\n', /^brand\.yaml:3: logo: /],
    [
      'a key that does nothing',
      'theme: x\nbrand: X\nscript: alert(1)\n',
      /^brand\.yaml:3: there is no "script" here/,
    ],
    [
      'a name with letters that hide',
      'theme: x\nbrand: "X\\u202Eevil"\n',
      /^brand\.yaml:2: brand: only letters that can be seen/,
    ],
    ['a long name', `theme: x\nbrand: ${'x'.repeat(99)}\n`, /^brand\.yaml:2: brand: at most 40/],
    ['a theme with markup', 'theme: <b>\nbrand: X\n', /^brand\.yaml:1: theme: a name for \?theme=/],
    ['wheels that there are not', 'theme: x\nbrand: X\nwheels: square\n', /^brand\.yaml:3: wheels: /],
    ['no brand', 'theme: x\n', /brand/],
    ['no YAML', 'theme: [x\n', /not YAML/],
    ['nothing', '', /brand\.yaml:1: /],
    ['a huge file', `# ${'x'.repeat(20_000)}`, /at most/],
    [
      'a file that unfolds',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefg'
        .split('')
        .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdef'[index]}`).join(',')}]`)
        .join('\n')}\n`,
      /repeats itself|there is no/,
    ],
  ];
  for (const [what, text, message] of wrong) {
    it(`[SERVE-48] refuses ${what}, with its line`, () => {
      assert.throws(
        () => read(text),
        (error) => error instanceof ThemeError && message.test(error.message) && error.recoverable,
      );
    });
  }

  it('[SERVE-48] whatever stands in it, a brand file is read or refused with a ThemeError', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.string().map((brand) => `theme: x\nbrand: ${brand}`),
        ),
        (text) => {
          try {
            read(text);
          } catch (error) {
            assert.ok(error instanceof ThemeError, String(error));
          }
        },
      ),
    );
  });
});

describe('logos', () => {
  it('[SERVE-48] a drawing becomes data, byte for byte', () => {
    const logo = SVG(
      '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs><path d="M0 0h8v8z" fill="url(#g)"/><use href="#g"/>',
    );
    assert.equal(logoAddress(logo, 'a.svg'), `data:image/svg+xml;base64,${logo.toString('base64')}`);
  });

  const hostile: [what: string, logo: Buffer, message: RegExp][] = [
    ['a script', SVG('<script>alert(1)</script>'), /^a\.svg:2: <script> is not allowed/],
    ['an event', SVG('<rect onload="alert(1)"/>'), /a\.svg:2: the attribute onload runs a script/],
    ['an event of the picture', SVG('', 'onLoad="alert(1)"'), /runs a script/],
    ['foreign content', SVG('<foreignObject><body/></foreignObject>'), /<foreignObject> is not allowed/],
    ['a picture from elsewhere', SVG('<image href="https://evil.example/a.png"/>'), /<image> is not allowed/],
    ['a link', SVG('<a href="javascript:alert(1)"/>'), /<a> is not allowed/],
    ['a link in old writing', SVG('<use xlink:href="//evil.example/a.svg#x"/>'), /leads out of the picture/],
    ['an address in a colour', SVG('<rect fill="url(https://evil.example/a.svg#x)"/>'), /loads something/],
    ['an address in a style', SVG('<rect style="fill: u\\72l(//evil)"/>'), /has a backslash/],
    ['an address in an open style', SVG('<rect style="fill: url( //evil"/>'), /loads something/],
    ['a style sheet', SVG('<style>@import "//evil";</style>'), /<style> is not allowed/],
    [
      'a document type',
      Buffer.from('<!DOCTYPE svg [<!ENTITY a "aaaa">]>\n<svg xmlns="http://www.w3.org/2000/svg"/>'),
      /document type/,
    ],
    [
      'an instruction',
      Buffer.from('<?xml-stylesheet href="//evil"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'),
      /can load other files/,
    ],
    [
      'an animation',
      SVG('<rect><set attributeName="href" to="javascript:alert(1)"/></rect>'),
      /<set> is not allowed/,
    ],
    ['endless copies', SVG('<use href="#a"/>'.repeat(21)), /more than 20 <use>/],
    ['endless parts', SVG('<g/>'.repeat(2_001)), /more than 2000 elements/],
    ['a page', Buffer.from('<html xmlns="http://www.w3.org/1999/xhtml"/>'), /a picture begins with/],
    ['broken XML', SVG('<g>'), /no SVG picture/],
    ['nothing', Buffer.from(''), /no SVG picture/],
    ['a huge file', Buffer.alloc(70_000, 32), /at most 65536/],
  ];
  for (const [what, logo, message] of hostile) {
    it(`[SERVE-48] refuses ${what}`, () => {
      assert.throws(
        () => logoAddress(logo, 'a.svg'),
        (error) => error instanceof ThemeError && error.reason === 'bad-logo' && message.test(error.message),
      );
    });
  }

  it('[SERVE-48] a PNG is taken by its content and its size, not by its name', () => {
    // The signature and the header chunk, of 32 × 32 pixels.
    const small = Buffer.from('89504e470d0a1a0a0000000d49484452000000200000002008060000007a7a7af4', 'hex');
    assert.throws(
      () => logoAddress(Buffer.concat([small, Buffer.alloc(300_000)]), 'a.png'),
      /at most 262144/,
    );
    assert.match(logoAddress(small, 'a.png'), /^data:image\/png;base64,/);
    const wide = Buffer.from(small);
    wide.writeUInt32BE(100_000, 16);
    assert.throws(() => logoAddress(wide, 'a.png'), /100000 × /);
    assert.throws(() => logoAddress(SVG(''), 'a.png'), /no PNG picture/);
    assert.throws(() => logoAddress(small, 'a.gif'), /ends in \.svg or \.png/);
  });
});
