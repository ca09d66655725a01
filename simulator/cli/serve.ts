import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { FliteVoice } from '../../assistant/speech/synthesis/flite.ts';
import { worldMap } from '../world/world.ts';
import { packageFile, readParts } from '../open-drive.ts';
import { loadScenario, openPlayer } from '../scenario/open-player.ts';
import { openRecordedDrive } from '../scenario/record-file.ts';
import { startServer, type RunningServer } from '../server/server.ts';
import { startViss } from '../viss/endpoint.ts';
import { assistantOf, privacyNotice } from './assistant-parts.ts';
import { explainFailure, UsageError } from './exit.ts';
import { handsFreeOf } from './hands-free-options.ts';
import { hearingOf } from './hearing.ts';
import type { ServeOptions } from './main.ts';
import { partsOf } from './parts.ts';
import { printInvitations, sharingOf } from './sharing.ts';
import { themesOf } from './themes.ts';

/** `drivetalk serve`: runs until it is interrupted. */
export async function serve({
  host,
  port,
  allowName = [],
  record,
  recordAudio,
  scenario,
  viss,
  voice: by,
  theme,
  share,
  certificate,
  key,
  ...rest
}: ServeOptions): Promise<void> {
  const page = packageFile('dist/dashboard');
  if (!existsSync(page)) throw new UsageError('The page is not built yet. Run: npm run build');
  const { listenAt, shareAs, tls } = sharingOf({ host, share, certificate, key });
  const themes = themesOf(theme);
  const parts = partsOf(rest);
  const read = readParts(parts);
  // A scripted show knows no drivers and asks nobody: it goes the same every time.
  const assistant = scenario === undefined ? assistantOf(rest, { kept: true }) : {};
  const { drive, player, close } =
    scenario === undefined
      ? {
          player: undefined,
          ...(await openRecordedDrive(
            { ...parts, parts: read, ...assistant, ...hearingOf(rest) },
            { record, recordAudio },
          )),
        }
      : await openPlayer(loadScenario(scenario, read), scenario, {
          ...parts,
          parts: read,
          record,
          recordAudio,
        });
  const { city } = read;
  const clock = () => performance.now();
  const synthesizer = by === 'auto' || by === 'server' ? new FliteVoice() : undefined;
  const server = await startServer({
    drive,
    player,
    map: worldMap(city),
    themes,
    page,
    host: listenAt,
    port,
    names: allowName,
    share: shareAs === undefined ? undefined : { host: shareAs, random: randomBytes },
    tls,
    voice: { by, synthesizer },
    handsFree: handsFreeOf(rest, themes[0]?.wakeWord),
    clock,
  });
  const servers: RunningServer[] = [server];
  const stop = async () => {
    await Promise.all(servers.map((running) => running.close()));
    await synthesizer?.close();
    await close();
  };
  if (viss !== undefined) {
    try {
      servers.push(
        await startViss({
          vehicle: drive.vehicle,
          write: (path, value, by) => drive.write(path, value, by).outcome,
          // Other tools are no guests: they get the whole car.
          host: shareAs === undefined ? listenAt : '127.0.0.1',
          port: viss,
          names: allowName,
          clock,
        }),
      );
    } catch (error) {
      await stop();
      throw error;
    }
  }
  console.log(`Drivetalk is at ${server.url} (stop with Ctrl+C)`);
  for (const { url } of servers.slice(1)) console.log(`VISS is at ${url}`);
  printInvitations(server.invitations);
  if (city.attribution !== undefined) console.log(`Map data: ${city.attribution}`);
  const notice = privacyNotice(assistant);
  if (notice !== undefined) console.log(notice);
  // Whoever types needs no transcriber: the page is served, whatever becomes of it.
  drive.warmUp().catch((error: unknown) => {
    console.error(`drivetalk: ${explainFailure(error).line}`);
  });
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
}
