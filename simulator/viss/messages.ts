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
  | { readonly action: 'subscribe'; readonly path: string; readonly filter: Filter & { readonly trigger: Trigger } }
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
    .object({ 'logic-op': operator, boundary: number, 'combination-op': z.enum(['AND', 'OR']).default('AND') })
    .transform((given) => ({ op: given['logic-op'], boundary: given.boundary, combine: given['combination-op'] })),
  z
    .object({ 'boundary-op': operator, boundary: number, 'combination-op': z.enum(['AND', 'OR']).default('AND') })
    .transform((given) => ({ op: given['boundary-op'], boundary: given.boundary, combine: given['combination-op'] })),
]);

const generations = z.union([
  z.number().int().min(0),
  z.string().regex(/^\d{0,3}$/).transform(Number),
  // Version 2 lists the keys that are wanted; all are given.
  z.array(z.string()).transform(() => 0),
]);

const expression = z.discriminatedUnion('variant', [
  z.object({ variant: z.literal('paths'), parameter: z.union([path.transform((one) => [one]), z.array(path).min(1).max(MOST_PATHS)]) }),
  z.object({ variant: z.enum(['metadata', 'static-metadata']), parameter: generations }),
  z.object({ variant: z.literal('timebased'), parameter: z.object({ period: number.pipe(z.int().min(1)) }) }),
  z.object({ variant: z.literal('change'), parameter: z.object({ 'logic-op': operator, diff: number }) }),
  z.object({ variant: z.literal('range'), parameter: z.union([boundary.transform((one) => [one]), z.array(boundary).length(2)]) }),
  z.object({ variant: z.enum(['curvelog', 'history', 'dynamic-metadata']) }),
]);

/** Version 2 says `type`, version 3 `variant`. */
const eitherVersion = z
  .object({ variant: z.unknown().optional(), type: z.unknown().optional(), parameter: z.unknown().optional() })
  .transform(({ variant, type, parameter }) => ({ variant: variant ?? type, parameter }))
  .pipe(expression);
const filter = z.union([eitherVersion.transform((one) => [one]), z.array(eitherVersion).min(1).max(2)]);

const envelope = z.object({ action: z.string().max(64).optional().catch(undefined), requestId: z.string().max(256).optional().catch(undefined) });
const request = z.discriminatedUnion('action', [
  z.object({ action: z.literal('get'), path: addressed, filter: filter.optional(), dc: z.undefined().optional() }),
  z.object({ action: z.literal('set'), path: addressed, value: z.unknown().optional() }),
  z.object({ action: z.literal('subscribe'), path: addressed, filter: filter.optional(), dc: z.undefined().optional() }),
  z.object({ action: z.literal('unsubscribe'), subscriptionId: z.string().max(256) }),
]);

/** Reads what every answer repeats, also of a request that cannot be understood. */
export function readEnvelope(message: unknown): Envelope {
  const { data = {} } = envelope.safeParse(message);
  return { ...(data.action !== undefined && { action: data.action }), ...(data.requestId !== undefined && { requestId: data.requestId }) };
}

/**
 * Reads a request of either version.
 * @throws VissError `bad_request` where it does not fit, `unavailable_data` where it asks for what this server leaves out
 */
export function readRequest(message: unknown, version: VissVersion): Request {
  const { success, data, error } = request.safeParse(message);
  if (!success) {
    const [part = ''] = error.issues[0]?.path ?? [];
    if (part === 'dc') throw new VissError('unavailable_data', 'Unsupported feature: data compression. Leave "dc" out.');
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
      if (!trigger) throw new VissError('bad_request', 'Missing or invalid filter: a subscription needs timebased, change or range.');
      return { action: 'subscribe', path: data.path, filter: { ...given, trigger } };
    }
    default:
      return data;
  }
}

const EVERY_CHANGE: Trigger = { variant: 'change', op: 'ne', diff: 0 };

function readFilter(expressions: z.infer<typeof filter>, action: 'get' | 'subscribe'): Filter {
  let read: Filter = {};
  for (const one of expressions) {
    const { variant } = one;
    if (variant === 'curvelog' || variant === 'history' || variant === 'dynamic-metadata') {
      throw new VissError('unavailable_data', `Unsupported feature: the filter ${variant} is not implemented.`);
    }
    if (variant === 'paths') {
      if (read.paths) throw incorrect('paths may be given once');
      read = { ...read, paths: one.parameter };
      continue;
    }
    if (read.trigger ?? read.metadata !== undefined) throw incorrect(`${variant} goes with paths alone`);
    const isMetadata = variant === 'metadata' || variant === 'static-metadata';
    if (isMetadata !== (action === 'get')) throw incorrect(`${variant} does not go with ${action}`);
    read = isMetadata ? { ...read, metadata: one.parameter } : { ...read, trigger: triggerOf(one) };
  }
  return read;
}

const incorrect = (why: string) => new VissError('bad_request', `Incorrect filter: ${why}.`);

type TriggerExpression = Extract<z.infer<typeof expression>, { variant: Trigger['variant'] }>;

function triggerOf(given: TriggerExpression): Trigger {
  switch (given.variant) {
    case 'timebased':
      return { variant: 'timebased', period: given.parameter.period };
    case 'change':
      return { variant: 'change', op: given.parameter['logic-op'], diff: given.parameter.diff };
    case 'range':
      return { variant: 'range', boundaries: given.parameter, combine: given.parameter[0]?.combine ?? 'AND' };
  }
}
