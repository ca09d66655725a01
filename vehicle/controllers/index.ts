import { agenda } from './agenda.ts';
import { body } from './body.ts';
import { climate } from './climate.ts';
import { DEFAULT_CONTACTS, type Contact } from './contacts.ts';
import { drive } from './drive.ts';
import { energy } from './energy.ts';
import { lights } from './lights.ts';
import { DEFAULT_LIBRARY, type MediaLibrary } from './media-library.ts';
import { media } from './media.ts';
import { navigation, type Navigation } from './navigation.ts';
import { phone } from './phone.ts';
import { seats } from './seats.ts';
import { status } from './status.ts';
import type { Subsystem } from './subsystem.ts';
import { wipers } from './wipers.ts';

/** What is in a car beside its machinery. */
export interface CarContents {
  readonly contacts: readonly Contact[];
  readonly media: MediaLibrary;
}

/** One actor per subsystem. */
export function createSubsystems({
  contacts = DEFAULT_CONTACTS,
  media: library = DEFAULT_LIBRARY,
}: Partial<CarContents>): {
  readonly navigation: Navigation;
  readonly others: readonly Subsystem[];
} {
  const others = [
    climate(),
    seats(),
    body(),
    lights(),
    wipers(),
    media(library),
    phone(contacts),
    drive(),
    energy(),
    status(),
    agenda(),
  ];
  return { navigation: navigation(), others };
}
