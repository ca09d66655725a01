/** The format of scripted drives. */
import { z } from 'zod';
import { SEATS } from '../../vehicle/command.ts';
import { milliseconds, TIME_FORMS } from './time.ts';

const time = z.union([z.number().min(0), z.string()]).transform((written, context) => {
  const ms = milliseconds(written);
  if (ms !== undefined) return ms;
  context.addIssue({ code: 'custom', message: `"${written}" is no time; write ${TIME_FORMS}` });
  return z.NEVER;
});

const signalValue = z.union([z.boolean(), z.number(), z.string(), z.array(z.string()), z.array(z.number())]);
const signalValues = z.record(z.string(), signalValue);

const condition = z.union([
  signalValue,
  z
    .strictObject({ min: z.number().optional(), max: z.number().optional() })
    .refine(({ min, max }) => min !== undefined || max !== undefined, 'write min, max, or both'),
  z.strictObject({ value: z.number(), within: z.number().min(0) }),
  z.strictObject({ not: signalValue }),
]);
export type Condition = z.output<typeof condition>;
const conditions = z
  .record(z.string(), condition)
  .describe('Signals and what they must be: a value, {min, max}, {value, within} or {not}.');
export type Conditions = z.output<typeof conditions>;

export const WHEELS = ['front_left', 'front_right', 'rear_left', 'rear_right'] as const;
export const CLOSINGS = [
  'driver_window',
  'passenger_window',
  'rear_left_window',
  'rear_right_window',
  'roof',
  'trunk',
] as const;

const injection = z
  .strictObject({
    call: z.string().optional().describe('A contact or a number calls; "" gives up.'),
    message: z.strictObject({ from: z.string(), text: z.string() }).optional(),
    battery: z.number().min(0).max(100).optional().describe('Charge of the battery, percent.'),
    flat_tyre: z.enum(WHEELS).optional(),
    obstruction: z.enum(CLOSINGS).optional().describe('Something stands in the way of what closes.'),
    sensors: signalValues.optional().describe('What the car measures, once; it goes on from there.'),
    faults: signalValues.optional().describe('Sensors that stay at a value, whatever is the case.'),
    repair: z.array(z.string()).optional().describe('Sensors that measure again.'),
  })
  .refine((events) => Object.keys(events).length > 0, 'write what happens');
export type Injection = z.output<typeof injection>;

const expectation = z
  .strictObject({
    reply: z
      .string()
      .optional()
      .describe('A part of the reply to this step’s utterance, or a /regular expression/.'),
    intents: z
      .array(z.string())
      .optional()
      .describe('What this step’s utterance was understood as, in order.'),
    status: z
      .enum(['done', 'unchanged', 'answered', 'refused', 'confirm', 'needs', 'unavailable'])
      .optional()
      .describe('What became of every command of this step’s utterance.'),
    refused: z
      .string()
      .optional()
      .describe('The rule that refuses this step’s utterance or asks back, e.g. SAFE-3.'),
    signals: conditions.optional(),
    announces: z
      .string()
      .optional()
      .describe('What the car says by itself: a part, or a /regular expression/.'),
    within: time
      .default(10_000)
      .describe(`How long signals and announcements may take: ${TIME_FORMS}. 10 s unless told.`),
  })
  .refine((wanted) => Object.keys(wanted).length > 1, 'write what is expected');
export type Expectation = z.output<typeof expectation>;

export const CAMERAS = ['front', 'side', 'rear', 'cabin', 'chase', 'cockpit'] as const;

const step = z
  .strictObject({
    at: time.optional().describe(`Virtual time since the start: ${TIME_FORMS}.`),
    after: time.optional().describe(`Virtual time since the step before was complete: ${TIME_FORMS}.`),
    when: conditions.optional().describe('Waits until all of these are so, after `at` or `after`.'),
    within: time
      .optional()
      .describe(`How long \`when\` may take, else the drive has failed: ${TIME_FORMS}. 2 min unless told.`),
    caption: z.string().optional().describe('Shown to the audience until the next one; "" shows none.'),
    camera: z.enum(CAMERAS).optional(),
    note: z.string().optional().describe('For the presenter alone.'),
    set: signalValues.optional().describe('Actuators told where to go, through the safety gate.'),
    inject: injection.optional(),
    drive: z.literal(true).optional().describe('Drives off, along the route or the road.'),
    park: z.literal(true).optional().describe('Brakes and parks.'),
    speed: z.number().min(0).max(250).optional().describe('Keeps this speed, km/h.'),
    say: z.string().optional().describe('Something typed.'),
    wav: z.string().optional().describe('Something spoken: a WAV file, relative to this one.'),
    seat: z.enum(SEATS).default('driver').describe('Who says it; the driver unless told.'),
    expect: expectation.optional(),
  })
  .superRefine((wanted, context) => {
    if (wanted.at !== undefined && wanted.after !== undefined)
      context.addIssue('a step begins "at" a time or "after" the step before, not both');
    if (wanted.say !== undefined && wanted.wav !== undefined)
      context.addIssue('one utterance a step: "say" or "wav"');
    if ([wanted.drive, wanted.park, wanted.speed].filter((pedal) => pedal !== undefined).length > 1)
      context.addIssue('one of "drive", "park" and "speed"');
    const utters = wanted.say !== undefined || wanted.wav !== undefined;
    const { reply, intents, status, refused } = wanted.expect ?? {};
    if (!utters && [reply, intents, status].some((part) => part !== undefined))
      context.addIssue('reply, intents and status are of an utterance: add "say" or "wav" to this step');
    if (!utters && !wanted.set && refused !== undefined)
      context.addIssue(
        'refused is of an utterance, or of what is set: add "say", "wav" or "set" to this step',
      );
  });
export type Step = z.output<typeof step>;

export const scenarioSchema = z
  .strictObject({
    scenario: z.string().min(1).describe('Its name.'),
    description: z.string().optional(),
    start: z
      .string()
      .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/, 'write the local time in the city, e.g. 2026-11-20T07:40')
      .default('2026-06-15T10:00')
      .describe('Local time in the city at the beginning.'),
    utcOffset: z.number().int().default(60).describe('Minutes that the city’s clocks are ahead of UTC.'),
    seed: z.number().int().default(1).describe('Chooses among the ways to say a reply.'),
    place: z
      .string()
      .optional()
      .describe('Where the car stands at first: a place or an address of the city.'),
    sensors: signalValues.optional().describe('What the car measures at the beginning.'),
    steps: z.array(step).nonempty(),
  })
  .meta({ title: 'Drivetalk scenario' });

/** The format as JSON Schema, for editors: the text of `scenarios/scenario.schema.json`. */
export const scenarioJsonSchema = (): string =>
  `${JSON.stringify(z.toJSONSchema(scenarioSchema, { io: 'input' }), null, 2)}\n`;

/** A scripted drive. */
export interface Scenario extends Omit<z.output<typeof scenarioSchema>, 'steps'> {
  /** Each with its line in the file. */
  readonly steps: readonly (Step & { readonly line: number })[];
}

/** Epoch milliseconds of virtual time at which it begins. */
export const startOf = ({ start, utcOffset }: Scenario): number =>
  Date.parse(`${start}Z`) - utcOffset * 60_000;
