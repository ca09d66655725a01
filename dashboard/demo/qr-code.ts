import qrcode from 'qrcode-generator';
import { svg } from '../dom.ts';

/** Scanners need so many empty dots around the code. */
const MARGIN = 4;

/** A QR code, black on white whatever the page's colours. @param label what a screen reader says in its stead */
export function qrCode(text: string, label: string): SVGSVGElement {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  let dots = '';
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      if (code.isDark(row, column)) dots += `M${column} ${row}h1v1h-1z`;
  const side = size + 2 * MARGIN;
  return svg(
    'svg',
    { class: 'qr-code', viewBox: `${-MARGIN} ${-MARGIN} ${side} ${side}`, role: 'img', 'aria-label': label },
    svg('rect', { x: -MARGIN, y: -MARGIN, width: side, height: side, fill: '#fff' }),
    svg('path', { d: dots, fill: '#000', 'shape-rendering': 'crispEdges' }),
  );
}
