import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { SIGNAL_INTENTS, type SignalIntent } from '../../vehicle/command.ts';
import { SAFETY_RULES } from '../../vehicle/safety-rules.ts';
import { buildCatalogue, parseOverlay } from '../../vehicle/signals/overlay.ts';
import type { Vehicle } from '../../vehicle/vehicle.ts';
import { CATALOGUE, command, newCar, sense, value, type ShortSlots } from '../support/small-car.ts';

const FILE = 'docs/examples/fragrance.vspec.yaml';
const catalogue = buildCatalogue(CATALOGUE.all(), [parseOverlay(readFileSync(FILE, 'utf8'), FILE)]);
const INTENSITY = 'Vehicle.Cabin.Fragrance.Intensity';
const KIND = 'Vehicle.Cabin.Fragrance.Kind';
const KARAOKE = 'Vehicle.Cabin.Karaoke.IsOn';
const ROOF = 'Vehicle.Cabin.Sunroof.Position';

const say = (car: Vehicle, intent: SignalIntent, path: string, slots: ShortSlots = {}) =>
  car.execute(
    { intent, slots: command('climate.ac.on', { item: path, ...slots }).slots },
    { seat: 'driver' },
  );
const read = (car: Vehicle, path: string) => car.read(path).target;

describe('vehicle: named signals', () => {
  it('[SIG-20] a switch goes on and off, a choice to one of its values, a number to its limits and no further', () => {
    const car = newCar({ catalogue });
    assert.equal(say(car, 'signal.on', KARAOKE).status, 'done');
    assert.equal(read(car, KARAOKE), true);
    assert.equal(say(car, 'signal.on', KARAOKE).status, 'unchanged');
    assert.equal(say(car, 'signal.set', KIND, { mode: 'ocean breeze' }).status, 'done');
    assert.equal(read(car, KIND), 'OCEAN_BREEZE');
    assert.deepEqual(say(car, 'signal.set', KIND, { mode: 'garlic' }).facts['choices'], [
      'forest',
      'ocean breeze',
      'citrus',
    ]);
    assert.equal(say(car, 'signal.set', INTENSITY, { level: { value: 40, unit: 'percent' } }).status, 'done');
    assert.equal(say(car, 'signal.increase', INTENSITY).status, 'done');
    assert.equal(read(car, INTENSITY), 50);
    assert.equal(say(car, 'signal.decrease', INTENSITY, { amount: 'large' }).status, 'done');
    assert.equal(read(car, INTENSITY), 25);
    assert.equal(say(car, 'signal.set', INTENSITY, { level: 'max' }).status, 'done');
    assert.equal(say(car, 'signal.increase', INTENSITY).status, 'unchanged');
    assert.equal(say(car, 'signal.set', INTENSITY, { level: 101 }).code, 'signal.named.range');
    assert.equal(say(car, 'signal.off', INTENSITY).status, 'done');
    assert.equal(read(car, INTENSITY), 0);
  });

  it('[SIG-20] a sensor is asked, not set; a path that nobody provides is no signal', () => {
    const car = newCar({ catalogue });
    const asked = say(car, 'signal.query', 'Vehicle.Exterior.WadingDepth');
    assert.deepEqual([asked.status, asked.facts['value']], ['answered', '12 cm']);
    assert.equal(say(car, 'signal.off', 'Vehicle.Exterior.WadingDepth').code, 'signal.named.read_only');
    assert.equal(say(car, 'signal.on', 'Vehicle.Cabin.Warp').status, 'unavailable');
  });

  it('[SIG-21] another name for what a controller looks after does all that its command does, gate included', () => {
    const car = newCar({ catalogue });
    assert.equal(say(car, 'signal.set', ROOF, { level: { value: 50, unit: 'percent' } }).status, 'done');
    car.advance(20_000);
    assert.equal(value(car, 'Cabin.Sunroof.Position'), 50);
    sense(car, { 'Cabin.IsWindowChildLockEngaged': true });
    const refused = car.execute(
      { intent: 'signal.off', slots: { item: { text: 'sky roof', value: ROOF } } },
      { seat: 'rear_left' },
    );
    assert.equal(refused.status, 'refused');
    assert.equal('decision' in refused && refused.decision.rule, 'SAFE-8');
  });

  it('[SIG-21] what was said of a named signal can be taken back', () => {
    const car = newCar({ catalogue });
    say(car, 'signal.set', INTENSITY, { level: 70 });
    assert.equal(car.undo({ seat: 'driver' }).status, 'done');
    assert.equal(read(car, INTENSITY), 0);
  });

  it('[SIG-22] a rule of the gate binds an overlay’s signals as it binds the car’s own', () => {
    const rule = {
      id: 'SAFE-900',
      title: 'No karaoke while moving',
      writes: [KARAOKE],
      to: { is: true },
      when: [{ path: 'Vehicle.DriveState', is: 'MOVING' }],
      verdict: 'refuse',
      remedy: 'remedy.stop',
    } as const;
    const car = newCar({ catalogue, rules: [...SAFETY_RULES, rule] });
    sense(car, { Speed: 40 });
    const outcome = say(car, 'signal.on', KARAOKE);
    assert.equal(outcome.status, 'refused');
    assert.equal('decision' in outcome && outcome.decision.rule, 'SAFE-900');
    assert.equal(read(car, KARAOKE), false);
  });

  it('[SIG-20] whatever is said of whichever signal: an outcome, and targets that the catalogue allows', () => {
    const car = newCar({ catalogue });
    const paths = [...catalogue.all()].map(({ path }) => path);
    fc.assert(
      fc.property(
        fc.constantFrom(...SIGNAL_INTENTS),
        fc.constantFrom(...paths),
        fc.oneof(fc.integer({ min: -300, max: 300 }), fc.constantFrom('off', 'low', 'max', 'half', 'on')),
        fc.constantFrom(undefined, 'percent', 'degree'),
        (intent, path, said, unit) => {
          const slot = { value: said, ...(unit !== undefined && { unit }) };
          const outcome = say(car, intent, path, { level: slot, amount: slot, mode: String(said) });
          assert.ok(outcome.code);
          for (const change of outcome.changes)
            if (change.field === 'target') catalogue.checkTarget(change.path, change.to);
        },
      ),
      { numRuns: 2_000, seed: 20 },
    );
  });
});
