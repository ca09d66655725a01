import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z_]*$/, 'a name is of small letters and _');
const phrases = z.array(z.string().min(1)).min(1, 'write a phrase');
const words = z.array(z.string().min(1));

/** A domain file: rules, lists and intents as in `phrases/FORMAT.md`, all in one. */
export const domainSchema = z.strictObject({
  domain: z.string().min(1).describe('What is talked to.'),
  rules: z.record(name, z.union([z.string(), phrases])).default({}),
  lists: z
    .record(
      name,
      z
        .strictObject({
          values: z.record(z.string(), words.min(1)).default({}),
          items: words.default([]),
          patterns: words.default([]),
        })
        .refine(
          ({ values, items, patterns }) => Object.keys(values).length + items.length + patterns.length > 0,
          { message: 'an empty list' },
        ),
    )
    .default({}),
  intents: z
    .record(z.string().regex(/^[\w.-]+$/, 'letters, digits and dots'), phrases)
    .refine((intents) => Object.keys(intents).length > 0, { message: 'there is nothing to ask for' }),
});
