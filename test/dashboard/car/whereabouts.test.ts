import assert from 'node:assert/strict';
import { Whereabouts } from '../../../dashboard/car/whereabouts.ts';
import type { WorldMap } from '../../../simulator/server/protocol.ts';
import { poseOf } from '../../../dashboard/car/pose.ts';

/** What the whereabouts need of a picture. */
const watch = (map: Promise<WorldMap>, still = false) => {
  const went: boolean[] = [];
  const told: (readonly [boolean, boolean])[] = [];
  const picture = {
    goTo: (street: boolean) => void went.push(street),
    setStreet: () => undefined,
  };
  const places = new Whereabouts(
    picture,
    map,
    () => still,
    (street, problem) => void told.push([street, problem]),
  );
  return { places, went, told };
};
const never = new Promise<WorldMap>(() => undefined);

describe('dashboard/car/whereabouts', () => {
  it('[PAGE-74] on the street while it drives, in the studio when parked; a choice holds until the next start or stop', () => {
    const { places, went } = watch(never);
    places.follow({ isParked: true });
    places.follow({ isParked: false });
    places.toggle();
    places.follow({ isParked: false });
    places.follow({ isParked: true });
    places.follow({ isParked: false });
    places.follow({ isParked: true });
    places.toggle();
    assert.deepEqual(went, [true, false, true, false, true]);
  });

  it('[PAGE-74] who wants no motion stays in the studio until he asks', () => {
    const { places, went } = watch(never, true);
    places.follow({ isParked: false });
    assert.deepEqual(went, []);
    places.toggle();
    assert.deepEqual(went, [true]);
  });

  it('[PAGE-74] without a city the car goes back to the studio, and it is told', async () => {
    const { places, went, told } = watch(Promise.reject(new Error('no such file')));
    places.follow({ isParked: false });
    await new Promise((resolve) => setTimeout(resolve, 5));
    while (told.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(went, [true, false]);
    assert.deepEqual(told, [
      [true, false],
      [false, true],
    ]);
  });

  it('[PAGE-74] a car that waits at a light is not parked; one that knows no lock is when it stands', () => {
    const parked = (speed: number, lock?: boolean) =>
      poseOf({
        'Vehicle.Speed': { value: speed },
        ...(lock !== undefined && {
          'Vehicle.Powertrain.Transmission.IsParkLockEngaged': { value: lock },
        }),
      }).isParked;
    assert.deepEqual(
      [parked(0, true), parked(0, false), parked(30, false), parked(0), parked(5)],
      [true, false, false, true, false],
    );
  });

  it('[PAGE-75] the screens in the car tell speed, gear, charge, warmth and what plays, in the units of the car', () => {
    const { screens } = poseOf({
      'Vehicle.Speed': { value: 50 },
      'Vehicle.Cabin.Infotainment.HMI.SpeedUnit': { value: 'MILES_PER_HOUR' },
      'Vehicle.Powertrain.Transmission.CurrentGear': { value: 127 },
      'Vehicle.Powertrain.TractionBattery.StateOfCharge.Current': { value: 64 },
      'Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature': { value: 20, target: 21.5 },
      'Vehicle.Cabin.Infotainment.Media.Played.Track': { value: 'Night Train' },
      'Vehicle.Cabin.Infotainment.Media.Played.Artist': { value: 'The Copper Trio' },
    });
    assert.deepEqual(screens, {
      speed: '31',
      unit: 'mph',
      gear: 'D',
      charge: 0.64,
      temperature: '21.5°',
      title: 'Night Train',
      artist: 'The Copper Trio',
    });
  });
});
