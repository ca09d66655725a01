import { io, type Socket } from 'socket.io-client';
import { openDrive, packageFile } from '../../simulator/open-drive.ts';
import type { Drive } from '../../simulator/drive.ts';
import type {
  ClientToServer,
  Patch,
  Problem,
  ServerToClient,
  Snapshot,
} from '../../simulator/server/protocol.ts';
import { startServer, type RunningServer } from '../../simulator/server/server.ts';
import { loadCity } from '../../simulator/world/city.ts';
import { worldMap } from '../../simulator/world/world.ts';

export type TestClient = Socket<ServerToClient, ClientToServer>;

/** The whole product in this process: car, assistant with the shipped model, server on a free port. */
export interface RunningCar {
  readonly drive: Drive;
  readonly server: RunningServer;
  connect(): TestClient;
  close(): Promise<void>;
}

export async function startCar(port = 0): Promise<RunningCar> {
  const drive = await openDrive();
  const server = await startServer({
    drive,
    map: worldMap(loadCity()),
    page: packageFile('dist/dashboard'),
    host: '127.0.0.1',
    port,
    clock: () => performance.now(),
  });
  const clients: TestClient[] = [];
  return {
    drive,
    server,
    connect() {
      const client: TestClient = io(server.url, { transports: ['websocket'], forceNew: true });
      clients.push(client);
      return client;
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
    const hear = (message: Snapshot | Patch | Problem) => {
      const typed = message as Parameters<ServerToClient[N]>[0];
      if (!fits(typed)) return;
      client.off(name, hear as never);
      resolve(typed);
    };
    client.on(name, hear as never);
  });
}
