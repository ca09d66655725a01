import { readFileSync } from 'node:fs';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import qrcode from 'qrcode-generator';
import type { Tls } from '../server/http.ts';
import type { Access, Invitation } from '../server/protocol.ts';
import { UsageError } from './exit.ts';
import { LOOPBACK, type SharingOptions } from './sharing-options.ts';

const EVERYWHERE = '0.0.0.0';

/**
 * Where to listen, and under which address others reach it.
 * @param interfaces of this machine
 * @throws UsageError when others could not reach it
 */
export function sharingOf(
  { host, share, certificate, key }: SharingOptions,
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces(),
): { readonly listenAt: string; readonly shareAs: string | undefined; readonly tls: Tls | undefined } {
  const tls = tlsOf(certificate, key);
  if (share !== true) return { listenAt: host ?? LOOPBACK, shareAs: undefined, tls };
  const listenAt = host ?? EVERYWHERE;
  if (listenAt !== EVERYWHERE && listenAt !== '::') {
    if (listenAt === 'localhost' || listenAt === '::1' || listenAt.startsWith('127.'))
      throw new UsageError(
        `Nobody else reaches ${listenAt}. Leave --host out, or give this machine’s address.`,
      );
    return { listenAt, shareAs: listenAt, tls };
  }
  const shareAs = addressIn(interfaces);
  if (shareAs === undefined)
    throw new UsageError(
      'This machine is in no network, so nobody can join. Connect it, or leave --share out.',
    );
  return { listenAt, shareAs, tls };
}

function tlsOf(certificate: string | undefined, key: string | undefined): Tls | undefined {
  if (certificate === undefined && key === undefined) return undefined;
  if (certificate === undefined || key === undefined)
    throw new UsageError('https needs both: --certificate and --key.');
  return { cert: readFileSync(certificate), key: readFileSync(key) };
}

/** Networks as they are usual at home and at work, most usual first; then any other. */
const USUAL = [/^192\.168\./, /^10\./, /^172\.(1[6-9]|2\d|3[01])\./, /./];

/** This machine's IPv4 address in the network that others are most likely in. */
function addressIn(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string | undefined {
  const addresses = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .filter(
      ({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'),
    )
    .map(({ address }) => address);
  return USUAL.flatMap((usual) => addresses.filter((address) => usual.test(address)))[0];
}

const WHO: Record<Access, string> = {
  viewer: 'To look on',
  passenger: 'To speak as a passenger',
  driver: 'To drive (keep it to yourself)',
};

/** The addresses to join by, and a code for the audience's telephones where there is a terminal to show it. */
export function printInvitations(
  invitations: readonly Invitation[],
  out: { readonly isTTY?: boolean; write(text: string): unknown } = process.stdout,
): void {
  for (const { access, url } of invitations) out.write(`${WHO[access]}: ${url}\n`);
  const [audience] = invitations;
  if (audience && out.isTTY === true) out.write(`\n${codeOf(audience.url)}\n`);
}

const [DARK_ABOVE, LIGHT_ABOVE] = ['30', '97'];
const [DARK_BELOW, LIGHT_BELOW] = ['40', '107'];
/** Scanners need it around the code. */
const MARGIN = 2;

/** A QR code in a terminal's own colours: black on white on a dark screen, too. Two rows of dots fill a line. */
export function codeOf(text: string): string {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  const isDark = (row: number, column: number) =>
    row >= 0 && column >= 0 && row < size && column < size && code.isDark(row, column);
  const lines: string[] = [];
  for (let row = -MARGIN; row < size + MARGIN; row += 2) {
    let line = '';
    for (let column = -MARGIN; column < size + MARGIN; column++) {
      const above = isDark(row, column) ? DARK_ABOVE : LIGHT_ABOVE;
      const below = isDark(row + 1, column) ? DARK_BELOW : LIGHT_BELOW;
      line += `\x1b[${above};${below}m▀`;
    }
    lines.push(`${line}\x1b[0m`);
  }
  return lines.join('\n');
}
