import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import sirv from 'sirv';
import { LOOPBACK_NAMES } from './admission.ts';
import type { SignalList, TrafficReports, Theme, WorldMap } from './protocol.ts';

/** Nothing comes from other hosts, nothing inline runs, nobody frames the page. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "media-src 'self' blob:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'microphone=(self), camera=(), geolocation=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/**
 * Whether a request may be answered: its `Host` is a name of ours and its `Origin`, if any, is the page we serve.
 * Keeps other web sites (and names that they point at this machine) away from the car.
 * @param names further host names that the user has allowed
 */
export function isOurs(
  { headers }: Pick<IncomingMessage, 'headers'>,
  names: ReadonlySet<string> = new Set(),
): boolean {
  const host = headers.host ?? '';
  const name = host.replace(/:\d+$/, '');
  if (!LOOPBACK_NAMES.has(name) && !names.has(name)) return false;
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === host;
}

/** Certificate (with its chain) and private key, both PEM. */
export interface Tls {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/**
 * The dashboard's files, what does not change while the car runs (the map, the list of its signals, the brands), and
 * the traffic as it is.
 * @param directory the built page
 */
export function createHttpServer(
  directory: string,
  fixed: { readonly map: WorldMap; readonly signals: SignalList; readonly themes: readonly Theme[] },
  traffic: () => TrafficReports,
  names: ReadonlySet<string>,
  tls?: Tls,
): Server {
  // Looked up for each request: a page that is built again while the server runs is the new one, whole.
  const files = sirv(directory, { etag: true, dev: true });
  const documents = new Map([
    ['/world.json', JSON.stringify(fixed.map)],
    ['/signals.json', JSON.stringify(fixed.signals)],
    ['/theme.json', JSON.stringify(fixed.themes)],
  ]);
  const answer: RequestListener = (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const refuse = (status: number, text: string) => {
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
    };
    if (!isOurs(request, names)) return refuse(403, 'Open the page at the address that drivetalk printed.');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(405, 'Only GET is answered here.');
    const document =
      request.url === '/traffic.json' ? JSON.stringify(traffic()) : documents.get(request.url ?? '');
    if (document !== undefined) {
      response
        .writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' })
        .end(document);
      return;
    }
    // A page needs no parts of files, and sirv throws at a part that ends before it begins.
    delete request.headers.range;
    try {
      files(request, response, () => {
        refuse(404, 'There is no such page.');
      });
    } catch {
      // What nobody foresaw in one request ends no car.
      refuse(400, 'This request cannot be answered.');
    }
  };
  return tls ? createSecureServer(tls, answer) : createServer(answer);
}
