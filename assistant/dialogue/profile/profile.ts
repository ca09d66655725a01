import { z } from 'zod';
import type { Command, Slots, SlotValue } from '../../../vehicle/command.ts';
import { plain, word } from '../../../vehicle/slots.ts';
import type { SlotName } from '../../../vehicle/ontology.generated.ts';
import { routineSchema } from '../routines/routine.ts';

const words = z.string().trim().min(1).max(80);
/** Nobody has more; a file that says otherwise was not written by this program. */
const MOST_NAMES = 200;
const MOST_ROUTINES = 100;
const MOST_PROFILES = 30;

const profileSchema = z.strictObject({
  name: words,
  units: z
    .strictObject({ temperature: z.enum(['C', 'F']), distance: z.enum(['KILOMETERS', 'MILES']) })
    .partial(),
  /** `brief`: as short while parked as on the road. */
  replies: z.enum(['normal', 'brief']),
  /** How this driver calls people and places: "my brother" → "Tom Fischer", "the gym" → "12 Mill Lane". */
  names: z
    .array(z.strictObject({ name: words, is: z.enum(['contact', 'place']), means: words }))
    .max(MOST_NAMES),
  routines: z.array(routineSchema).max(MOST_ROUTINES),
});
export const profilesSchema = z.strictObject({
  version: z.literal(1),
  current: words,
  profiles: z.array(profileSchema).min(1).max(MOST_PROFILES),
});

/** What the car keeps about one driver. */
export type Profile = Readonly<z.infer<typeof profileSchema>>;
/** Everybody who drives this car, and who does now. Plain data. */
export type Profiles = Readonly<z.infer<typeof profilesSchema>>;

/** Where profiles are kept between drives. */
export interface ProfileStore {
  load(): Profiles;
  /** @throws Error that says why they could not be kept */
  save(profiles: Profiles): void;
}

export const newProfile = (name: string): Profile => ({
  name,
  units: {},
  replies: 'normal',
  names: [],
  routines: [],
});
export const NEW_PROFILES: Profiles = { version: 1, current: 'Driver', profiles: [newProfile('Driver')] };

/** Keeps profiles as long as the drive lasts. */
export function keptInMemory(profiles: Profiles = NEW_PROFILES): ProfileStore {
  let kept = profiles;
  return {
    load: () => kept,
    save(changed) {
      kept = changed;
    },
  };
}

export function currentProfile({ current, profiles }: Profiles): Profile {
  return profiles.find(({ name }) => name === current) ?? profiles[0] ?? newProfile(current);
}

export function withCurrent(profiles: Profiles, change: (profile: Profile) => Profile): Profiles {
  const { name } = currentProfile(profiles);
  return {
    ...profiles,
    profiles: profiles.profiles.map((profile) => (profile.name === name ? change(profile) : profile)),
  };
}

/** The profile with this name, however it is written. */
export function named({ profiles }: Profiles, name: string): Profile | undefined {
  return profiles.find((profile) => plain(profile.name) === plain(name));
}

export function withProfile(profiles: Profiles, profile: Profile): Profiles {
  if (profiles.profiles.length >= MOST_PROFILES) return profiles;
  return { ...profiles, profiles: [...profiles.profiles, profile], current: profile.name };
}

/** A name that is said again means the new thing. */
export function withName(profile: Profile, entry: Profile['names'][number]): Profile {
  const others = profile.names.filter(({ name }) => key(name) !== key(entry.name));
  return { ...profile, names: [...others, entry].slice(-MOST_NAMES) };
}

/** The command with what this driver's names mean: "call my brother" calls Tom Fischer. */
export function inOwnWords(command: Command, { names }: Profile): Command {
  if (names.length === 0) return command;
  const slots: { -readonly [K in keyof Slots]: Slots[K] } = { ...command.slots };
  for (const [slot, is] of MEANT) {
    const said = slots[slot];
    const known =
      said && names.find((entry) => entry.is === is && key(entry.name) === key(word(slots, slot) ?? ''));
    if (said && known) slots[slot] = { text: said.text, value: known.means } satisfies SlotValue;
  }
  return { ...command, slots };
}

const MEANT = [
  ['contact', 'contact'],
  ['destination', 'place'],
  ['waypoint', 'place'],
  ['poi_name', 'place'],
] as const satisfies readonly (readonly [SlotName, 'contact' | 'place'])[];

/** "My brother", "brother" and "the brother" are one. */
const key = (name: string) => plain(name).replace(/^(my|the|our) /, '');
