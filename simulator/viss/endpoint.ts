import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Vehicle } from '../../vehicle/vehicle.ts';
import { isOurs } from '../server/http.ts';
import { createRateLimit } from '../server/rate-limit.ts';
import { explainListenError, shownHost, type RunningServer } from '../server/server.ts';
import type { VissVersion } from './errors.ts';
import { Session, type Message } from './session.ts';
import { SignalTree } from './tree.ts';

export interface VissOptions {
  readonly vehicle: Vehicle;
  /** Sets an actuator; the vehicle's own `write` unless given. */
  readonly write?: Vehicle['write'];
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Host names besides the loopback ones under which the endpoint may be reached. */
  readonly names?: readonly string[];
  /** Monotonic milliseconds. */
  readonly clock: () => number;
}

const MOST_BYTES = 64 * 1024;
const MOST_CLIENTS = 50;
/** Requests of one client. A tool that polls every signal each second stays well below. */
const REQUESTS = { burst: 1_000, perSecond: 500 };
/** Bytes that may wait for a slow reader before it is cut off: some twenty readings of the whole car. */
const MOST_WAITING = 1024 * 1024;
/** Real milliseconds between two looks at the car's time, for timed subscriptions. */
const TICK = 20;
const VERSIONS: Readonly<Record<string, VissVersion>> = { VISSv3: 3, VISSv2: 2 };
/** Close status of RFC 6455 for a message that cannot be taken. */
const UNSUPPORTED_DATA = 1003;
const GOING_AWAY = 1001;

/**
 * Opens a car to tools that speak COVESA VISS 2 or 3 over WebSocket. Every write goes through the safety gate.
 * @throws ServerError when the port cannot be had
 */
export async function startViss({
  vehicle,
  write = (path, value, by) => vehicle.write(path, value, by),
  host,
  port,
  names = [],
  clock,
}: VissOptions): Promise<RunningServer> {
  const allowed = new Set(names);
  const tree = new SignalTree(vehicle.catalogue);
  const began = vehicle.now;
  const captured = new Map<string, number>();
  const source = { vehicle, write, tree, capturedAt: (path: string) => captured.get(path) ?? began };
  const sessions = new Map<WebSocket, Session>();

  const server = new WebSocketServer({
    host,
    port,
    maxPayload: MOST_BYTES,
    verifyClient: (
      { req }: { req: IncomingMessage },
      decide: (ours: boolean, status?: number, text?: string) => void,
    ) => {
      if (!isOurs(req, allowed)) decide(false, 403, 'Forbidden');
      else if (sessions.size >= MOST_CLIENTS) decide(false, 503, 'Too many clients');
      else decide(true);
    },
    handleProtocols: (offered) => [...offered].find((name) => name in VERSIONS) ?? false,
  });

  const stopSignals = vehicle.subscribe((changes) => {
    const values = changes.filter(({ field }) => field === 'value');
    for (const { path } of values) captured.set(path, vehicle.now);
    for (const session of sessions.values()) session.changed(values);
  });
  const ticking = setInterval(() => {
    for (const session of sessions.values()) session.timePassed();
  }, TICK);

  server.on('connection', (socket) => {
    const session = new Session({
      source,
      version: VERSIONS[socket.protocol] ?? 3,
      mayAsk: createRateLimit(REQUESTS.burst, REQUESTS.perSecond, clock),
      send: (message) => {
        sendTo(socket, message);
      },
    });
    sessions.set(socket, session);
    socket.on('message', (data: RawData, isBinary) => {
      if (isBinary) socket.close(UNSUPPORTED_DATA, 'VISS is spoken in text');
      else session.receive(textOf(data));
    });
    socket.on('close', () => sessions.delete(socket));
    // A broken or oversized frame: ws closes the connection itself, with the status that says why.
    socket.on('error', () => sessions.delete(socket));
  });

  const close = async () => {
    clearInterval(ticking);
    stopSignals();
    for (const socket of sessions.keys()) socket.close(GOING_AWAY, 'The car was switched off');
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      // Whoever does not answer the closing handshake must not keep the process.
      setTimeout(() => {
        server.clients.forEach((socket) => {
          socket.terminate();
        });
      }, 500).unref();
    });
  };
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('listening', resolve).once('error', reject);
    });
  } catch (error) {
    clearInterval(ticking);
    stopSignals();
    throw explainListenError(error, host, port, '--viss');
  }
  const { port: actual } = server.address() as AddressInfo;
  return { url: `ws://${shownHost(host)}:${actual}`, close };
}

function sendTo(socket: WebSocket, message: Message): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > MOST_WAITING) socket.terminate();
  else socket.send(JSON.stringify(message));
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.from(data as Uint8Array).toString('utf8');
}
