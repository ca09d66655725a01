import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ScriptedTranscriber } from '../../assistant/speech/scripted.ts';
import { HANDS_FREE } from '../../assistant/speech/turn-taking/turn-options.ts';
import { recordDrive, replayLines } from '../support/scripted-drive.ts';
import { talkSound } from '../support/talk-sound.ts';

describe('hands-free in a drive', function () {
  this.timeout(30_000);

  it('[SERVE-24] what an open microphone heard is recorded as utterances and replays byte for byte', async () => {
    const ears = new ScriptedTranscriber(['we all went home', 'hey drive open my window', 'close my window']);
    const sound = await talkSound([
      400,
      'we all went home',
      1000,
      'hey drive open my window',
      1500,
      'close my window',
      1500,
    ]);
    const lines = await recordDrive(
      async (drive) => {
        let count = 0;
        const done: string[] = [];
        const errors: unknown[] = [];
        drive.onTurn(({ stage, heard }) => {
          if (stage === 'done') done.push(heard);
        });
        const microphone = await drive.openMicrophone('driver', {
          ...HANDS_FREE,
          newId: () => `hands-free-${++count}`,
          onState: () => undefined,
          onHush: () => undefined,
          onError: (error) => errors.push(error),
        });
        for (let at = 0; at < sound.length; at += 1600) {
          microphone.push(sound.subarray(at, at + 1600));
          await sleep(5);
          drive.advance(100);
        }
        while (done.length < 2 && errors.length === 0) await sleep(10);
        microphone.close();
        drive.advance(1000);
        assert.deepEqual(done, ['open my window', 'close my window']);
        assert.deepEqual(errors, []);
      },
      { openTranscriber: () => Promise.resolve(ears), sound: true },
    );
    const inputs = lines.map((line) => JSON.parse(line) as { in?: string; sound?: string });
    assert.deepEqual(
      inputs.flatMap((line) => (line.in ? [line.in] : [])),
      ['listen', 'heard', 'understood', 'listen', 'heard', 'understood'],
    );
    assert.deepEqual(
      inputs.flatMap((line) => (line.sound ? [line.sound] : [])),
      ['hands-free-1', 'hands-free-2'],
    );
    const { same, difference } = await replayLines(lines);
    assert.equal(difference, undefined);
    assert.equal(same, lines.length - 2, 'sound is not replayed');
  });
});
