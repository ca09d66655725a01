import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWav } from '../../../assistant/speech/synthetic/write-wav.ts';
import { SAMPLE_RATE } from '../../../assistant/speech/transcriber.ts';
import { packageFile } from '../../../simulator/open-drive.ts';
import { talkSound } from '../../support/talk-sound.ts';

const MAIN = packageFile('dist/simulator/cli/main.js');

describe('drivetalk hands-free, as it is typed', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'drivetalk-hands-free-'));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const drivetalk = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  it('[CLI-60] recordings are heard as an open microphone hears them; it tells in how many the car was woken', async () => {
    for (const [name, text] of [
      ['called', 'hello sunshine, open the window'],
      ['talk', 'my mother would like to open the window'],
    ] as const) {
      const samples = await talkSound([500, text, 500]);
      writeFileSync(join(folder, `${name}.wav`), writeWav({ samples, rate: SAMPLE_RATE }));
    }
    const { status, stdout } = drivetalk(
      'hands-free',
      '--wake-word',
      'Hello Sunshine',
      '--pace',
      '2',
      '--json',
      folder,
    );
    const [said, summary] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(status, 0);
    assert.equal(said?.['file'], 'called.wav');
    assert.equal(said['heard'], 'open the window');
    assert.deepEqual([summary?.['recordings'], summary?.['woken']], [2, 1]);
  });

  it('[CLI-60] a wake word that would be heard everywhere is refused, with what to take instead', () => {
    const { status, stderr } = drivetalk('hands-free', '--wake-word', 'hey', folder);
    assert.equal(status, 2);
    assert.match(stderr, /too short.*two words/);
  });
});
