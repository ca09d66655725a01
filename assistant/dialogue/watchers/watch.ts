import { parse } from 'yaml';
import { z } from 'zod';
import type { Command } from '../../../vehicle/command.ts';
import type { SignalReading } from '../../../vehicle/outcome.ts';
import { allHolding, commandSchema, conditionSchema, type Read } from '../machine/data.ts';

const rateSchema = z.strictObject({
  signals: z.array(z.string()).nonempty(),
  /** Change per minute that is no longer normal. */
  perMinute: z.strictObject({ above: z.number().optional(), below: z.number().optional() }),
  /** Milliseconds over which it is measured. */
  over: z.number().positive(),
});
const watcherSchema = z.strictObject({
  id: z.string(),
  /** Outside of the normal band: all must hold ... */
  when: z.array(conditionSchema).default([]),
  /** ... and a change must be this fast, where one is given. */
  rate: rateSchema.optional(),
  /** ... for this long, milliseconds. */
  for: z.number().min(0).default(0),
  /** It is over, and may be told anew, once one of these holds; without any, when `when` no longer holds. */
  until: z.array(conditionSchema).default([]),
  /** Told once in a drive. */
  once: z.boolean().default(false),
  /** `now` waits for no fitting moment; `quiet` waits until nobody speaks, calls or has to turn. */
  moment: z.enum(['now', 'quiet']).default('quiet'),
  /** Message; the readings are its facts: `value`, and the values by the last part of their paths. */
  say: z.string(),
  /** What "yes" carries out. */
  offer: z.array(commandSchema).default([]),
  /** Milliseconds of silence after "later". */
  snooze: z.number().positive().default(600_000),
});
export type Watcher = z.infer<typeof watcherSchema>;

/** @throws ZodError naming the rule and the key that does not fit */
export function readWatchers(yaml: string): readonly Watcher[] {
  return z.array(watcherSchema).parse(parse(yaml));
}

/** What a watcher remembers; plain data. */
export interface Watched {
  /** Since when its conditions hold, epoch milliseconds. */
  readonly since?: number;
  /** It has spoken, and it is not over yet. */
  readonly told?: boolean;
  readonly silentUntil?: number;
  readonly muted?: boolean;
  /** By path, oldest first: the values of the last while. */
  readonly past?: Readonly<Record<string, readonly (readonly [at: number, value: number])[]>>;
}
export type WatchMemory = Readonly<Record<string, Watched>>;

export interface Notice {
  readonly watcher: string;
  readonly say: string;
  readonly because: readonly SignalReading[];
  readonly offer: readonly Command[];
}

/** Samples of a rate's span; more would say no more. */
const SAMPLES = 6;

/**
 * Looks at all signals once. Rules are asked in their order, and one speaks at a time.
 * @param isFitting nobody speaks, calls or has to turn
 * @param now epoch milliseconds of virtual time
 */
export function watch(
  watchers: readonly Watcher[],
  memory: WatchMemory,
  { read, isFitting, now }: { readonly read: Read; readonly isFitting: boolean; readonly now: number },
): { readonly memory: WatchMemory; readonly notice?: Notice } {
  let notice: Notice | undefined;
  let next = memory;
  for (const watcher of watchers) {
    const before = memory[watcher.id] ?? {};
    const past = watcher.rate && sampled(watcher.rate, before.past ?? {}, read, now);
    const because = readings(watcher, past, read);
    let own: Watched = { ...before, ...(past && { past }) };
    if (!because) {
      if (own.since !== undefined) own = without(own, 'since');
    } else if (own.since === undefined) own = { ...own, since: now };
    const isOver = watcher.until.length > 0 ? watcher.until.some((end) => allHolding([end], read)) : !because;
    if (own.told && isOver && !watcher.once) own = without(own, 'told');
    if (
      !notice &&
      because &&
      !own.told &&
      !own.muted &&
      now >= (own.silentUntil ?? 0) &&
      now - (own.since ?? now) >= watcher.for &&
      (isFitting || watcher.moment === 'now')
    ) {
      notice = { watcher: watcher.id, say: watcher.say, because, offer: watcher.offer };
      own = { ...own, told: true };
    }
    if (!sameWatched(own, before)) next = { ...next, [watcher.id]: own };
  }
  return { memory: next, ...(notice && { notice }) };
}

/** "Later": told again after a while, when it still holds. */
export function snoozed(memory: WatchMemory, watcher: string, until: number): WatchMemory {
  return { ...memory, [watcher]: { ...without(memory[watcher] ?? {}, 'told'), silentUntil: until } };
}

/** "Don't tell me again." */
export function muted(memory: WatchMemory, watcher: string): WatchMemory {
  return { ...memory, [watcher]: { ...memory[watcher], muted: true } };
}

function readings(
  { when, rate }: Watcher,
  past: Watched['past'],
  read: Read,
): readonly SignalReading[] | undefined {
  const held = allHolding(when, read);
  if (!held || !rate) return held;
  for (const [path, samples] of Object.entries(past ?? {})) {
    const [first, last] = [samples[0], samples.at(-1)];
    if (!first || !last || last[0] - first[0] < rate.over / 2) continue;
    const perMinute = ((last[1] - first[1]) / (last[0] - first[0])) * 60_000;
    const { above, below } = rate.perMinute;
    if ((above !== undefined && perMinute > above) || (below !== undefined && perMinute < below))
      return [{ path, value: last[1] }, ...held];
  }
  return undefined;
}

function sampled(
  { signals, over }: z.infer<typeof rateSchema>,
  past: NonNullable<Watched['past']>,
  read: Read,
  now: number,
): NonNullable<Watched['past']> {
  let next = past;
  for (const signal of signals) {
    const path = `Vehicle.${signal}`;
    const value = read(path);
    const known = past[path] ?? [];
    if (typeof value !== 'number' || now - (known.at(-1)?.[0] ?? -Infinity) < over / SAMPLES) continue;
    next = { ...next, [path]: [...known.filter(([at]) => now - at <= over), [now, value]] };
  }
  return next;
}

const without = (watched: Watched, key: keyof Watched): Watched =>
  Object.fromEntries(Object.entries(watched).filter(([name]) => name !== key));

const sameWatched = (a: Watched, b: Watched) =>
  a.since === b.since && a.told === b.told && a.past === b.past && a.silentUntil === b.silentUntil;
