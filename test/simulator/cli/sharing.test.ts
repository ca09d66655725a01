import assert from 'node:assert/strict';
import type { NetworkInterfaceInfo } from 'node:os';
import jsQR from 'jsqr';
import { UsageError } from '../../../simulator/cli/exit.ts';
import { codeOf, printInvitations, sharingOf } from '../../../simulator/cli/sharing.ts';
import type { Invitation } from '../../../simulator/server/protocol.ts';

const at = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  internal,
  family: 'IPv4',
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:00',
  cidr: null,
});

describe('sharing', () => {
  it('[SERVE-49] others reach this machine by its address in the most usual network', () => {
    const interfaces = {
      lo: [at('127.0.0.1', true)],
      auto: [at('169.254.3.4')],
      docker: [at('172.17.0.1')],
      wifi: [at('192.168.1.7')],
    };
    assert.deepEqual(sharingOf({ share: true }, interfaces), {
      listenAt: '0.0.0.0',
      shareAs: '192.168.1.7',
      tls: undefined,
    });
    assert.equal(sharingOf({ share: true, host: '10.1.2.3' }, interfaces).shareAs, '10.1.2.3');
    assert.equal(sharingOf({ share: true }, { docker: [at('172.17.0.1')] }).shareAs, '172.17.0.1');
  });

  it('[SERVE-49] without --share only this machine reaches the page; where nobody could, --share says so', () => {
    assert.deepEqual(sharingOf({}, {}), { listenAt: '127.0.0.1', shareAs: undefined, tls: undefined });
    assert.throws(() => sharingOf({ share: true, host: '127.0.0.1' }, {}), UsageError);
    assert.throws(() => sharingOf({ share: true }, { lo: [at('127.0.0.1', true)] }), /no network/);
    assert.throws(() => sharingOf({ certificate: 'cert.pem' }, {}), /needs both/);
  });

  it('[SERVE-49] a terminal shows the audience’s address as a code that a telephone reads; elsewhere there are only addresses', () => {
    const url = 'http://192.168.1.7:8080/#join=AAECAwQFBgcICQoLDA0ODw';
    const invitations: Invitation[] = [
      { access: 'viewer', url },
      { access: 'driver', url: `${url}x` },
    ];
    const shown = (isTTY: boolean) => {
      let text = '';
      printInvitations(invitations, { isTTY, write: (part) => (text += part) });
      return text;
    };
    assert.doesNotMatch(shown(false), /▀/);
    assert.match(shown(false), /To look on: http:\/\/192\.168\.1\.7.*\nTo drive \(keep it to yourself\): /);
    assert.ok(shown(true).includes(codeOf(url)));
    assert.equal(readFromTerminal(codeOf(url)), url);
  });
});

/** Draws the half blocks as a terminal does, and reads the picture. */
function readFromTerminal(text: string): string | undefined {
  const rows = text.split('\n').flatMap((line) => {
    const cells = [...line.matchAll(/\[(\d+);(\d+)m▀/g)];
    return [cells.map(([, above]) => above === '30'), cells.map(([, , below]) => below === '40')];
  });
  const scale = 4;
  const [width, height] = [rows[0]!.length * scale, rows.length * scale];
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (rows[Math.floor(y / scale)]![Math.floor(x / scale)])
        pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return jsQR.default(pixels, width, height)?.data;
}
