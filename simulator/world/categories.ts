/** How people call kinds of places. */
import { words } from './spoken-text.ts';

export interface Wanted {
  readonly category: string;
  readonly cuisine?: string;
}

const SYNONYMS: Readonly<Record<string, string>> = {
  charging_station:
    'charging station|charger|chargers|charging point|charging stop|charge point|charging|ev charger|ev charging|ev station|electric charger|electric charging station|fast charger|rapid charger|supercharger|place to charge|somewhere to charge|where can i charge|charging spot|car charger|plug',
  petrol_station:
    'petrol station|gas station|gas|petrol|fuel|fuel station|filling station|service station|fuel stop|place to fill up|somewhere to fill up|diesel|petrol pump',
  parking:
    'parking|car park|carpark|parking lot|parking garage|parking space|parking spot|place to park|somewhere to park|multi storey|park house|where can i park|parking place',
  restaurant:
    'restaurant|somewhere to eat|something to eat|place to eat|food|dinner|lunch|eat|dining|diner|place for dinner|place for lunch|bistro|eatery|good food',
  coffee:
    'coffee|coffee shop|cafe|coffee house|coffee place|espresso|cappuccino|coffee bar|somewhere for coffee|cup of coffee|tea room|breakfast',
  fast_food: 'fast food|takeaway|take away|takeout|drive through|drive thru|quick bite',
  hotel:
    'hotel|motel|hostel|inn|place to stay|somewhere to stay|somewhere to sleep|place to sleep|accommodation|room for night|guest house|bed and breakfast',
  hospital:
    'hospital|emergency room|emergency|er|clinic|accident and emergency|doctor|medical centre|medical center',
  pharmacy: 'pharmacy|chemist|drugstore|drug store|medicine|apothecary',
  supermarket:
    'supermarket|grocery store|groceries|grocery|food store|grocery shop|shop for food|convenience store',
  school: 'school|primary school|high school|university|college|campus',
  airport: 'airport|terminal|departures|arrivals',
  train_station: 'train station|railway station|station|main station|train',
  cinema: 'cinema|movie theater|movie theatre|movies|movie|film theatre|pictures',
  gym: 'gym|fitness studio|fitness centre|fitness center|sports centre|health club',
  museum: 'museum|gallery|art gallery|exhibition|aquarium',
  theatre: 'theatre|theater|play|concert',
  park: 'park|garden|green space|playground|walk dog',
  police: 'police|police station|police office|cops',
  bank: 'bank|bank branch',
  atm: 'atm|cash machine|cashpoint|cash point|cash dispenser|cash|money machine',
  car_wash: 'car wash|carwash|place to wash car|somewhere to wash car|wash car',
  car_repair:
    'car repair|mechanic|repair shop|auto repair|workshop|tyre shop|tire shop|tyre service|tire service|service centre|service center|body shop',
  toilets:
    'toilet|toilets|restroom|restrooms|bathroom|washroom|public toilet|public toilets|loo|wc|rest room|lavatory',
  rest_area:
    'rest area|rest stop|service area|services|picnic area|lay by|place to rest|somewhere to rest|place for break',
  shopping_mall: 'shopping mall|mall|shopping centre|shopping center|shops|shopping|department store|outlet',
  bakery: 'bakery|bread|baker|cake shop|pastry shop',
  post_office: 'post office|post|mail|mailbox',
  library: 'library',
  stadium: 'stadium|arena|football stadium|sports arena|ice rink',
  church: 'church',
  zoo: 'zoo|animal park',
  beach: 'beach|seaside|sea|swim',
  home: 'home|house|my place|our house|back home|home address',
  work: 'work|office|workplace|job|my work|my office|work address',
};

const CUISINES: Readonly<Record<string, string>> = {
  italian: 'italian|pasta|trattoria',
  pizza: 'pizza|pizzeria|pizzas',
  chinese: 'chinese|dim sum',
  japanese: 'japanese|sushi|ramen',
  indian: 'indian|curry',
  mexican: 'mexican|tacos|taco|burrito|burritos',
  thai: 'thai',
  greek: 'greek|gyros',
  turkish: 'turkish',
  french: 'french',
  seafood: 'seafood|fish|sea food',
  steak: 'steak|steakhouse|grill|steaks',
  vegetarian: 'vegetarian|vegan|veggie',
  vietnamese: 'vietnamese|pho',
  local: 'local|pub|tavern|traditional',
};

/** What is eaten on the go; the places that sell it are fast food. */
const SNACKS: Readonly<Record<string, string>> = {
  burger: 'burger|burger joint|hamburger|fries',
  chicken: 'chicken|fried chicken',
  sandwich: 'sandwich|sandwiches|sub',
  'fish and chips': 'fish and chips',
  kebab: 'kebab|doner',
  'hot dog': 'hot dog',
};

const entries = (table: Readonly<Record<string, string>>) =>
  Object.entries(table).flatMap(([key, phrases]) =>
    phrases.split('|').map((phrase) => [words(phrase).join(' '), key] as const),
  );

const CATEGORY_OF: ReadonlyMap<string, string> = new Map([
  ...Object.keys(SYNONYMS).map((key) => [key.replaceAll('_', ' '), key] as const),
  ...entries(SYNONYMS),
]);
const WANTED_OF: ReadonlyMap<string, Wanted> = new Map([
  ...[...CATEGORY_OF].map(([phrase, category]) => [phrase, { category }] as const),
  ...entries(CUISINES).map(([phrase, cuisine]) => [phrase, { category: 'restaurant', cuisine }] as const),
  ...entries(SNACKS).map(([phrase, cuisine]) => [phrase, { category: 'fast_food', cuisine }] as const),
]);

/** Words that may stand around a category; those that wish for something are read by `wishesOf`. */
const FILLER = new Set(
  words(
    'place places spot joint food restaurant restaurants nearest closest some one nearby good something somewhere eat for next ' +
      'cheap cheapest best free open now 24 hour hours late covered underground available fast fastest rapid nice great top rated',
  ),
);

/**
 * @param words lower case, without articles
 * @returns the kind of place they name, undefined when they name none
 */
export function categoryOf(words: readonly string[]): Wanted | undefined {
  const rest = words.filter((word) => !FILLER.has(word));
  return lookUp(words.join(' ')) ?? lookUp(rest.join(' '));
}

const lookUp = (phrase: string) => WANTED_OF.get(phrase) ?? WANTED_OF.get(singular(phrase));

const singular = (phrase: string) =>
  phrase.endsWith('ies') ? `${phrase.slice(0, -3)}y` : phrase.endsWith('s') ? phrase.slice(0, -1) : phrase;
