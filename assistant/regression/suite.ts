import { z } from 'zod';
import { SEATS } from '../../vehicle/command.ts';
import { policySchema, severitySchema } from './policy.ts';

/**
 * The suite format. Descriptions are what an editor shows while a suite is written: `suite.schema.json` is generated
 * from here (`npm run generate`).
 */

const atom = z.union([z.string(), z.number()]);

const slotSchema = z
  .union([
    atom,
    z.array(atom).nonempty(),
    z
      .strictObject({
        value: z
          .union([atom, z.array(atom).nonempty()])
          .optional()
          .describe('The normalised value.'),
        unit: z.string().optional().describe('Compared only when it is written down.'),
        within: z.number().nonnegative().optional().describe('Tolerance of a number.'),
        text: z
          .string()
          .optional()
          .describe('The words of the slot, compared without case and double spaces.'),
      })
      .refine(({ value, text }) => value !== undefined || text !== undefined, 'write a value or a text'),
  ])
  .describe('A slot: its normalised value, a list of values (in any order), or {value, unit, within, text}.');

const frameSchema = z
  .union([
    z.string(),
    z.strictObject({
      intent: z.string().describe('A label of the ontology.'),
      slots: z
        .record(z.string(), slotSchema)
        .optional()
        .describe('Exactly these slots, compared by value; {} says none. Left out: slots are not compared.'),
    }),
  ])
  .describe('A command: {intent, slots}, or the intent alone.');

const framesSchema = z
  .union([frameSchema, z.array(frameSchema)])
  .describe(
    'The commands that the utterance means, in any order; [] says: nothing for the car (out of scope).',
  );

const signalValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const stateSchema = z.union([
  signalValue,
  z.strictObject({ value: z.number(), within: z.number().nonnegative() }),
  z
    .strictObject({ min: z.number().optional(), max: z.number().optional() })
    .refine(({ min, max }) => min !== undefined || max !== undefined, 'write min or max'),
]);

export const STATUSES = [
  'done',
  'unchanged',
  'answered',
  'refused',
  'confirm',
  'needs',
  'unavailable',
] as const;
const statusSchema = z.enum(STATUSES);

const pathKey = z.string().regex(/^[A-Za-z]\w*(\.\w+)+$/, 'write a signal path such as Vehicle.Speed');

/** What one utterance is, what happens before it, and what must come of it. */
const turnShape = {
  text: z
    .string()
    .optional()
    .describe(
      'The words; beside audio, what is said in it: needed to find out whether the transcriber was at fault.',
    ),
  audio: z.string().optional().describe('A WAV file, relative to the suite.'),
  seat: z.enum(SEATS).optional().describe('Who speaks; the driver unless told.'),
  advance: z
    .number()
    .nonnegative()
    .optional()
    .describe('Milliseconds of virtual time that pass before the utterance.'),
  set: z
    .record(pathKey, signalValue)
    .optional()
    .describe('Signals that get a value before the utterance, e.g. Vehicle.Speed: 50 (the car drives).'),
  expect: framesSchema.optional(),
  expectStatus: z
    .union([statusSchema, z.array(statusSchema)])
    .optional()
    .describe('What the car made of the commands, in their order; one status says it of all.'),
  expectState: z
    .record(pathKey, stateSchema)
    .optional()
    .describe(
      'Signals after the utterance (of actuators the target): a value, {value, within} or {min, max}.',
    ),
  settle: z
    .number()
    .nonnegative()
    .optional()
    .describe('Milliseconds of virtual time that pass between the utterance and expectState.'),
  expectRefusal: z.string().optional().describe('The rule that refuses or asks back, e.g. SAFE-3.'),
  expectReply: z.string().optional().describe('A regular expression (any case) that the reply fits.'),
};

export const PERTURBATIONS = [
  'politeness',
  'fillers',
  'casing',
  'punctuation',
  'synonyms',
  'confusions',
  'numbers',
] as const;
export type PerturbationName = (typeof PERTURBATIONS)[number];
const perturbations = z.union([z.literal('all'), z.array(z.enum(PERTURBATIONS)).nonempty()]);

const invarianceSchema = z
  .union([
    perturbations,
    z.strictObject({
      by: perturbations,
      samples: z.number().int().min(1).max(100).default(3).describe('Variants of each kind.'),
    }),
  ])
  .describe('INV: what must not change the answer. Variants are drawn with the seed of the run.');

const directionSchema = z
  .strictObject({
    id: z.string().optional().describe('Part of the check id; its number unless told.'),
    text: z.string().optional().describe('The changed utterance in full.'),
    replace: z
      .record(z.string(), z.string())
      .optional()
      .describe('Words to replace in the text of the case.'),
    negate: z.literal(true).optional().describe('"don\'t …" in front of it.'),
    expect: z.union([
      z
        .enum(['not-executed', 'opposite', 'declined'])
        .describe(
          'not-executed: none of the commands of the case; opposite: the contrary operation on the same thing; declined: out of scope.',
        ),
      z.strictObject({
        confidence: z.enum(['higher', 'lower']),
        by: z.number().min(0).max(1).default(0).describe('At least so much.'),
      }),
      z.strictObject({
        slots: z
          .record(z.string(), slotSchema)
          .describe('The same intents as the case, with these slots changed to these values.'),
      }),
      z.strictObject({ frames: framesSchema }),
    ]),
  })
  .refine(
    ({ text, replace, negate }) => [text, replace, negate].filter((way) => way !== undefined).length === 1,
    'write one of text, replace and negate',
  )
  .describe('DIR: a change of the words, and how the answer must change with it.');

const contextTurn = z.strictObject({ who: z.enum(['user', 'car']), text: z.string() });

const hasInput = ({
  text,
  audio,
}: {
  readonly text?: string | undefined;
  readonly audio?: string | undefined;
}) => text !== undefined || audio !== undefined;

const turnSchema = z
  .strictObject({ ...turnShape, note: z.string().optional() })
  .refine(hasInput, 'a turn needs a text or an audio file');

export const caseSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[\w.:/+-]+$/, 'an id has letters, digits and . : / + - _ only')
      .describe('Stable, unique in all suites: baselines and shards go by it.'),
    ...turnShape,
    context: z.array(contextTurn).max(10).optional().describe('Turns before the utterance, oldest first.'),
    turns: z
      .array(turnSchema)
      .nonempty()
      .optional()
      .describe('A dialogue, instead of one text or audio file.'),
    invariance: invarianceSchema.optional(),
    direction: z.array(directionSchema).nonempty().optional(),
    tags: z.array(z.string().regex(/^[\w.:/+-]+$/)).optional(),
    severity: severitySchema.optional(),
    note: z.string().optional().describe('For people.'),
  })
  .superRefine((case_, context) => {
    if ((case_.turns !== undefined) === hasInput(case_))
      context.addIssue('a case is one of: a text (and audio), or turns');
    if (case_.turns && (case_.expect !== undefined || case_.invariance || case_.direction || case_.context))
      context.addIssue('a dialogue has expectations in its turns, and no context, invariance or direction');
    if (case_.context && needsCar(case_))
      context.addIssue('context is for understanding alone; what a car is to remember, write as turns');
    if ((case_.invariance || case_.direction) && case_.text === undefined)
      context.addIssue('invariance and direction need a text');
  });

export const suiteSchema = z
  .strictObject({
    suite: z.string().optional().describe('Its name; the file name unless told.'),
    description: z.string().optional(),
    ontology: z
      .string()
      .optional()
      .describe(
        '"drivetalk" (as is, unless told), "none" (labels are not checked), or an ontology file, relative to the suite.',
      ),
    now: z
      .string()
      .optional()
      .describe(
        "The car's local time at the start of each case, ISO 8601 without a zone; 2026-01-05T08:00:00 unless told.",
      ),
    policy: policySchema.optional(),
    defaults: z
      .strictObject({
        severity: severitySchema.optional(),
        tags: z.array(z.string()).optional(),
        seat: z.enum(SEATS).optional(),
        set: turnShape.set,
        invariance: invarianceSchema.optional(),
      })
      .optional()
      .describe('For every case of the file that does not say otherwise; tags are added.'),
    cases: z.array(caseSchema),
  })
  .meta({ title: 'Drivetalk regression suite' });

/** Whether more than understanding is asked for: then a car is opened for the case. */
export function needsCar(turn: {
  readonly [Key in (typeof CAR_KEYS)[number]]?: unknown;
}): boolean {
  return CAR_KEYS.some((key) => turn[key] !== undefined);
}
const CAR_KEYS = ['audio', 'turns', 'expectStatus', 'expectState', 'expectRefusal', 'expectReply'] as const;

/** As written in a file. */
export type SuiteFile = z.infer<typeof suiteSchema>;
export type SuiteFileInput = z.input<typeof suiteSchema>;
export type CaseInFile = z.infer<typeof caseSchema>;
export type TurnInFile = z.infer<typeof turnSchema>;
export type SlotExpectation = z.infer<typeof slotSchema>;
export type FrameInFile = z.infer<typeof frameSchema>;
export type StateExpectation = z.infer<typeof stateSchema>;
export type Direction = z.infer<typeof directionSchema>;
export type DirectionExpectation = Direction['expect'];

/** An expected command. `slots` left out: not compared. */
export interface ExpectedFrame {
  readonly intent: string;
  readonly slots?: Readonly<Record<string, SlotExpectation>>;
}

/** The moment at which cases begin, the car's local time: a Monday morning. */
export const DEFAULT_NOW = '2026-01-05T08:00:00';
export const DEFAULT_SEVERITY = 3;

/** Expected frames in one form, whichever way they were written. */
export function framesOf(expect: z.infer<typeof framesSchema>): readonly ExpectedFrame[] {
  return (Array.isArray(expect) ? expect : [expect]).map((frame) =>
    typeof frame === 'string'
      ? { intent: frame }
      : { intent: frame.intent, ...(frame.slots && { slots: frame.slots }) },
  );
}

/** The JSON Schema of a suite file, for editors. */
export function suiteJsonSchema(): unknown {
  return z.toJSONSchema(suiteSchema, { io: 'input' });
}
