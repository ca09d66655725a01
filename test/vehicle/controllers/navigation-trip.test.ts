import assert from 'node:assert/strict';
import { PLACES } from '../../support/small-world.ts';
import { talk } from '../../support/talk.ts';
import { value } from '../../support/small-car.ts';

const GUIDING = 'Cabin.Infotainment.Navigation.IsGuidanceActive';

/** A car beside a place, so many metres north of it. */
function beside(id: string, metres: number) {
  const { car, say } = talk();
  const place = PLACES.find((each) => each.id === id);
  assert.ok(place);
  car.senseAll([
    { path: 'Vehicle.CurrentLocation.Longitude', value: place.at[0] },
    { path: 'Vehicle.CurrentLocation.Latitude', value: place.at[1] + metres / 111_320 },
  ]);
  const go = (destination: string) =>
    say(`take me to ${destination}`, ['navigation.route.start', { destination }]);
  return { car, say, go };
}

describe('vehicle: trip', () => {
  it('[CAR-86] who is at the destination already is told so, and no route is set', () => {
    for (const metres of [0, 40]) {
      const { car, go } = beside('home', metres);
      const { reply, outcomes } = go('Home');
      assert.equal(reply, "We're at Home already.");
      assert.equal(outcomes[0]?.status, 'unchanged');
      assert.equal(value(car, GUIDING), false);
    }
    const { car, go } = beside('home', 120);
    go('Home');
    assert.equal(value(car, GUIDING), true);
  });

  it('[CAR-86] the route that is followed stays, and a way round by a stop is a route', () => {
    const { car, say, go } = beside('home', 0);
    go('Work');
    assert.match(go('Home').reply, /already/);
    assert.equal(value(car, 'Cabin.Infotainment.Navigation.DestinationSet.Name'), 'Work');
    say('rather home', ['navigation.route.set', { destination: 'Home' }]);
    assert.equal(value(car, 'Cabin.Infotainment.Navigation.DestinationSet.Name'), 'Work');
    say('home by way of the museum', [
      'navigation.route.start',
      { destination: 'Home', waypoint: 'Ship Museum' },
    ]);
    assert.equal(value(car, 'Cabin.Infotainment.Navigation.DestinationSet.Name'), 'Home');
  });
});
