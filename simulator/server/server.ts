import type { AddressInfo } from 'node:net';
import { Server as SocketServer } from 'socket.io';
import { HANDS_FREE, type TurnOptions } from '../../assistant/speech/turn-taking/turn-options.ts';
import type { Synthesizer } from '../../assistant/speech/synthesis/synthesizer.ts';
import type { Drive } from '../drive.ts';
import type { Player } from '../scenario/player.ts';
import { byInvitation, OPEN } from './admission.ts';
import { serveClient, type Client, type DashboardSocket } from './client.ts';
import { Crew } from './crew.ts';
import { Feed } from './feed.ts';
import { createHttpServer, isOurs, type Tls } from './http.ts';
import { explain, handshake } from './messages.ts';
import type {
  Access,
  ClientToServer,
  Invitation,
  Role,
  ServerToClient,
  Theme,
  VoiceBy,
  WorldMap,
} from './protocol.ts';
import { ReplyVoice } from './reply-voice.ts';
import { SharedState } from './shared-state.ts';
import { ForeseenError } from '../../vehicle/foreseen-error.ts';

export interface ServerOptions {
  readonly drive: Drive;
  /** The script that drives the car; its time is the drive's. */
  readonly player?: Player | undefined;
  readonly map: WorldMap;
  /** The built page. */
  readonly page: string;
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Brands; the first is the page's unless it asks for another. */
  readonly themes?: readonly Theme[];
  /** Host names besides the loopback ones under which the page may be opened. */
  readonly names?: readonly string[];
  /** Invites others; everybody who may open the page has the whole car unless given. */
  readonly share?: Share | undefined;
  /** For https: browsers give no microphone to a page from another machine without it. */
  readonly tls?: Tls | undefined;
  /** How microphones that stay open listen. */
  readonly handsFree?: TurnOptions | undefined;
  /** Who says replies aloud; browsers with a voice of their own unless given. */
  readonly voice?: ServerVoice | undefined;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
}

export interface ServerVoice {
  readonly by: VoiceBy;
  /** The server's own voice, closed by who made it. */
  readonly synthesizer?: Synthesizer | undefined;
}

export interface Share {
  /** This machine's name or address, as others reach it. */
  readonly host: string;
  /** Gives so many unguessable bytes. */
  readonly random: (bytes: number) => Uint8Array;
}

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

export interface DashboardServer extends RunningServer {
  /** By what others can join. */
  readonly invitations: readonly Invitation[];
}

/** Real time between two steps of virtual time, and between two patches. */
const TICK = 50;
/** Dashboards at a time: a hall, and far less than this machine could bear. */
export const MOST_CLIENTS = 200;
/** After a pause (a laptop that slept) the car does not catch up with hours at once. */
const LONGEST_STEP = 1_000;

export class ServerError extends ForeseenError {
  override readonly name = 'ServerError';
  readonly reason: 'port-busy' | 'host-unknown' | 'port-forbidden' | 'failed';
  constructor(reason: ServerError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/**
 * Shows one drive to any number of dashboards, and moves its time with the clock.
 * @throws ServerError when the port cannot be had
 */
export async function startServer({
  drive,
  player,
  map,
  page,
  host,
  port,
  themes = [],
  names = [],
  share,
  tls,
  handsFree = HANDS_FREE,
  voice: { by, synthesizer } = { by: 'browser' },
  clock,
}: ServerOptions): Promise<DashboardServer> {
  const admission = share ? byInvitation(share.random) : OPEN;
  const allowed = new Set(share ? [...names, shownHost(share.host)] : names);
  const located = (axis: 'Longitude' | 'Latitude') =>
    Number(drive.vehicle.read(`Vehicle.CurrentLocation.${axis}`).value);
  const http = createHttpServer(
    page,
    { map, themes, signals: [...drive.vehicle.catalogue.all()] },
    () => drive.world.traffic([located('Longitude'), located('Latitude')]),
    allowed,
    tls,
  );
  const io = new SocketServer<ClientToServer, ServerToClient>(http, {
    serveClient: false,
    // The page uses no other, and a long poll would be one more thing to be bounded.
    transports: ['websocket'],
    maxHttpBufferSize: 256 * 1024,
    connectTimeout: 10_000,
    allowRequest: (request, decide) => {
      decide(null, isOurs(request, allowed));
    },
  });

  const shared = new SharedState();
  for (const [path, state] of drive.vehicle.signals()) shared.setSignal(path, state);
  shared.setRoute(drive.vehicle.route);
  shared.flush();

  const origin = (name: string) => {
    const { port: actual } = http.address() as AddressInfo;
    return `${tls ? 'https' : 'http'}://${shownHost(name)}:${actual}`;
  };
  // The fragment is never sent to a server, and stays out of every log.
  const invitations = (): Invitation[] =>
    share
      ? [...admission.tokens].map(([access, token]) => ({
          access,
          url: `${origin(share.host)}/#join=${token}`,
        }))
      : [];
  const voice = synthesizer && new ReplyVoice(synthesizer);
  const speak = async (turn: string) => {
    const reply = shared.replyOf(turn);
    return reply === '' ? null : ((await voice?.say(reply)) ?? null);
  };
  const crew = new Crew(clock);
  const aboard = new Map<string, Aboard>();
  /** The line on which a page was here before: that it broke is noticed half a minute later. */
  const earlierLine = ({ page, access }: DashboardSocket['data']) =>
    [...aboard].find(([, one]) => page !== undefined && one.page === page && one.access === access);
  const publish = () => {
    shared.setRoute(drive.vehicle.route);
    if (player) shared.setShow(player.show);
    shared.setPresence(crew.presence);
    shared.setClock(drive.vehicle.now, drive.utcOffset);
    const patch = shared.flush();
    if (patch) for (const { feed } of aboard.values()) feed.sendPatch(patch);
  };
  /** Time has passed, or somebody came, went or moved: who is something else now is told so. */
  const seat = () => {
    for (const [id, one] of aboard) {
      one.client.review();
      const role = crew.roleOf(id);
      if (role === undefined || role === one.role) continue;
      one.role = role;
      const mayInvite = one.access === 'driver';
      one.feed.sendYou({
        role,
        access: one.access,
        invitations: mayInvite ? invitations() : [],
      });
    }
    publish();
  };
  const stopSignals = drive.vehicle.subscribe((changes) => {
    for (const { path } of changes) shared.setSignal(path, drive.vehicle.read(path));
  });
  const stopTurns = drive.onTurn((turn) => {
    shared.setTurn(turn);
    // A person waits for this one: it goes out now, not with the next tick.
    publish();
  });
  io.use((socket: DashboardSocket, decide) => {
    const said = handshake.safeParse(socket.handshake.auth);
    if (!said.success) return decide(new Error(`The handshake was not understood: ${explain(said.error)}`));
    const { address, headers } = socket.handshake;
    const access = admission.accessOf({ address, host: headers.host ?? '', token: said.data.token });
    if (access === undefined) return decide(new Error(UNINVITED));
    socket.data = { access, role: said.data.role, page: said.data.page };
    decide(aboard.size >= MOST_CLIENTS && !earlierLine(socket.data) ? new Error(FULL) : undefined);
  });
  io.on('connection', (socket: DashboardSocket) => {
    const { id } = socket;
    const { access, role, page } = socket.data;
    // Without the publishing, a later patch would bring again what the snapshot holds already.
    const snapshot = () => {
      publish();
      return shared.snapshot();
    };
    const feed = new Feed(socket, snapshot, clock);
    const [before, line] = earlierLine(socket.data) ?? [];
    if (before === undefined) crew.join(id, access, role);
    else crew.comeBack(before, id);
    line?.leave();
    publish();
    const onMove = (refused?: string) => {
      const message = 'The driver would like to keep the wheel.';
      if (refused !== undefined) aboard.get(refused)?.feed.sendProblem({ reason: 'not-allowed', message });
      seat();
    };
    const client = serveClient(socket, { drive, player, feed, crew, onMove, handsFree, speak, clock });
    const leave = () => void socket.disconnect(true);
    aboard.set(id, { access, page, feed, client, leave, role: undefined });
    socket.emit('voice', { by });
    seat();
    feed.sendSnapshot();
    socket.on('disconnect', () => {
      aboard.delete(id);
      crew.leave(id);
      seat();
    });
  });

  let before = clock();
  const ticking = setInterval(() => {
    const now = clock();
    (player ?? drive).advance(Math.min(now - before, LONGEST_STEP));
    before = now;
    crew.tick();
    seat();
  }, TICK);

  const close = async () => {
    clearInterval(ticking);
    stopSignals();
    stopTurns();
    await io.close();
  };
  try {
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen(port, host, resolve);
    });
  } catch (error) {
    await close();
    throw explainListenError(error, host, port);
  }
  return { url: origin(host), invitations: invitations(), close };
}

const UNINVITED =
  'This link does not lead into the car: it is from an earlier start, or not complete. Ask for a new one, or scan the code again.';
const FULL = `There is no more room: ${MOST_CLIENTS} are looking on already. Try again later.`;

/** Somebody who is connected. */
interface Aboard {
  readonly access: Access;
  readonly page: string | undefined;
  readonly leave: () => void;
  readonly feed: Feed;
  readonly client: Client;
  /** As they were told last. */
  role: Role | undefined;
}

/** Addresses under which this machine reaches itself: those of the loopback, and those that mean all of it. */
const HERE = new Set(['127.0.0.1', '::1', '0.0.0.0', '::']);

/** A listening address as the host of a URL that a person can open. */
export function shownHost(host: string): string {
  return HERE.has(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
}

/** What to do about a port that cannot be had. @param option of the command line that chooses the port */
export function explainListenError(
  error: unknown,
  host: string,
  port: number,
  option = '--port',
): ServerError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') {
    return new ServerError(
      'port-busy',
      `Port ${port} is in use. Stop what uses it, or choose another: ${option} ${port + 1}`,
      { cause: error },
    );
  }
  if (code === 'EACCES')
    return new ServerError(
      'port-forbidden',
      `Port ${port} needs special rights. Choose one above 1023: ${option} 8090`,
    );
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new ServerError(
      'host-unknown',
      `This machine has no address "${host}". For this machine only: --host 127.0.0.1`,
      { cause: error },
    );
  }
  return new ServerError('failed', `The server could not start: ${String(error)}`, { cause: error });
}
