/** Everything that reaches a drive from outside. Time and these alone decide what it does. */
import { z } from 'zod';
import { SEATS } from '../../vehicle/command.ts';
import { INTENTS } from '../../vehicle/ontology.generated.ts';

const id = z.string().min(1);
const seat = z.enum(SEATS);
const value = z.union([
  z.boolean(),
  z.number(),
  z.string(),
  z.array(z.boolean()),
  z.array(z.number()),
  z.array(z.string()),
]);
const word = z.strictObject({
  text: z.string(),
  start: z.number(),
  end: z.number(),
  confidence: z.number(),
});

const atom = z.union([z.string(), z.number()]);
const slot = z.strictObject({
  text: z.string(),
  value: z.union([atom, z.array(atom)]),
  unit: z.string().optional(),
});
const handedOver = z.union([
  z.strictObject({
    text: z.string(),
    commands: z.array(z.strictObject({ intent: z.enum(INTENTS), slots: z.record(z.string(), slot) })),
  }),
  z.enum(['unreachable', 'timeout', 'refused', 'malformed']),
]);

export const driveInput = z.discriminatedUnion('in', [
  /** Something typed. */
  z.strictObject({ in: z.literal('say'), id, seat, text: z.string() }),
  /** Somebody begins to speak. */
  z.strictObject({ in: z.literal('listen'), id, seat }),
  /** The words of what was spoken. */
  z.strictObject({ in: z.literal('heard'), id, text: z.string(), words: z.array(word) }),
  /** It was cancelled, or could not be heard. */
  z.strictObject({ in: z.literal('unheard'), id }),
  /** The interpreter has answered, and the words are carried out now; or it has failed. */
  z.strictObject({ in: z.literal('understood'), id, failed: z.literal(true).optional() }),
  /** A larger model has answered, or could not; its commands are carried out now. */
  z.strictObject({ in: z.literal('handed-over'), id, answer: handedOver }),
  /** A tool sets an actuator. */
  z.strictObject({
    in: z.literal('write'),
    path: z.string(),
    value,
    seat,
    confirmed: z.literal(true).optional(),
  }),
  /** The world, or a fault, sets what the car measures. */
  z.strictObject({ in: z.literal('sense'), path: z.string(), value, stuck: z.literal(true).optional() }),
  z.strictObject({ in: z.literal('repair'), path: z.string() }),
  /** Right foot: along the route or the road, to a stand, or at one speed (km/h). */
  z.strictObject({ in: z.literal('drive') }),
  z.strictObject({ in: z.literal('park') }),
  z.strictObject({ in: z.literal('hold'), kmh: z.number().min(0) }),
]);

export type DriveInput = z.infer<typeof driveInput>;
