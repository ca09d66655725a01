import { io, type Socket } from 'socket.io-client';
import { openDrive, packageFile } from '../../simulator/open-drive.ts';
import type { Drive } from '../../simulator/drive.ts';
import type {
  ClientToServer,
  Handshake,
  Patch,
  Problem,
  Role,
  ServerToClient,
  Snapshot,
  You,
} from '../../simulator/server/protocol.ts';
import { startServer, type DashboardServer, type ServerOptions } from '../../simulator/server/server.ts';
import { loadCity } from '../../simulator/world/city.ts';
import { worldMap } from '../../simulator/world/world.ts';

export type TestClient = Socket<ServerToClient, ClientToServer>;

/** A spring noon: by the machine's own clock, a car in a test at night would speak of frost. */
export const SPRING_NOON = { start: Date.parse('2026-05-20T10:00:00Z'), utcOffset: 120 };

/** The whole product in this process: car, assistant with the shipped model, server on a free port. */
export interface RunningCar {
  readonly drive: Drive;
  readonly server: DashboardServer;
  connect(said?: Handshake): TestClient;
  /** Connects, and waits until it is that, and has the state. */
  board(role?: Role): Promise<TestClient>;
  /** Closes all clients. */
  clear(): void;
  close(): Promise<void>;
}

export async function startCar(port = 0, options: Partial<ServerOptions> = {}): Promise<RunningCar> {
  const { drive = await openDrive(SPRING_NOON) } = options;
  const server = await startServer({
    map: worldMap(loadCity()),
    page: packageFile('dist/dashboard'),
    host: '127.0.0.1',
    port,
    clock: () => performance.now(),
    ...options,
    drive,
  });
  const clients: TestClient[] = [];
  const connect = (said: Handshake = {}): TestClient => {
    const client: TestClient = io(server.url, { transports: ['websocket'], forceNew: true, auth: said });
    clients.push(client);
    return client;
  };
  return {
    drive,
    server,
    connect,
    async board(role = 'driver') {
      const client = connect({ role });
      const [, you] = await Promise.all([next(client, 'snapshot'), next(client, 'you')]);
      if (you.role === role) return client;
      // Who sat there until now is about to go.
      client.emit('move', { to: role });
      await next(client, 'you', (now) => now.role === role);
      return client;
    },
    clear() {
      for (const client of clients.splice(0)) client.close();
    },
    async close() {
      for (const client of clients) client.close();
      await server.close();
      await drive.close();
    },
  };
}

/** The next message of that name that fits. */
export function next<N extends keyof ServerToClient>(
  client: TestClient,
  name: N,
  fits: (message: Parameters<ServerToClient[N]>[0]) => boolean = () => true,
): Promise<Parameters<ServerToClient[N]>[0]> {
  return new Promise((resolve) => {
    const hear = (message: Snapshot | Patch | Problem | You) => {
      const typed = message as Parameters<ServerToClient[N]>[0];
      if (!fits(typed)) return;
      client.off(name, hear as never);
      resolve(typed);
    };
    client.on(name, hear as never);
  });
}
