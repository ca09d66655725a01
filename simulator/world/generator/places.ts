/** What there is to find in Lindhaven: kinds of places, their names and what is worth knowing about them. */
import type { Random } from '../random.ts';
import { pick } from './names.ts';

export type Attributes = Record<string, string | number | boolean>;

export interface PlaceKind {
  readonly category: string;
  /** One place each: the whole name. `*` stands for the street's first word, `@` for the district. */
  readonly names: readonly string[];
  /** Only in these districts, where given. */
  readonly districts?: readonly string[];
  attributes(random: Random, name: string): Attributes;
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));
const rating = (random: Random) => round(3.1 + 1.9 * Math.sqrt(random()), 1);
const between = (random: Random, low: number, high: number) => low + Math.floor(random() * (high - low + 1));
const clock = (hour: number) =>
  `${String(Math.floor(hour)).padStart(2, '0')}:${String((hour % 1) * 60).padStart(2, '0')}`;
const span = (opens: number, closes: number) => `${clock(opens)}-${clock(closes)}`;
const hours = (opens: number, closes: number, days = ''): Attributes => ({
  hours: opens === 0 && closes === 24 ? '24/7' : `${days}${days && ' '}${span(opens, closes)}`,
});
/** A shop's week: full days, a shorter Saturday, and perhaps a Sunday morning. */
const week = (
  workdays: readonly [number, number],
  saturday: readonly [number, number],
  sunday?: readonly [number, number],
): string => `Mo-Fr ${span(...workdays)}; Sa ${span(...saturday)}${sunday ? `; Su ${span(...sunday)}` : ''}`;
const times = (name: string, count: number) => Array.from({ length: count }, () => name);

function restaurants(cuisine: string, price: number, ...names: string[]): PlaceKind {
  return {
    category: 'restaurant',
    names,
    attributes: (random) => ({
      cuisine,
      rating: rating(random),
      priceLevel: Math.max(1, Math.min(3, price + between(random, -1, 1))),
      // Many have a day of rest.
      ...hours(
        pick([11, 11.5, 12, 17], random),
        pick([21, 22, 23], random),
        pick(['', '', 'Tu-Su', 'Mo-Sa'], random),
      ),
    }),
  };
}

const fastFood = (cuisine: string, ...names: string[]): PlaceKind => ({
  category: 'fast_food',
  names,
  attributes: (random) => ({
    cuisine,
    rating: rating(random),
    priceLevel: 1,
    ...hours(10, pick([23, 24, 26], random)),
  }),
});

const charging = (names: readonly string[], powers: readonly number[]): PlaceKind => ({
  category: 'charging_station',
  names,
  attributes: (random) => {
    const stalls = between(random, 2, 12);
    const power = pick(powers, random);
    return {
      power,
      plug: power <= 22 ? 'Type 2' : power === 50 && random() < 0.4 ? 'CHAdeMO' : 'CCS',
      price: round(power > 22 ? 0.44 + 0.3 * random() : 0.31 + 0.14 * random(), 2),
      stalls,
      free: between(random, 0, stalls),
      ...hours(0, 24),
    };
  },
});

const simple = (
  category: string,
  names: readonly string[],
  open: readonly [opens: number, closes: number, days?: string] | string,
  rated = true,
): PlaceKind => ({
  category,
  names,
  attributes: (random) => ({
    ...(rated && { rating: rating(random) }),
    ...(typeof open === 'string' ? { hours: open } : hours(...open)),
  }),
});

export const PLACE_KINDS: readonly PlaceKind[] = [
  charging([...times('Volta Charging *', 17), ...times('Greenspark *', 15)], [11, 22, 50]),
  charging([...times('Ampere Park *', 12), ...times('Lightning Hub @', 12)], [150, 250, 300]),
  {
    category: 'petrol_station',
    names: [...times('Northstar Fuel *', 10), ...times('Beacon Petrol *', 9), ...times('Swift Fuel *', 7)],
    attributes: (random) => ({
      price: round(1.55 + 0.25 * random(), 2),
      shop: random() < 0.7,
      ...(random() < 0.5 ? hours(0, 24) : hours(6, 22)),
    }),
  },
  {
    category: 'parking',
    names: [
      ...times('* Car Park', 34),
      ...times('@ Parking', 14),
      'Market Square Garage',
      'Cathedral Garage',
      'Harbour Garage',
      'Station Garage',
    ],
    attributes: (random, name) => {
      const spaces = between(random, 40, 480);
      return {
        covered: name.includes('Garage'),
        price: name.endsWith('Parking') && random() < 0.5 ? 0 : round(0.8 + 3.2 * random(), 1),
        spaces,
        free: between(random, 0, Math.floor(spaces / 2)),
        ...hours(0, 24),
      };
    },
  },
  restaurants(
    'italian',
    2,
    'Bella Napoli',
    'Trattoria Lucia',
    'Osteria Bianca',
    'Casa Romano',
    'La Piccola',
    'Vesuvio',
    'Il Giardino',
    'Nonna Rosa',
    'Ristorante Toscana',
    'La Lanterna',
    'Il Cantuccio',
  ),
  restaurants(
    'pizza',
    1,
    'Pizzeria Roma',
    'Pizza Fiorentina',
    'Stone Oven Pizza',
    'Pizza Paradiso',
    "Marco's Pizza",
    'Slice of Sicily',
    'Harbour Pizza',
    'Pizza Vulcano',
    'Little Naples',
  ),
  restaurants(
    'chinese',
    2,
    'Golden Dragon',
    'Jade Garden',
    'Lucky Panda',
    'Red Lantern',
    'Bamboo House',
    'Peking Palace',
  ),
  restaurants(
    'japanese',
    3,
    'Sakura Sushi',
    'Tokyo Table',
    'Kyoto Kitchen',
    'Blue Wave Sushi',
    'Ramen Corner',
  ),
  restaurants('indian', 2, 'Taj Garden', 'Bombay Kitchen', 'Saffron Palace', 'Curry Leaf', 'Spice Route'),
  restaurants('mexican', 1, 'El Sombrero', 'Casa Verde', 'Taco Corner', 'Cantina Rosa'),
  restaurants('thai', 2, 'Bangkok Garden', 'Thai Orchid', 'Lemongrass', 'Royal Elephant'),
  restaurants('greek', 2, 'Taverna Athena', 'Blue Aegean', 'Olive Grove', 'Santorini'),
  restaurants('turkish', 1, 'Istanbul Grill', 'Anatolia', 'Bosphorus Kitchen'),
  restaurants('french', 3, 'Chez Margot', 'Le Petit Jardin', 'Brasserie Lumiere', 'Bistro Colette'),
  restaurants('seafood', 3, "The Fisherman's Table", 'Oyster House', 'The Lobster Pot', "Captain's Catch"),
  restaurants('steak', 3, 'The Iron Grill', 'Prairie Steakhouse', 'Oak and Ember'),
  restaurants('vegetarian', 2, 'Green Leaf', 'The Happy Carrot', 'Garden Kitchen', 'Sprout'),
  restaurants('vietnamese', 1, 'Saigon Street', 'Little Hanoi', 'Lotus Bowl'),
  restaurants(
    'local',
    2,
    'The Old Mill',
    'The White Swan',
    'The Crooked Chimney',
    'The Golden Anchor',
    'The Hungry Miller',
    'Market Tavern',
    'The Bell Inn',
    'The Blue Door',
  ),
  simple(
    'coffee',
    [
      'Harbour Coffee',
      'The Daily Bean',
      'Morning Glory Coffee',
      'Cafe Amelie',
      'Copper Kettle',
      'Blackbird Cafe',
      'Paper Cup',
      'Sunny Side Cafe',
      'The Reading Room Cafe',
      'Driftwood Coffee',
      'Roast and Ritual',
      'Cafe Linden',
      'Velvet Espresso',
      'Northern Roasters',
      ...times('Bluebird Coffee *', 15),
      ...times('Cornerstone Coffee *', 12),
    ],
    [7, 19],
  ),
  fastFood('burger', ...times('Burger Barn *', 11)),
  fastFood('chicken', ...times('Chicken Shack *', 9)),
  fastFood('sandwich', ...times('Speedy Sub *', 8)),
  fastFood('fish and chips', 'Harbour Fish and Chips', 'The Salty Chip'),
  fastFood('kebab', 'Kebab Express', 'Doner Corner'),
  fastFood('hot dog', 'The Hot Dog Stand'),
  {
    category: 'hotel',
    names: [
      'Hotel Lindhaven',
      'The Grand Harbour Hotel',
      'Hotel Aurora',
      'The Rosewood',
      'Park Plaza Linden',
      'Riverside Hotel',
      'Station Hotel',
      'Airport Lodge',
      'Hotel Bellevue',
      'The Cathedral Inn',
      'Seaview Resort',
      "The Weaver's Arms",
      'Hotel Meridian',
      'Cosy Nest Hostel',
      'Hotel Continental',
      'The Lighthouse Hotel',
      'Garden Court Hotel',
      'Northgate Suites',
    ],
    attributes: (random) => {
      const stars = between(random, 2, 5);
      return { stars, rating: rating(random), price: 45 + stars * between(random, 14, 30), ...hours(0, 24) };
    },
  },
  simple(
    'hospital',
    [
      'Lindhaven General Hospital',
      "Saint Mary's Hospital",
      "Children's Hospital",
      'University Hospital',
      'Northfield Clinic',
    ],
    [0, 24],
    false,
  ),
  simple('pharmacy', ['Night Pharmacy', 'Station Pharmacy'], [0, 24], false),
  simple(
    'pharmacy',
    [...times('* Pharmacy', 18), 'Lion Pharmacy', 'Swan Pharmacy', ...times('Wellcare Pharmacy *', 8)],
    week([8, 20], [8, 14]),
    false,
  ),
  simple(
    'supermarket',
    [
      ...times('Fresh Basket *', 16),
      ...times('Daily Market *', 14),
      ...times('Greenfields *', 9),
      'Harbour Food Hall',
    ],
    week([7, 22], [7, 20], [8, 12]),
  ),
  simple(
    'school',
    [
      ...times('@ Primary School', 17),
      'Lindhaven High School',
      "Saint Anne's School",
      'Abbey Grammar School',
      'Harbour Academy',
      'Music School',
      'Lindhaven University',
      'College of Art',
    ],
    [8, 16, 'Mo-Fr'],
    false,
  ),
  simple('airport', ['Lindhaven Airport'], [0, 24], false),
  simple(
    'train_station',
    [
      'Lindhaven Central Station',
      'Westbridge Station',
      'Northgate Station',
      'Seaview Station',
      'University Station',
      'Airport Station',
    ],
    [0, 24],
    false,
  ),
  simple(
    'cinema',
    [
      'The Majestic',
      'Starlight Cinema',
      'Odyssey Cinema',
      'Lux Cinema',
      'Harbour Drive In',
      'Cinema Paradiso',
    ],
    [13, 24],
  ),
  simple(
    'gym',
    [
      ...times('Iron Works Gym *', 8),
      ...times('Fit Factory *', 6),
      'Harbour Swimming Pool',
      'Climbing Hall',
      'Yoga Loft',
      'Olympia Sports Centre',
    ],
    [6, 22],
  ),
  simple(
    'museum',
    [
      'Maritime Museum',
      'Museum of Modern Art',
      'Natural History Museum',
      'City Museum',
      'Railway Museum',
      'Science Centre',
      'Lindhaven Aquarium',
    ],
    [10, 18, 'Tu-Su'],
  ),
  simple('theatre', ['Royal Theatre', 'Opera House', 'Puppet Theatre', 'Concert Hall'], [17, 23, 'Tu-Su']),
  simple(
    'police',
    [
      'Central Police Station',
      'Harbour Police Station',
      'Northgate Police Station',
      'Westbridge Police Station',
    ],
    [0, 24],
    false,
  ),
  simple(
    'bank',
    [
      ...times('Lindhaven Savings Bank *', 8),
      ...times('Harbour Bank *', 7),
      ...times('First Alder Bank *', 6),
    ],
    [9, 16, 'Mo-Fr'],
    false,
  ),
  simple(
    'car_wash',
    [...times('Sparkle Car Wash *', 9), ...times('Blue Wave Car Wash *', 5)],
    [8, 20, 'Mo-Sa'],
  ),
  simple(
    'car_repair',
    [...times('Precision Motors *', 5), ...times('Tyre Town *', 5)],
    week([8, 18], [9, 13]),
  ),
  simple('toilets', times('Public Toilets *', 18), [6, 23], false),
  simple(
    'rest_area',
    ['Alder Rest Area', 'Bay Rest Area', 'Fox Hill Rest Area', 'Northfield Rest Area'],
    [0, 24],
    false,
  ),
  simple(
    'shopping_mall',
    ['Linden Galleria', 'Harbour Mall', 'Northgate Shopping Centre', 'Westbridge Mall', 'Bayside Outlet'],
    [9, 21, 'Mo-Sa'],
  ),
  simple(
    'bakery',
    [...times('Golden Crust *', 12), "Miller's Bakery", 'The Bread Oven', 'Old Town Bakery'],
    week([6, 18], [6, 14], [7, 11]),
  ),
  simple('post_office', times('@ Post Office', 12), week([9, 18], [9, 13]), false),
  simple('atm', times('Cash Machine *', 22), [0, 24], false),
  simple('library', ['City Library', 'University Library', 'Harbour Library'], [9, 19, 'Tu-Sa'], false),
  simple('stadium', ['Lindhaven Stadium', 'Ice Arena'], [10, 23], false),
  simple(
    'church',
    ['Lindhaven Cathedral', "Saint Peter's Church", 'Abbey Church', "Seamen's Chapel"],
    [8, 18],
    false,
  ),
  simple('zoo', ['Lindhaven Zoo'], [9, 18]),
  simple('beach', ['Seaview Beach', 'Bayside Beach'], [0, 24]),
];
