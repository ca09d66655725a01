import assert from 'node:assert/strict';
import { distance, METRIC, speed, temperature, type Units } from '../../../dashboard/language/measures.ts';
import { seatWords } from '../../../dashboard/panels/climate.ts';
import { clockWords, playedWords } from '../../../dashboard/panels/media.ts';
import { gearWords } from '../../../dashboard/panels/status.ts';
import { TELL_TALES } from '../../../dashboard/panels/tell-tales.ts';
import type { SignalValue } from '../../../vehicle/signals/signal.ts';

const at = (values: Record<string, SignalValue>) =>
  Object.fromEntries(Object.entries(values).map(([path, value]) => [`Vehicle.${path}`, { value }]));
const MEDIA = 'Cabin.Infotainment.Media';

describe('dashboard/panels', () => {
  it('[PAGE-31] numbers are shown in the units of the car’s screens', () => {
    const american: Units = { temperature: 'F', distance: 'mi', speed: 'mph', clock: 12 };
    assert.deepEqual(
      [temperature(21, METRIC), temperature(21, american), temperature(undefined, METRIC)],
      ['21.0°', '70°F', '–'],
    );
    assert.deepEqual(speed(100, METRIC), { value: '100', unit: 'km/h' });
    assert.deepEqual(speed(100, american), { value: '62', unit: 'mph' });
    assert.deepEqual(
      [distance(324, METRIC), distance(4_240, METRIC), distance(331_000, american)],
      ['320 m', '4.2 km', '206 mi'],
    );
    assert.deepEqual([126, 127, 0, -1, 3, undefined].map(gearWords), ['P', 'D', 'N', 'R', 'D', '–']);
    assert.deepEqual([80, -40, 0].map(seatWords), ['Heat 80 %', 'Cool 40 %', 'Seat off']);
    assert.deepEqual([187, 3_725, -1].map(clockWords), ['3:07', '1:02:05', '0:00']);
  });

  it('[PAGE-32] media names what its source has: a track, a station, or nothing', () => {
    const track = at({
      [`${MEDIA}.Played.Track`]: 'Night Ferry',
      [`${MEDIA}.Played.Artist`]: 'The Lights',
      [`${MEDIA}.Played.Source`]: 'USB',
    });
    assert.deepEqual(playedWords(track), { title: 'Night Ferry', line: 'The Lights · USB' });
    const radio = at({
      [`${MEDIA}.Played.Station`]: 'Harbour FM',
      [`${MEDIA}.Played.Frequency`]: 98.4,
      [`${MEDIA}.Played.Source`]: 'FM',
    });
    assert.deepEqual(playedWords(radio), { title: 'Harbour FM · 98.4 MHz', line: 'FM' });
    assert.equal(playedWords({}).title, 'Nothing is playing');
  });

  it('[PAGE-33] tell-tales tell what is open or lit, and nothing of a closed, dark car', () => {
    const told = (values: Record<string, SignalValue>) =>
      TELL_TALES.flatMap(({ words }) => words(at(values)) ?? []);
    assert.deepEqual(told({}), []);
    assert.deepEqual(
      told({
        'Cabin.Door.Row1.DriverSide.IsOpen': true,
        'Body.Lights.Beam.High.IsOn': true,
        'Cabin.Door.Row2.PassengerSide.Window.Position': 40,
      }),
      ['Driver door open', 'High beam', 'Rear right window 40 % open'],
    );
    const locked = Object.fromEntries(
      ['Row1.DriverSide', 'Row1.PassengerSide', 'Row2.DriverSide', 'Row2.PassengerSide'].map((door) => [
        `Cabin.Door.${door}.IsLocked`,
        true,
      ]),
    );
    assert.deepEqual(told(locked), ['Locked']);
    assert.deepEqual(told({ ...locked, 'Cabin.Door.Row1.DriverSide.IsLocked': false }), [
      '3 of 4 doors locked',
    ]);
  });
});
