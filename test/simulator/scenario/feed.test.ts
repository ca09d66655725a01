import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { suiteSchema } from '../../../assistant/regression/suite.ts';
import { loadCatalogue } from '../../../vehicle/load.ts';
import { RecordingError } from '../../../simulator/scenario/errors.ts';
import { sampled, type Mark, type Sample } from '../../../simulator/scenario/feed.ts';
import { svgOf } from '../../../simulator/scenario/plot.ts';
import { sliceAsSuite } from '../../../simulator/scenario/slice.ts';
import { linesOf, recordDrive } from '../../support/scripted-drive.ts';

const catalogue = loadCatalogue();
const WINDOW = 'Vehicle.Cabin.Door.Row1.DriverSide.Window.Position';
const TRACK = 'Vehicle.Cabin.Infotainment.Media.PlaybackState';

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('what others take from recordings', function () {
  this.timeout(60_000);
  let lines: readonly string[];
  before(async () => {
    lines = await recordDrive(async (drive) => {
      drive.advance(2_000);
      await drive.say('open my window', 'driver');
      drive.advance(10_000);
      drive.hold(50);
      drive.advance(20_000);
      await drive.say('open the trunk', 'passenger');
      drive.advance(3_000);
      await drive.say('close my window', 'driver');
      drive.advance(1_500);
    });
  });
  const feed = (every: number, given = lines, onMark?: (mark: Mark) => void): Promise<Sample[]> =>
    collect(
      sampled(linesOf(given), {
        signals: [WINDOW, 'Vehicle.Speed', TRACK].map((path) => catalogue.get(path)),
        catalogue,
        every,
        ...(onMark && { onMark }),
      }),
    );

  it('[REC-8] a row for each moment from the start to the end, with the values that hold then', async () => {
    const rows = await feed(1_000);
    assert.deepEqual(
      rows.map(({ t }) => t),
      Array.from({ length: 37 }, (_, second) => second * 1_000),
    );
    const at = (t: number) => rows.find((row) => row.t === t)?.values;
    assert.deepEqual(at(0), [0, 0, 'STOPPED']);
    assert.deepEqual(at(12_000), [100, 0, 'STOPPED']);
    assert.deepEqual(at(30_000), [100, 50, 'STOPPED']);
    const opening = at(4_000)?.[0];
    assert.ok(typeof opening === 'number' && opening > 20 && opening < 60, String(opening));
  });

  it('[REC-8] of a recording that was cut off, as far as it goes', async () => {
    const cut = [...lines.slice(0, 20), lines[20]!.slice(0, 12)];
    const rows = await feed(1_000, cut);
    const { t } = JSON.parse(cut[19]!) as { t: number };
    assert.equal(rows.at(-1)?.t, Math.floor(t / 1_000) * 1_000);
    await assert.rejects(feed(1_000, lines.with(5, '{')), RecordingError);
  });

  it('[REC-9] a plot has a line for each series, a mark for each utterance, and no text of theirs as markup', async () => {
    const marks: Mark[] = [];
    const rows = await feed(1_000, lines, (mark) => marks.push(mark));
    assert.deepEqual(
      marks.map(({ turn }) => turn.heard),
      ['open my window', 'open the trunk', 'close my window'],
    );
    const svg = svgOf({
      title: 'A <drive>',
      times: rows.map(({ t }) => t),
      panels: [
        {
          title: 'Speed',
          unit: 'km/h',
          series: [{ name: 'speed', color: '#000', values: rows.map(({ values }) => Number(values[1])) }],
        },
        {
          title: 'Window',
          unit: '%',
          series: [
            { name: 'a', color: '#100', values: rows.map(({ values }) => Number(values[0])) },
            { name: 'b', color: '#200', values: rows.map(() => 3) },
          ],
        },
      ],
      marks: marks.map(({ t, turn }) => ({
        t,
        text: `${turn.heard} & <b>`,
        isRefused: turn.heard.includes('trunk'),
      })),
    });
    assert.equal(svg.match(/<polyline/g)?.length, 3);
    assert.equal(svg.match(/<g><title>/g)?.length, 3);
    assert.ok(!svg.includes('<b>') && !svg.includes('<drive>'));
    const points = [...svg.matchAll(/points="([^"]*)"/g)].flatMap(([, all = '']) => all.split(' '));
    assert.ok(points.length > 6);
    for (const point of points) assert.match(point, /^-?\d+(\.\d)?,-?\d+(\.\d)?$/);
    assert.throws(() => svgOf({ title: '', times: [], panels: [], marks: [] }), RangeError);
  });

  it('[REC-6] a slice is a suite: what the car was like, what was said, understood, done and refused', async () => {
    const text = await sliceAsSuite(linesOf(lines), { from: 30_000, until: Infinity, catalogue });
    const suite = suiteSchema.parse(parse(text));
    assert.equal(suite.now, '2026-11-20T07:40:32');
    const turns = suite.cases[0]?.turns ?? [];
    assert.deepEqual(
      turns.map(({ text: said, seat, advance, expectStatus, expectRefusal }) => ({
        said,
        seat,
        advance,
        expectStatus,
        expectRefusal,
      })),
      [
        {
          said: 'open the trunk',
          seat: 'passenger',
          advance: undefined,
          expectStatus: ['refused'],
          expectRefusal: 'SAFE-3',
        },
        {
          said: 'close my window',
          seat: undefined,
          advance: 3_000,
          expectStatus: ['done'],
          expectRefusal: undefined,
        },
      ],
    );
    assert.equal(turns[0]?.set?.['Vehicle.Speed'], 50);
    assert.equal(turns[0].set[WINDOW], 100);
    assert.deepEqual(turns[1]?.expect, [{ intent: 'window.close', slots: { zone: 'speaker' } }]);
    assert.equal(turns[1].expectState?.[WINDOW], 0);
  });

  it('[REC-6] a slice in which nothing was said says so', async () => {
    await assert.rejects(
      sliceAsSuite(linesOf(lines), { from: 3_000, until: 9_000, catalogue }),
      (error: unknown) => error instanceof RecordingError && /--from/.test(error.message),
    );
  });
});
