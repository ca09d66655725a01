import assert from 'node:assert/strict';
import { INTENTS } from '../../vehicle/ontology.generated.ts';
import { AGENDA_COMMANDS } from '../support/commands/agenda.ts';
import { BODY_COMMANDS } from '../support/commands/body.ts';
import { CLIMATE_COMMANDS } from '../support/commands/climate.ts';
import { DRIVE_COMMANDS } from '../support/commands/drive.ts';
import { ENERGY_COMMANDS } from '../support/commands/energy.ts';
import { LIGHTS_COMMANDS } from '../support/commands/lights.ts';
import { MEDIA_COMMANDS } from '../support/commands/media.ts';
import { NAVIGATION_COMMANDS } from '../support/commands/navigation.ts';
import { PHONE_COMMANDS } from '../support/commands/phone.ts';
import { SEATS_COMMANDS } from '../support/commands/seats.ts';
import { STATUS_COMMANDS } from '../support/commands/status.ts';
import { goal, newCar, tell } from '../support/small-car.ts';

/** Every intent of the car at least once, with what must be true afterwards. */
const CASES = [
  ...NAVIGATION_COMMANDS,
  ...CLIMATE_COMMANDS,
  ...SEATS_COMMANDS,
  ...BODY_COMMANDS,
  ...LIGHTS_COMMANDS,
  ...MEDIA_COMMANDS,
  ...PHONE_COMMANDS,
  ...DRIVE_COMMANDS,
  ...ENERGY_COMMANDS,
  ...STATUS_COMMANDS,
  ...AGENDA_COMMANDS,
];

/** Commands that are the dialogue's or a larger model's business. */
const NOT_THE_CARS = INTENTS.filter((intent) => /^(news|question|dialogue|none)\./.test(intent));

describe('vehicle', () => {
  for (const { intent, slots = {}, seat = 'driver', given, status = 'done', code, facts, then } of CASES) {
    const words = Object.keys(slots).length > 0 ? ` ${JSON.stringify(slots)}` : '';
    it(`[CAR-1] ${intent}${words} from ${seat}${given ? ' after something' : ''}: ${code ?? status}`, () => {
      const car = newCar();
      given?.(car);
      const outcome = tell(car, intent, slots, seat);
      assert.equal(outcome.status, status, `${outcome.code} ${JSON.stringify(outcome.facts)}`);
      if (code !== undefined) assert.equal(outcome.code, code);
      for (const [name, expected] of Object.entries(facts ?? {}))
        assert.deepEqual(outcome.facts[name], expected, name);
      for (const [path, expected] of Object.entries(then ?? {}))
        assert.deepEqual(goal(car, path), expected, path);
    });
  }

  it('[CAR-1] the table above has every intent of the ontology that is the car’s', () => {
    const tested = new Set(CASES.map(({ intent }) => intent));
    assert.deepEqual(
      INTENTS.filter((intent) => !tested.has(intent)),
      NOT_THE_CARS,
    );
  });

  it('[CAR-2] what is not the car’s business is unavailable and changes nothing', () => {
    const car = newCar();
    const before = car.snapshot();
    for (const intent of NOT_THE_CARS) assert.equal(tell(car, intent).status, 'unavailable', intent);
    assert.deepEqual(car.snapshot(), before);
  });
});
