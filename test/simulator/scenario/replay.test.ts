import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import fc from 'fast-check';
import { HandOverError, type LargerModel } from '../../../assistant/dialogue/hand-over/larger-model.ts';
import { ScriptedTranscriber } from '../../../assistant/speech/scripted.ts';
import type { Interpreter } from '../../../assistant/understanding/interpreter.ts';
import type { Drive } from '../../../simulator/drive.ts';
import { RecordingError } from '../../../simulator/scenario/errors.ts';
import { checkDigests, digestsOf } from '../../../simulator/scenario/identity.ts';
import { fewWords, openTestDrive, recordDrive, replayLines } from '../../support/scripted-drive.ts';

/** Answers when the test says so: understanding takes time in life. */
function slowly(interpreter: Interpreter) {
  const waiting: (() => void)[] = [];
  const slow: Interpreter = {
    ...interpreter,
    interpret: async (utterances, options) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return interpreter.interpret(utterances, options);
    },
  };
  /** Until everything that can happen now has happened. */
  const settle = () => new Promise(setImmediate);
  const answer = async () => {
    await settle();
    waiting.shift()?.();
    await settle();
  };
  return { slow, answer, settle };
}

/** Half an hour in ten seconds of a life: said, set, sensed, driven. */
async function livelyDrive(drive: Drive): Promise<void> {
  drive.advance(530);
  await drive.say('take me home', 'driver');
  drive.driveOff();
  drive.advance(25_000);
  await drive.say('open the trunk', 'driver');
  await drive.say('open my window', 'rear_left');
  drive.advance(1_300);
  drive.sense('Vehicle.Cabin.Infotainment.Phone.IncomingCall', '+12025550101');
  drive.write('Vehicle.Cabin.Sunroof.Position', 40, { seat: 'passenger' });
  drive.sense('Vehicle.Driver.FatigueLevel', 90, { stuck: true });
  drive.advance(31_000);
  drive.repair('Vehicle.Driver.FatigueLevel');
  drive.hold(45);
  await drive.say('how far can we go', 'passenger');
  drive.advance(20_000);
  drive.park();
  drive.advance(9_990);
}

describe('recording and replay', function () {
  this.timeout(60_000);
  let lively: readonly string[];
  before(async () => {
    lively = await recordDrive(livelyDrive);
  });

  it('[REC-1] a recording has what it was made with, inputs and outputs with virtual times, and its end', () => {
    const lines = lively.map((line) => JSON.parse(line) as Record<string, unknown>);
    const [header] = lines;
    assert.deepEqual(Object.keys(header!).sort(), [
      'digests',
      'drivetalk',
      'recording',
      'seed',
      'speed',
      'start',
      'utcOffset',
    ]);
    assert.deepEqual(header?.['digests'], digestsOf({}));
    const times = lines.slice(1).map(({ t }) => t as number);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
    assert.ok(times.every((t) => t % 100 === 0));
    const inputs = lines.flatMap((line) => ('in' in line ? [line['in']] : []));
    assert.deepEqual(inputs, [
      ...['say', 'understood', 'drive', 'say', 'understood', 'say', 'understood', 'sense', 'write', 'sense'],
      ...['repair', 'hold', 'say', 'understood', 'park'],
    ]);
    const turns = lines.flatMap((line) =>
      'turn' in line ? [line['turn'] as { source: string; heard: string }] : [],
    );
    assert.deepEqual(
      turns.filter(({ source }) => source === 'text').map(({ heard }) => heard),
      ['take me home', 'open the trunk', 'open my window', 'how far can we go'],
    );
    assert.deepEqual(lines.at(-1), { t: 87_800, end: true });
  });

  it('[REC-1] nothing in a recording names a file, a host or a latency', async () => {
    const failing: Interpreter = {
      ...fewWords(),
      interpret: () =>
        Promise.reject(new Error('http://model.example:5005 and /home/me/model do not answer')),
    };
    const lines = await recordDrive(
      async (drive) => {
        await drive.say('take me home', 'driver').catch(() => undefined);
        drive.advance(1_000);
      },
      { interpreter: failing },
    );
    const text = lines.join('\n');
    assert.match(text, /"failed":true/);
    for (const secret of ['/home', 'model.example', process.cwd(), hostname(), 'latency'])
      assert.ok(!text.includes(secret), secret);
  });

  it('[REC-2] a replay gives every line again, byte for byte', async () => {
    const lines = lively;
    for (let run = 0; run < 2; run++) {
      const { same, difference, brokenOff, t } = await replayLines(lines);
      assert.equal(difference, undefined);
      assert.equal(brokenOff, undefined);
      assert.equal(same, lines.length);
      assert.equal(t, 87_800);
    }
  });

  it('[REC-2] also where time passes while two people wait to be understood, and one is not', async () => {
    const { slow, answer, settle } = slowly(fewWords());
    const lines = await recordDrive(
      async (drive) => {
        void drive.say('open my window', 'driver');
        drive.advance(1_700);
        void drive.say('close my window', 'driver');
        drive.driveOff();
        drive.advance(300);
        await answer();
        drive.advance(2_100);
        await answer();
        void drive.say('open the trunk', 'driver');
        await settle();
        drive.advance(4_000);
        await answer();
      },
      { interpreter: slow },
    );
    const understood = lines
      .filter((line) => line.includes('"understood"'))
      .map((line) => JSON.parse(line) as { t: number });
    assert.deepEqual(
      understood.map(({ t }) => t),
      [2_000, 4_100, 8_100],
    );
    const { same, difference } = await replayLines(lines);
    assert.equal(difference, undefined);
    assert.equal(same, lines.length);
  });

  it('[REC-2] what was spoken is replayed from its words, also two voices at once and one that was cancelled', async () => {
    const ears = new ScriptedTranscriber(['make it warm', 'open my window', 'never heard']);
    const lines = await recordDrive(
      async (drive) => {
        const one = drive.listen('driver', 'one');
        const two = drive.listen('rear_right', 'two');
        const three = drive.listen('passenger', 'three');
        await new Promise(setImmediate);
        for (const each of [one, two, three]) each.push(new Float32Array(16_000));
        drive.advance(1_000);
        two.end();
        await two.turn;
        drive.advance(500);
        three.cancel();
        await three.turn;
        one.end();
        await one.turn;
        drive.advance(1_000);
      },
      { openTranscriber: () => Promise.resolve(ears) },
    );
    assert.ok(!lines.some((line) => line.includes('"pcm"')), 'sound is kept only when asked for');
    const { same, difference } = await replayLines(lines);
    assert.equal(difference, undefined);
    assert.equal(same, lines.length);
  });

  it('[REC-2] what a larger model answered, or did not, is replayed without it', async () => {
    const asked: string[] = [];
    const temperature = { temperature: { text: '23', value: 23, unit: 'celsius' } };
    const largerModel: LargerModel = {
      host: 'model.example',
      ask: ({ text }) => {
        asked.push(text);
        return text === 'who was napoleon'
          ? Promise.reject(new HandOverError('timeout', 'too late'))
          : Promise.resolve({
              text: 'Enjoy the sun.',
              commands: [{ intent: 'climate.temperature.set', slots: temperature }],
            });
      },
    };
    const replies: string[] = [];
    const lines = await recordDrive(
      async (drive) => {
        for (const text of ['get me ready for the beach', 'who was napoleon'])
          replies.push((await drive.say(text, 'driver')).reply);
        drive.advance(1_000);
      },
      { largerModel },
    );
    assert.match(replies[0] ?? '', /Enjoy the sun\./);
    assert.match(replies[1] ?? '', /too long/);
    assert.ok(!lines.join('\n').includes('model.example'));
    const { difference, same, drive } = await replayLines(lines);
    assert.equal(difference, undefined);
    assert.equal(same, lines.length);
    assert.deepEqual(asked, ['get me ready for the beach', 'who was napoleon']);
    assert.equal(drive.vehicle.read('Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature').target, 23);
  });

  it('[REC-7] sound is kept when asked for, and the replay needs none', async () => {
    const lines = await recordDrive(
      async (drive) => {
        const listening = drive.listen('driver', 'one');
        listening.push(Float32Array.from({ length: 1_600 }, (_, at) => Math.sin(at / 10) / 2));
        listening.end();
        await listening.turn;
      },
      { openTranscriber: () => Promise.resolve(new ScriptedTranscriber(['make it warm'])), sound: true },
    );
    const sound = lines
      .map((line) => JSON.parse(line) as { sound?: string; pcm?: string })
      .find((line) => line.pcm);
    assert.equal(sound?.sound, 'one');
    const pcm = Buffer.from(sound.pcm!, 'base64');
    assert.equal(pcm.length, 3_200);
    assert.equal(pcm.readInt16LE(20), Math.trunc((Math.sin(1) / 2) * 32_767));
    assert.equal((await replayLines(lines)).difference, undefined);
  });

  it('[REC-3] a replay that comes out otherwise says where it first differs', async () => {
    const lines = lively;
    const at = lines.findIndex((line) => line.includes('"heard":"open my window"'));
    const changed = lines.with(at, lines[at]!.replace('"status":"done"', '"status":"unavailable"'));
    const { difference, same } = await replayLines(changed);
    assert.equal(difference?.line, at + 1);
    assert.equal(difference.t, 25_500);
    assert.equal(difference.expected, changed[at]);
    assert.equal(difference.got, lines[at]);
    assert.equal(same, at);
  });

  it('[REC-3] a line too many and a line too few are differences', async () => {
    const lines = lively;
    const turn = lines.findIndex((line) => line.includes('"turn"'));
    const more = await replayLines(lines.toSpliced(turn, 0, lines[turn]!));
    assert.equal(more.difference?.line, turn + 2);
    const fewer = await replayLines(lines.toSpliced(turn, 1));
    assert.equal(fewer.difference?.line, turn + 1);
  });

  it('[REC-3] another seed, another understanding: it differs', async () => {
    const lines = lively;
    const deaf: Interpreter = {
      ...fewWords(),
      interpret: (utterances, options) =>
        fewWords().interpret(
          utterances.map(() => ({ text: 'play something' })),
          options,
        ),
    };
    assert.match(
      (await replayLines(lines, { interpreter: deaf })).difference?.expected ?? '',
      /DestinationSet/,
    );
  });

  describe('[REC-4] what cannot be replayed gets a clear answer', () => {
    let lines: readonly string[];
    before(async () => {
      lines = await recordDrive(async (drive) => {
        await drive.say('open my window', 'driver');
        drive.advance(3_000);
      });
    });
    const fails = (given: readonly string[], reason: RecordingError['reason'], says: RegExp) =>
      assert.rejects(
        replayLines(given),
        (error: unknown) =>
          error instanceof RecordingError && error.reason === reason && says.test(error.message),
      );

    it('[REC-4] what is no recording', async () => {
      await fails([], 'not-a-recording', /--record/);
      await fails(['hello'], 'not-a-recording', /--record/);
      await fails(['{"a":1}'], 'not-a-recording', /--record/);
    });
    it('[REC-4] a newer format', async () => {
      const newer = JSON.stringify({
        ...(JSON.parse(lines[0]!) as object),
        recording: 99,
        drivetalk: '9.1.0',
      });
      await fails([newer, ...lines.slice(1)], 'newer-version', /9\.1\.0.*Update/);
    });
    it('[REC-4] a damaged header', () =>
      fails([lines[0]!.replace('"seed":5', '"seed":"x"')], 'broken-line', /Line 1.*seed/));
    it('[REC-4] a damaged line', () => fails(lines.with(3, lines[3]!.slice(0, 20)), 'broken-line', /Line 4/));
    it('[REC-4] an input that does not exist', () =>
      fails(lines.with(2, '{"t":0,"in":"fly"}'), 'broken-line', /Line 3/));
    it('[REC-4] one that was cut off in a line', async () => {
      const cut = [...lines.slice(0, 4), lines[4]!.slice(0, 30)];
      const { brokenOff, difference, same } = await replayLines(cut);
      assert.equal(difference, undefined);
      assert.equal(brokenOff, 4);
      assert.equal(same, 4);
    });
    it('[REC-4] one without its end', async () => {
      const { brokenOff, difference } = await replayLines(lines.slice(0, -1));
      assert.equal(difference, undefined);
      assert.equal(brokenOff, lines.length - 1);
    });
    it('[REC-4] one that was made with other parts', () => {
      const here = digestsOf({});
      checkDigests(here, here);
      assert.throws(
        () => {
          checkDigests({ ...here, model: '0'.repeat(32) }, here);
        },
        (error: unknown) =>
          error instanceof RecordingError &&
          error.reason === 'other-parts' &&
          /model 00000000.*--model.*--anyway/.test(error.message),
      );
    });
  });

  it('[REC-5] a replay goes to any time, and the car is then as it was', async () => {
    let half: unknown;
    const lines = await recordDrive(async (drive) => {
      await livelyDrive(drive);
      half = drive.vehicle.snapshot();
      drive.advance(5_000);
      await drive.say('open my window', 'driver');
    });
    const { t, drive, difference, brokenOff } = await replayLines(lines, { until: 87_800 });
    assert.equal(difference, undefined);
    assert.equal(brokenOff, undefined);
    assert.equal(t, 87_800);
    assert.deepEqual(drive.vehicle.snapshot(), half);
    assert.equal((await replayLines(lines, { until: 40_050 })).t, 40_000);
  });

  it('[REC-11] however its time is cut, a drive is the same', async () => {
    const total = 6_000;
    const run = async (pieces: readonly number[]) => {
      const drive = await openTestDrive();
      drive.driveOff();
      await drive.say('open my window', 'driver');
      for (const piece of pieces) drive.advance(piece);
      await drive.close();
      return drive.vehicle.snapshot();
    };
    const whole = await run([total]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 8 }), async (pieces) => {
        const sum = pieces.reduce((a, b) => a + b, 0);
        assert.deepEqual(await run([...pieces, total - sum]), whole);
      }),
      { numRuns: 3 },
    );
  });
});
