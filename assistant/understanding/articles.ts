import type { SlotName } from '../../vehicle/ontology.generated.ts';

/** Slots that hold names, of which "the" may be a part: "the beatles", "the office". */
const NAMES: ReadonlySet<SlotName> = new Set<SlotName>([
  'destination',
  'waypoint',
  'origin',
  'poi_name',
  'contact',
  'song',
  'artist',
  'album',
  'playlist',
  'podcast',
  'station',
  'app',
  'message_text',
]);

/**
 * Whether a slot's words begin with a "the" that is no part of them: "for the [kids]", not "for [the kids]". Phrases
 * and corpus must agree on it, or a model learns both and guesses.
 */
export const hasLooseArticle = (slot: SlotName, words: string): boolean =>
  !NAMES.has(slot) && /^the\s+\S/i.test(words);
