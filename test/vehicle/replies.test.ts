import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createReplies } from '../../assistant/dialogue/replies.ts';
import { SIGNAL_INTENTS } from '../../vehicle/command.ts';
import { INTENTS } from '../../vehicle/ontology.generated.ts';
import { SAFETY_RULES } from '../../vehicle/safety-rules.ts';
import { mulberry32 } from '../support/random.ts';
import { happen } from '../support/random-life.ts';
import { newCar } from '../support/small-car.ts';

const YAML = readFileSync('assistant/dialogue/replies/en.yaml', 'utf8');
const catalogue = parse(YAML) as Record<string, readonly string[]>;
const CODES = new Set(Object.keys(catalogue));
const ALL_INTENTS = new Set<string>([...INTENTS, ...SIGNAL_INTENTS]);
const TARGETS = new Set(INTENTS.map((intent) => intent.slice(0, intent.lastIndexOf('.'))));

/** Everything in `vehicle/` that looks like a code and is neither an intent nor a target. */
function codesInSource(): Set<string> {
  const files = readdirSync('vehicle', { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.includes('generated'),
  );
  const literals = files.flatMap((name) => [
    ...readFileSync(join('vehicle', name), 'utf8').matchAll(/'([a-z_]+(?:\.[a-z_]+)+)'/g),
  ]);
  return new Set(
    literals.map(([, code = '']) => code).filter((code) => !TARGETS.has(code) && !ALL_INTENTS.has(code)),
  );
}

describe('vehicle: replies', () => {
  it('[CAR-60] every code in the source has its words', () => {
    // The step of a reaction is never told to anybody.
    const silent = new Set(['car.reaction']);
    assert.deepEqual(
      [...codesInSource()].filter((code) => !CODES.has(code) && !silent.has(code)),
      [],
    );
  });

  it('[CAR-60] every remedy of the gate has its words', () => {
    for (const { id, remedy } of SAFETY_RULES) assert.ok(CODES.has(remedy), `${id}: ${remedy}`);
  });

  it('[CAR-61] no words are left over', () => {
    const known = codesInSource();
    const spoken = new Set<string>();
    const random = mulberry32(5);
    let car = newCar();
    for (let step = 0; step < 12_000; step += 1) {
      if (step % 300 === 0) car = newCar();
      const outcome = happen(car, random);
      if (outcome) spoken.add(outcome.code);
    }
    // Codes that are put together, such as `signal.` and the error's reason, or belong to the conversation.
    const composed = /^(signal|seat\.(heating|ventilation|position)|dialogue|none)\./;
    const intents = INTENTS as readonly string[];
    assert.deepEqual(
      [...CODES].filter(
        (code) => !known.has(code) && !spoken.has(code) && !composed.test(code) && !intents.includes(code),
      ),
      [],
    );
  });

  it('[CAR-62] every variant of every message can be said with the facts that come with it', () => {
    for (let variant = 0; variant < 3; variant += 1) {
      const replies = createReplies(YAML, 'en', (count) => variant % count);
      const random = mulberry32(variant);
      const car = newCar();
      for (let step = 0; step < 1500; step += 1) {
        const outcome = happen(car, random);
        if (outcome)
          assert.doesNotMatch(
            replies.of(outcome),
            /[{}]|undefined|NaN|\bnone\b/,
            `${outcome.code} ${JSON.stringify(outcome.facts)}`,
          );
      }
    }
  });
});
