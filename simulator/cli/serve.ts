import { existsSync } from 'node:fs';
import { loadCity } from '../world/city.ts';
import { worldMap } from '../world/world.ts';
import { openDrive, packageFile } from '../open-drive.ts';
import { startServer } from '../server/server.ts';
import { UsageError } from './exit.ts';
import type { ServeOptions } from './main.ts';

/** `drivetalk serve`: runs until it is interrupted. */
export async function serve({ host, port, allowName = [], model }: ServeOptions): Promise<void> {
  const page = packageFile('dist/dashboard');
  if (!existsSync(page)) throw new UsageError('The page is not built yet. Run: npm run build');
  const drive = await openDrive({ model });
  const server = await startServer({
    drive,
    map: worldMap(loadCity()),
    page,
    host,
    port,
    names: allowName,
    clock: () => performance.now(),
  });
  console.log(`Drivetalk is at ${server.url} (stop with Ctrl+C)`);
  const stop = () => {
    void server.close().then(() => drive.close());
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
