import type { WrittenMap, WrittenNode, WrittenWay } from './write-pbf.ts';

/** A town of six streets by six avenues about 120 m apart, as a mapper would draw it, with what mappers add. */
export const TOWN_CENTRE: readonly [number, number] = [10, 53.6];
const SIZE = 6;
const id = (column: number, row: number) => 9_000_000_000 + row * SIZE + column;
/** Longitude and latitude of a crossing; fractions lie between. */
export const corner = (column: number, row: number): [number, number] => [
  Number((TOWN_CENTRE[0] + (column - 2.5) * 0.0018).toFixed(7)),
  Number((TOWN_CENTRE[1] + (row - 2.5) * 0.00108).toFixed(7)),
];

const STREETS = [
  'Schillerstraße',
  'Goethestraße',
  'Marktstraße',
  'Bahnhofstraße',
  'Hafenstraße',
  'Bergstraße',
];
const AVENUES = ['Erste Allee', 'Zweite Allee', 'Dritte Allee', 'Vierte Allee', 'Fünfte Allee', 'Kirchweg'];
const steps = [...Array(SIZE).keys()];

const crossings: WrittenNode[] = steps.flatMap((row) =>
  steps.map((column) => ({
    id: id(column, row),
    at: corner(column, row),
    ...(row === 2 && column === 2 && { tags: { highway: 'traffic_signals' } }),
  })),
);
const point = (number: number, column: number, row: number, tags: Record<string, string>): WrittenNode => ({
  id: number,
  at: corner(column, row),
  tags,
});

const extra: WrittenNode[] = [
  point(1, 0.5, 0.1, {
    amenity: 'restaurant',
    name: 'Da Enzo',
    cuisine: 'pizza;italian',
    opening_hours: 'Tu-Su 12:00-22:00',
    'addr:street': 'Schillerstraße',
    'addr:housenumber': '7a',
  }),
  point(2, 3.5, 3.1, {
    amenity: 'charging_station',
    operator: 'Stadtwerke',
    'socket:type2_combo': '2',
    'socket:type2_combo:output': '150 kW',
    capacity: '2',
  }),
  point(3, 1.5, 2.1, { amenity: 'parking', fee: 'no', parking: 'surface', capacity: '40' }),
  point(4, 4.5, 4.1, { amenity: 'fuel', brand: 'Tanke', opening_hours: '24/7' }),
  point(5, 2.5, 4.9, { shop: 'supermarket', name: 'Markt Süd', opening_hours: 'Mo-Sa 08:00-20:00; PH off' }),
  point(6, 1, 1, { place: 'suburb', name: 'Altstadt' }),
  point(7, 4, 4, { place: 'suburb', name: 'Neustadt' }),
  point(8, 0.4, 0.1, { 'addr:street': 'Schillerstraße', 'addr:housenumber': '5' }),
  point(9, 2, 2, { amenity: 'parking', access: 'private' }),
  { id: 20, at: corner(6.2, 0) },
  { id: 21, at: corner(7, 1) },
  { id: 22, at: corner(9, 9) },
  { id: 23, at: corner(9.5, 9) },
  ...[30, 31, 32, 33].map((number, i): WrittenNode => ({
    id: number,
    at: corner(2.3 + 0.4 * Number(i === 1 || i === 2), 0.3 + 0.4 * Number(i > 1)),
  })),
  ...[40, 41, 42].map((number, i): WrittenNode => ({
    id: number,
    at: corner(3.2 + 0.2 * i, 5 - 0.1 - 0.2 * (i % 2)),
  })),
];

const ways: WrittenWay[] = [
  ...STREETS.map((name, row): WrittenWay => ({
    id: 100 + row,
    refs: steps.map((column) => id(column, row)),
    tags: {
      name,
      highway: row === 2 ? 'primary' : 'residential',
      ...(row === 2 && { lanes: '4', maxspeed: '50' }),
      ...(row === 4 && { oneway: 'yes', maxspeed: '30' }),
      ...(row === 5 && { oneway: '-1', maxspeed: '20 mph' }),
    },
  })),
  ...AVENUES.map((name, column): WrittenWay => ({
    id: 200 + column,
    refs: steps.map((row) => id(column, row)),
    tags: { name, highway: 'tertiary', maxspeed: 'DE:urban' },
  })),
  {
    id: 300,
    refs: [id(5, 0), 20, 21, id(5, 1)],
    tags: { highway: 'motorway', ref: 'A 7', name: 'Autobahn', oneway: 'no' },
  },
  // Not for everybody, not for cars, and an island that nothing leads to.
  { id: 301, refs: [id(0, 0), id(1, 1)], tags: { highway: 'service', access: 'private' } },
  { id: 302, refs: [id(0, 1), id(1, 2)], tags: { highway: 'footway' } },
  { id: 303, refs: [22, 23], tags: { highway: 'residential', name: 'Inselweg' } },
  { id: 304, refs: [30, 31, 32, 33, 30], tags: { natural: 'water', name: 'Stadtsee' } },
  { id: 305, refs: [40, 41], tags: {} },
  { id: 306, refs: [41, 42, 40], tags: {} },
  {
    id: 307,
    refs: [30, 31, 32, 30],
    tags: { building: 'yes', 'addr:street': 'Goethestraße', 'addr:housenumber': '12' },
  },
];

export const TOWN: WrittenMap = {
  nodes: [...crossings, ...extra],
  ways,
  relations: [
    {
      id: 400,
      tags: { type: 'multipolygon', leisure: 'park', name: 'Bürgerpark' },
      members: [
        { ref: 305, role: 'outer' },
        { ref: 306, role: 'outer' },
      ],
    },
  ],
};
