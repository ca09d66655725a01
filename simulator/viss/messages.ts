import { z } from 'zod';
import { VissError, type VissVersion } from './errors.ts';
import { OPERATORS, type Trigger } from './subscription.ts';
import { NUMBER } from './values.ts';

/** Most relative paths in one filter: each may hold wildcards, and all are looked up. */
const MOST_PATHS = 100;

export interface Filter {
  /** Relative paths below the request's own. */
  readonly paths?: readonly string[];
  /** Levels of metadata that are wanted; 0 for all. */
  readonly metadata?: number;
  readonly trigger?: Trigger;
}

export type Request =
  | { readonly action: 'get'; readonly path: string; readonly filter: Filter }
  | { readonly action: 'set'; readonly path: string; readonly value: unknown }
  | {
      readonly action: 'subscribe';
      readonly path: string;
      readonly filter: Filter & { readonly trigger: Trigger };
    }
  | { readonly action: 'unsubscribe'; readonly subscriptionId: string };

/** What every answer repeats, as far as a request holds it. */
export interface Envelope {
  readonly action?: string;
  readonly requestId?: string;
}

/** From the root; with dots or, as in URLs, with slashes. */
const path = z
  .string()
  .min(1)
  .max(512)
  .transform((text) => text.replaceAll('/', '.'));
const addressed = path.refine((text) => !text.includes('*'));
const number = z.union([z.number(), z.string().regex(NUMBER).transform(Number)]);
const operator = z.enum(OPERATORS);

/** Version 2 says `boundary-op`, version 3 `logic-op`. */
const boundary = z.union([
  z
    .object({
      'logic-op': operator,
      boundary: number,
      'combination-op': z.enum(['AND', 'OR']).default('AND'),
    })
    .transform((given) => ({
      op: given['logic-op'],
      boundary: given.boundary,
      combine: given['combination-op'],
    })),
  z
    .object({
      'boundary-op': operator,
      boundary: number,
      'combination-op': z.enum(['AND', 'OR']).default('AND'),
    })
    .transform((given) => ({
      op: given['boundary-op'],
      boundary: given.boundary,
      combine: given['combination-op'],
    })),
]);

const generations = z.union([
  z.number().int().min(0),
  z
    .string()
    .regex(/^\d{0,3}$/)
    .transform(Number),
  // Version 2 lists the keys that are wanted; all are given.
  z.array(z.string()).transform(() => 0),
]);

type Expression =
  | { readonly says: 'paths'; readonly variant: string; readonly paths: readonly string[] }
  | { readonly says: 'metadata'; readonly variant: string; readonly generations: number }
  | { readonly says: 'trigger'; readonly variant: string; readonly trigger: Trigger }
  | { readonly says: 'unsupported'; readonly variant: string };

const expression = z.discriminatedUnion('variant', [
  z
    .object({
      variant: z.literal('paths'),
      parameter: z.union([path.transform((one) => [one]), z.array(path).min(1).max(MOST_PATHS)]),
    })
    .transform(({ variant, parameter }): Expression => ({ says: 'paths', variant, paths: parameter })),
  z
    .object({ variant: z.enum(['metadata', 'static-metadata']), parameter: generations })
    .transform(({ variant, parameter }): Expression => ({
      says: 'metadata',
      variant,
      generations: parameter,
    })),
  z
    .object({ variant: z.literal('timebased'), parameter: z.object({ period: number.pipe(z.int().min(1)) }) })
    .transform(({ variant, parameter }): Expression => ({
      says: 'trigger',
      variant,
      trigger: { variant, ...parameter },
    })),
  z
    .object({ variant: z.literal('change'), parameter: z.object({ 'logic-op': operator, diff: number }) })
    .transform(({ variant, parameter: { 'logic-op': op, diff } }): Expression => ({
      says: 'trigger',
      variant,
      trigger: { variant, op, diff },
    })),
  z
    .object({
      variant: z.literal('range'),
      parameter: z.union([boundary.transform((one) => [one]), z.array(boundary).length(2)]),
    })
    .transform(({ variant, parameter: boundaries }): Expression => {
      const combine = boundaries[0]?.combine ?? 'AND';
      return { says: 'trigger', variant, trigger: { variant, boundaries, combine } };
    }),
  z
    .object({ variant: z.enum(['curvelog', 'history', 'dynamic-metadata']) })
    .transform(({ variant }): Expression => ({ says: 'unsupported', variant })),
]);

/** Version 2 says `type`, version 3 `variant`. */
const eitherVersion = z.preprocess(
  (given) =>
    typeof given === 'object' && given !== null && 'type' in given
      ? { variant: given.type, ...given }
      : given,
  expression,
);
const filter = z.union([eitherVersion.transform((one) => [one]), z.array(eitherVersion).min(1).max(2)]);

const envelope = z.object({
  action: z.string().max(64).optional().catch(undefined),
  requestId: z.string().max(256).optional().catch(undefined),
});
const request = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('get'),
    path: addressed,
    filter: filter.optional(),
    dc: z.undefined().optional(),
  }),
  z.object({ action: z.literal('set'), path: addressed, value: z.unknown().optional() }),
  z.object({
    action: z.literal('subscribe'),
    path: addressed,
    filter: filter.optional(),
    dc: z.undefined().optional(),
  }),
  z.object({ action: z.literal('unsubscribe'), subscriptionId: z.string().max(256) }),
]);

/** Reads what every answer repeats, also of a request that cannot be understood. */
export function readEnvelope(message: unknown): Envelope {
  const { data = {} } = envelope.safeParse(message);
  return {
    ...(data.action !== undefined && { action: data.action }),
    ...(data.requestId !== undefined && { requestId: data.requestId }),
  };
}

/**
 * Reads a request of either version.
 * @throws VissError `bad_request` where it does not fit, `unavailable_data` where it asks for what this server leaves out
 */
export function readRequest(message: unknown, version: VissVersion): Request {
  const { success, data, error } = request.safeParse(message);
  if (!success) {
    const [part = ''] = error.issues[0]?.path ?? [];
    if (part === 'dc')
      throw new VissError('unavailable_data', 'Unsupported feature: data compression. Leave "dc" out.');
    if (part === '') throw new VissError('bad_request', 'The request is malformed: it is no JSON object.');
    throw new VissError('bad_request', `Missing or invalid ${String(part)}`);
  }
  switch (data.action) {
    case 'get':
      return { action: 'get', path: data.path, filter: readFilter(data.filter ?? [], 'get') };
    case 'subscribe': {
      const given = readFilter(data.filter ?? [], 'subscribe');
      // Version 2 lets a client subscribe to every new value by giving no filter.
      const trigger = given.trigger ?? (version === 2 ? EVERY_CHANGE : undefined);
      if (!trigger)
        throw new VissError(
          'bad_request',
          'Missing or invalid filter: a subscription needs timebased, change or range.',
        );
      return { action: 'subscribe', path: data.path, filter: { ...given, trigger } };
    }
    case 'set':
      return { action: 'set', path: data.path, value: data.value };
    case 'unsubscribe':
      return data;
  }
}

const EVERY_CHANGE: Trigger = { variant: 'change', op: 'ne', diff: 0 };

function readFilter(expressions: readonly Expression[], action: 'get' | 'subscribe'): Filter {
  let read: Filter = {};
  for (const one of expressions) {
    const { variant } = one;
    if (one.says === 'unsupported') {
      throw new VissError(
        'unavailable_data',
        `Unsupported feature: the filter ${variant} is not implemented.`,
      );
    }
    if (one.says === 'paths') {
      if (read.paths) throw incorrect('paths may be given once');
      read = { ...read, paths: one.paths };
      continue;
    }
    if (read.trigger !== undefined || read.metadata !== undefined)
      throw incorrect(`${variant} goes with paths alone`);
    if (one.says === 'metadata') {
      if (action !== 'get') throw incorrect(`${variant} goes with get alone`);
      read = { ...read, metadata: one.generations };
    } else {
      if (action !== 'subscribe') throw incorrect(`${variant} goes with subscribe alone`);
      read = { ...read, trigger: one.trigger };
    }
  }
  return read;
}

const incorrect = (why: string) => new VissError('bad_request', `Incorrect filter: ${why}.`);
