import assert from 'node:assert/strict';
import { distance, METRIC, speed, temperature, type Units } from '../../../dashboard/language/measures.ts';
import { streamsOf } from '../../../dashboard/panels/airflow.ts';
import { nextHeat, seatWords, stepped } from '../../../dashboard/panels/climate.ts';
import { powerWords } from '../../../dashboard/panels/energy.ts';
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

  it('[PAGE-102] a finger sets what a person expects: half degrees within the limits, heat in three steps', () => {
    const celsius = { temperature: 'C' } as const;
    assert.deepEqual(
      [stepped(21, 1, celsius), stepped(21.3, -1, celsius), stepped(28, 1, celsius)],
      [21.5, 21, 28],
    );
    assert.equal(temperature(stepped(21, 1, { temperature: 'F' }), { ...METRIC, temperature: 'F' }), '71°F');
    assert.deepEqual([0, 33, 67, 100, -40].map(nextHeat), [33, 67, 100, 0, 0]);
  });

  it('[PAGE-103] air is drawn as strong as it blows; power is told by where it flows', () => {
    assert.deepEqual([0, 10, 50, 100].map(streamsOf), [0, 1, 2, 3]);
    assert.deepEqual(
      [powerWords(0, false), powerWords(-12_300, false), powerWords(8_000, false), powerWords(50_000, true)],
      ['No power flows', 'Uses 12.3 kW', 'Recovers 8.0 kW', 'Charging with 50.0 kW'],
    );
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
