/** What the car asks of the world around it: places, routes, traffic, weather. The simulator provides it; the vehicle imports nothing of it. */

/** WGS 84 degrees, longitude first as in GeoJSON. */
export type Position = readonly [longitude: number, latitude: number];

export interface Place {
  readonly id: string;
  readonly name: string;
  /** `charging_station`, `petrol_station`, `parking`, `restaurant`, `coffee`, `hotel`, `hospital`, `home`, `work`, `street`, `address`, ... */
  readonly category: string;
  readonly at: Position;
  /** Street and house number, as it is spoken. */
  readonly address: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

export interface PlaceQuery {
  /** Free text: a name, an address, "home". */
  readonly text?: string;
  readonly category?: string;
  /** `nearest`, `cheapest`, `open now`, `fast chargers`, ... */
  readonly attributes?: readonly string[];
  readonly near: Position;
  /** What is left of the route that is followed: makes sense of "on the way". */
  readonly along?: readonly Position[];
  readonly limit?: number;
}

/** Why a place is among the answers: a wish that it fulfils, or what it is ranked by. */
export type Reason =
  | { readonly is: 'name' | 'kind' | 'cheap' | 'covered' }
  | { readonly is: 'cuisine'; readonly cuisine: string }
  /** `until` is local time, "22:00"; it is absent around the clock. */
  | { readonly is: 'open'; readonly until?: string }
  | { readonly is: 'price'; readonly price: number }
  | { readonly is: 'rated'; readonly rating: number }
  /** Kilowatts. */
  | { readonly is: 'fast'; readonly power: number }
  | { readonly is: 'plug'; readonly plug: string }
  /** Stalls or spaces. */
  | { readonly is: 'free'; readonly free: number }
  /** Metres from another place that was named. */
  | { readonly is: 'near'; readonly place: string; readonly distance: number }
  /** Metres of detour, about. */
  | { readonly is: 'on the way'; readonly detour: number }
  | { readonly is: 'nearest'; readonly distance: number };

export interface FoundPlace extends Place {
  /** Metres in a straight line from where the query was asked. */
  readonly distance: number;
  /** At the time of the query; absent where nobody knows. */
  readonly open?: boolean;
  /** Local time at which an open place closes, "22:00"; absent around the clock. */
  readonly closes?: string;
  /** Metres that the way grows by, about; only for "on the way". */
  readonly detour?: number;
  /** What mattered most comes first. */
  readonly why: readonly Reason[];
}

export type RouteOption =
  'fastest' | 'shortest' | 'eco' | 'avoid_tolls' | 'avoid_highways' | 'avoid_ferries' | 'avoid_traffic';

export interface RouteRequest {
  readonly from: Position;
  readonly stops: readonly Place[];
  readonly to: Place;
  readonly options: readonly RouteOption[];
  /** Metres that the battery lasts, and those that it lasts when it was charged on the way. Where they are too few, charging stops come into the route. */
  readonly range?: { readonly left: number; readonly charged: number };
  /** Degrees clockwise from north: a car that moves would rather not turn round. */
  readonly heading?: number | undefined;
}

export type LaneTurn = 'left' | 'through' | 'right';

export interface Lane {
  readonly turns: readonly LaneTurn[];
  /** Leads where the route goes. */
  readonly fits: boolean;
}

export interface Maneuver {
  readonly at: Position;
  /** Spoken form: "use the left lane and turn left onto Mill Lane". */
  readonly text: string;
  /** Metres from the start of the route. */
  readonly distance: number;
  /** From left to right, where there is more than one. */
  readonly lanes?: readonly Lane[];
}

/** From one target to the next. */
export interface Leg {
  /** Metres. */
  readonly distance: number;
  /** Milliseconds. */
  readonly duration: number;
}

export interface Route {
  readonly to: Place;
  readonly stops: readonly Place[];
  readonly options: readonly RouteOption[];
  readonly line: readonly Position[];
  /** Milliseconds from the start to each point of the line. */
  readonly times: readonly number[];
  /** One to each stop, and one to the destination. */
  readonly legs: readonly Leg[];
  /** Metres. */
  readonly distance: number;
  /** Milliseconds at the current traffic. */
  readonly duration: number;
  /** Milliseconds of `duration` that traffic costs. */
  readonly delay: number;
  /** Road that the route follows longest: tells it from another. */
  readonly via: string;
  /** Metres from the end of the road to the destination. */
  readonly walk: number;
  readonly maneuvers: readonly Maneuver[];
}

export interface TrafficReport {
  readonly road: string;
  /** Milliseconds lost. */
  readonly delay: number;
  readonly level: 'free' | 'dense' | 'jam';
}

export interface WeatherReport {
  readonly place: string;
  readonly condition: 'clear' | 'cloudy' | 'rain' | 'snow' | 'fog';
  /** Celsius. */
  readonly temperature: number;
  /** Percent. */
  readonly chanceOfRain: number;
}

export interface World {
  /** Best match first; empty when nothing fits. */
  places(query: PlaceQuery): readonly FoundPlace[];
  /** The place of an id that `places` gave; undefined when there is none. */
  place(id: string): Place | undefined;
  /** Undefined when no road leads there. */
  route(request: RouteRequest): Route | undefined;
  /** Another good way than this one; undefined when there is none. */
  alternative(request: RouteRequest, to: Route): Route | undefined;
  /** Street and house number nearest to a position. */
  address(at: Position): string;
  traffic(near: Position, road?: string): readonly TrafficReport[];
  /** @param when epoch milliseconds */
  weather(at: Position, when: number): WeatherReport;
}
