import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { createReplies } from '../../../assistant/dialogue/replies.ts';
import { happen } from '../../support/random-life.ts';
import { mulberry32 } from '../../support/random.ts';
import { DRIVE_STATES, newCar, sense } from '../../support/small-car.ts';
import { ENGLISH, talk } from '../../support/talk.ts';

const HMI = 'Vehicle.Cabin.Infotainment.HMI';
const AMERICAN = {
  [`${HMI}.TemperatureUnit`]: 'F',
  [`${HMI}.DistanceUnit`]: 'MILES',
  [`${HMI}.SpeedUnit`]: 'MILES_PER_HOUR',
};

/** People in a car whose screens show miles and degrees Fahrenheit. */
function inAmerica() {
  const { car, say } = talk();
  for (const [path, unit] of Object.entries(AMERICAN)) car.write(path, unit, { seat: 'driver' });
  return { car, say };
}

describe('vehicle: units', () => {
  it('[CAR-82] consumption, trip, weather and cabin are told in the units of the screens', () => {
    const { car, say } = inAmerica();
    sense(car, {
      'Powertrain.AverageConsumption': 16,
      TraveledDistanceSinceStart: 48_280,
      TripDuration: 3600,
      'Exterior.AirTemperature': -5,
    });
    assert.equal(
      say('consumption', ['energy.consumption.query']).reply,
      '25.7 kilowatt hours per 100 miles.',
    );
    assert.equal(
      say('trip', ['vehicle.trip.query']).reply,
      '30 miles in 60 minutes, 30 miles per hour on average.',
    );
    assert.equal(say('weather', ['weather.query']).reply, 'Clear and 57 degrees in Smallville.');
    assert.equal(
      say('how cold', ['vehicle.status.query', { item: 'outside' }]).reply,
      "It's 23 degrees outside.",
    );
  });

  it('[CAR-82] the gate speaks in no unit that is not the car’s', () => {
    const { car, say } = inAmerica();
    sense(car, { ...DRIVE_STATES.MOVING, Speed: 20 });
    assert.doesNotMatch(say('cruise', ['drive.cruise.on', { speed: 60 }]).reply, /kilomet/);
    sense(car, { Speed: 60 });
    assert.doesNotMatch(say('cruise', ['drive.cruise.set', { speed: 80 }]).reply, /kilomet/);
  });

  it('[CAR-82] whatever the car answers has no metres and kilometres where miles are shown', () => {
    const replies = createReplies(ENGLISH, 'en', () => 0);
    const random = mulberry32(82);
    const car = newCar();
    for (let step = 0; step < 1500; step += 1) {
      for (const [path, unit] of Object.entries(AMERICAN)) car.write(path, unit, { seat: 'driver' });
      const outcome = happen(car, random);
      if (outcome) assert.doesNotMatch(replies.of(outcome), /kilomet|\bmeters\b|\d k?m\b/, outcome.code);
    }
  });

  it('[CAR-82] no message has a unit of length that does not depend on the screens', () => {
    const catalogue = parse(ENGLISH) as Record<string, unknown>;
    assert.deepEqual(
      Object.entries(catalogue).filter(([, message]) =>
        /(?<!\{)\b(kilometers|meters|miles)\b/.test(JSON.stringify(message)),
      ),
      [],
    );
  });
});
