import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFile } from '../../../simulator/open-drive.ts';
import { startModelServer } from '../../support/model-server.ts';

const MAIN = packageFile('dist/simulator/cli/main.js');
const PAIR = packageFile('test/fixtures/hugging-face/pair');

describe('drivetalk understand', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'drivetalk-understand-'));
  after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'utterances.txt');
  const texts = Array.from({ length: 4000 }, (_, index) =>
    index % 100 === 0 ? `${'please '.repeat(index % 7)}open the trunk` : '…',
  );
  writeFileSync(file, `${texts.join('\n')}\n${'.'.repeat(70_000)}\nclose the trunk`);
  const understand = (args: readonly string[]) =>
    spawnSync(process.execPath, [MAIN, 'understand', ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });

  it('[NLU-44] a file is answered line by line, in its order, and one that cannot be read costs itself alone', () => {
    const { status, stdout, stderr } = understand([file, '--model', PAIR]);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as { id: number; text?: string; error?: string; commands?: { intent: string }[] },
      );
    assert.deepEqual(
      lines.map(({ id }) => id),
      Array.from({ length: 4002 }, (_, index) => index + 1),
    );
    assert.deepEqual(
      lines.slice(0, 4000).map(({ text }) => text),
      texts,
    );
    assert.match(lines[4000]?.error ?? '', /70000 characters.*Split it/);
    assert.equal(lines[4001]?.commands?.[0]?.intent, 'trunk.close');
    assert.equal(status, 1);
    assert.match(stderr, /understanding \(% of the file\): 100 of 100\n$/);
  });

  it('[NLU-44] ends when nobody reads any further', async () => {
    const child = spawn(process.execPath, [MAIN, 'understand', file, '--model', PAIR], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await once(child.stdout, 'data');
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
    const [status] = (await once(child, 'close')) as [number];
    assert.equal(status, 0);
    assert.doesNotMatch(said, /EPIPE/);
  });

  it('[NLU-44] no such file is bad usage', () => {
    for (const [path, message] of [
      ['/nowhere.txt', /no file/],
      [folder, /is a directory/],
    ] as const) {
      const { status, stderr } = understand([path]);
      assert.equal(status, 2);
      assert.match(stderr, message);
    }
  });

  it('[NLU-42] of utterances for a server, one that goes wrong costs itself alone', async () => {
    const server = await startModelServer(({ body }) => {
      const { text } = body as { text: string };
      return {
        body: text === 'b' ? 'oops' : { text, intent: { name: 'trunk.open', confidence: 0.9 }, entities: [] },
      };
    });
    try {
      const child = spawn(process.execPath, [MAIN, 'understand', '--model', `rasa+${server.url}`]);
      child.stdin.end('a\nb\nc\n');
      let out = '';
      child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
      const [status] = (await once(child, 'close')) as [number];
      assert.equal(status, 1);
      const [a, b, c] = out.trimEnd().split('\n');
      assert.match(a ?? '', /trunk\.open/);
      assert.match(b ?? '', /"error":"rasa .*no JSON: oops\."/);
      assert.match(c ?? '', /trunk\.open/);
    } finally {
      await server.close();
    }
  });
});
