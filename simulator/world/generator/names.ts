/** Invented names that are easy to say and to tell apart by ear. */
import type { Random } from '../random.ts';

const STEMS = (
  'Mill Willow Maple Cedar Chestnut Hazel Rowan Birch Aspen Hawthorn Juniper Laurel Magnolia Poplar Sycamore Walnut Holly Ivy Clover Heather ' +
  'Lavender Rosemary Thistle Bramble Primrose Violet Daisy Poppy Tulip Jasmine Robin Falcon Heron Swan Kestrel Nightingale Lark Raven Swallow Finch ' +
  'Otter Badger Fox Hare Stag Beaver Salmon Herring Pilgrim Abbot Bishop Friar Chapel Minster Bell Candle Lantern Anchor Compass Sailmaker Ropewalk ' +
  'Tanner Weaver Cooper Fletcher Potter Baker Miller Saddler Chandler Glover Mason Carver Painter Fiddler Copper Silver Granite Marble Amber Crystal ' +
  'Meadow Valley Spring Fountain Brook Marsh Quarry Cliff Summit Ridge Garden Vineyard Barley Harvest Windmill Granary Stable Paddock Shepherd Drover ' +
  'King Queen Prince Duke Victoria Albert George Charlotte Edward Eleanor Matilda Oliver Winston Harriet Florence Beatrice Clara Martha Josephine Rosalind ' +
  'Newton Darwin Faraday Kepler Curie Ampere Hubble Franklin Watson Lovelace Turing Mercury Venus Jupiter Saturn Neptune Orion Polaris Comet Aurora ' +
  'Norfolk Devon Dover Bristol Lisbon Vienna Geneva Bergen Riga Malta Verona Florence Salem Camden Harlow Winslow Ashford Bradley Carlton Denholm ' +
  'Ellis Farley Graham Hadley Ingram Jarvis Kendall Langley Morgan Nelson Osborne Preston Quincy Radley Selby Thornton Upton Vernon Whitby Yardley ' +
  'Sunset Sunrise Evening Winter Summer Autumn April Juniper Cobble Arch Tower Mint Library Museum Theatre School College Station Depot Foundry Engine ' +
  'Signal Beacon Lighthouse Pebble Coral Pearl Driftwood Seagull Dolphin Mermaid Neptune Tide Island Lagoon Cove Bay Haven Ferry Pier Canal Lock'
).split(' ');

const LONG = ['Road', 'Street', 'Avenue', 'Way', 'Drive'];
const SHORT = ['Lane', 'Street', 'Close', 'Court', 'Row', 'Walk'];
const OLD = ['Lane', 'Street', 'Alley', 'Row', 'Passage', 'Yard'];

/** Gives out street names, none twice. */
export function streetNamer(
  random: Random,
  taken: readonly string[],
): (length: number, inOldTown: boolean) => string {
  const used = new Set(taken);
  const stems = shuffled([...new Set(STEMS)], random);
  let next = 0;
  return (length, inOldTown) => {
    const kinds = inOldTown ? OLD : length > 420 ? LONG : SHORT;
    for (;;) {
      const stem = stems[next++ % stems.length] ?? 'Mill';
      const name = `${stem} ${pick(kinds, random)}`;
      if (used.has(name)) continue;
      used.add(name);
      return name;
    }
  };
}

export function pick<T>(list: readonly T[], random: Random): T {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new Error('Cannot pick from an empty list.');
  return item;
}

export function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
