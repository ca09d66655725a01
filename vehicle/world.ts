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
  readonly limit?: number;
}

/** A place with its straight-line distance in metres from where the query was asked. */
export interface FoundPlace extends Place {
  readonly distance: number;
}

export type RouteOption =
  'fastest' | 'shortest' | 'eco' | 'avoid_tolls' | 'avoid_highways' | 'avoid_ferries' | 'avoid_traffic';

export interface RouteRequest {
  readonly from: Position;
  readonly stops: readonly Place[];
  readonly to: Place;
  readonly options: readonly RouteOption[];
}

export interface Maneuver {
  readonly at: Position;
  /** Spoken form: "turn left onto Mill Lane". */
  readonly text: string;
  /** Metres from the start of the route. */
  readonly distance: number;
}

export interface Route {
  readonly to: Place;
  readonly stops: readonly Place[];
  readonly options: readonly RouteOption[];
  readonly line: readonly Position[];
  /** Metres. */
  readonly distance: number;
  /** Milliseconds at the current traffic. */
  readonly duration: number;
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
  /** Undefined when no road leads there. */
  route(request: RouteRequest): Route | undefined;
  /** Street and house number nearest to a position. */
  address(at: Position): string;
  traffic(near: Position, road?: string): readonly TrafficReport[];
  /** @param when epoch milliseconds */
  weather(at: Position, when: number): WeatherReport;
}
