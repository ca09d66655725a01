/** How a place looks on the maps; places that a driver does not look for have none. */
export type Look = 'charge' | 'parking' | 'food' | 'help' | 'stay' | 'home';

const LOOKS = {
  charging_station: 'charge',
  petrol_station: 'charge',
  parking: 'parking',
  restaurant: 'food',
  coffee: 'food',
  fast_food: 'food',
  hospital: 'help',
  pharmacy: 'help',
  hotel: 'stay',
  home: 'home',
  work: 'home',
} as const satisfies Readonly<Record<string, Look>>;

/** Categories that have a sign on the maps. */
export type ShownCategory = keyof typeof LOOKS;

export const isShown = (category: string): category is ShownCategory => Object.hasOwn(LOOKS, category);

export const lookOf = (category: string): Look | undefined =>
  isShown(category) ? LOOKS[category] : undefined;

/** Colour and sign, the sign drawn as lines in a field of 24 by 24. */
export const LOOK_SIGNS: Readonly<Record<Look, { readonly colour: string; readonly sign: string }>> = {
  charge: { colour: '#62e0a5', sign: 'M13 5L8 13h4l-1 6 5-8h-4z' },
  parking: { colour: '#6ea8ff', sign: 'M9 19V5h5a4 4 0 0 1 0 8H9' },
  food: { colour: '#ffb267', sign: 'M8 5v4a2 2 0 0 0 4 0V5M10 11v8M16 5v14M16 5c-2 2-2 6 0 7' },
  help: { colour: '#ff8378', sign: 'M12 6v12M6 12h12' },
  stay: { colour: '#c79bff', sign: 'M5 18V7M5 15h14v3M19 15v-3H9v3' },
  home: { colour: '#ffffff', sign: 'M5 12l7-7 7 7M7 11v8h10v-8' },
};
