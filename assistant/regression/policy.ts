import { z } from 'zod';

const share = z.number().min(0).max(1);
/** 1 cosmetic, 2 annoying, 3 wrong, 4 distracting or costly, 5 dangerous. */
export const severitySchema = z
  .number()
  .int()
  .min(1)
  .max(5)
  .describe('How bad a wrong answer is for the person in the car: 1 cosmetic … 5 dangerous.');

/** What makes a build red. Everything has a default; a suite names only what it wants otherwise. */
export const policySchema = z
  .strictObject({
    alpha: z
      .number()
      .gt(0)
      .max(0.5)
      .default(0.01)
      .describe('Most false alarms, as a share of comparisons of equally good models.'),
    minimumDrop: share
      .gt(0)
      .default(0.02)
      .describe('The drop (share of cases) that must not go unseen: 0.02 are two points.'),
    power: z
      .number()
      .min(0.5)
      .max(0.999)
      .default(0.9)
      .describe('How surely such a drop must be seen; a suite that cannot is "underpowered", never "pass".'),
    veto: severitySchema
      .default(5)
      .describe(
        'One broken case of this severity or above makes the build red, whatever the statistics say.',
      ),
    floors: z
      .strictObject({
        all: share.optional().describe('Least share of right checks; without a baseline 1 unless told.'),
        tags: z.record(z.string(), share).default({}),
        intents: z.record(z.string(), share).default({}),
      })
      .prefault({})
      .describe('Least share of right checks, over all, by tag and by expected intent.'),
    latencyRatio: z
      .number()
      .positive()
      .default(1.25)
      .describe(
        'Most that the median latency may grow, as a ratio to the baseline model on the same machine.',
      ),
    memoryRatio: z
      .number()
      .positive()
      .default(1.25)
      .describe('Most that the memory may grow, as a ratio to the baseline model on the same machine.'),
  })
  .describe('What makes a build red.');

export type Policy = z.infer<typeof policySchema>;

export const DEFAULT_POLICY: Policy = policySchema.parse({});

/**
 * Half of the false alarms that the policy allows go to the whole suite, half to all of its groups together: so that
 * a drop that is spread and a drop in one tag are both found, and both together cry wolf no more often than allowed.
 */
export const WHOLE_SHARE = 0.5;
