/** The drawn part of Lindhaven: water, parks, main roads, districts. Metres, x east and y north of Market Square. */
import { curve, distance, gapTo, inside, offset, segments, type Point } from './plane.ts';

export const EXTENT = { west: -4100, south: -3100, east: 4100, north: 3100 };

/** Shape of the bay: north-east shore to south-west shore. */
const COAST = curve(
  [
    [4100, -260],
    [3500, -420],
    [2900, -560],
    [2450, -860],
    [2120, -1080],
    [1830, -1330],
    [1600, -1640],
    [1470, -2050],
    [1130, -2420],
    [980, -2780],
    [720, -3100],
  ],
  40,
);

const RIVER = curve(
  [
    [-4100, 1750],
    [-3300, 1500],
    [-2500, 1260],
    [-1900, 760],
    [-1480, 80],
    [-1050, -560],
    [-380, -860],
    [260, -800],
    [800, -760],
    [1250, -980],
    [1640, -1400],
    [1900, -1700],
  ],
  40,
);

/** Metres from the middle of the river to its bank: it widens toward the mouth. */
const riverHalf = (index: number) => 38 + 50 * (index / RIVER.length) ** 2;

const LEFT_BANK = offset(RIVER, riverHalf);
const RIGHT_BANK = offset(RIVER, (i) => -riverHalf(i));

const LAKE = blob([-3050, -1450], 300, 180, 0.5, 1.7);

export const BAY: readonly Point[] = [...COAST, [EXTENT.east, EXTENT.south]];
export const RIVER_RING: readonly Point[] = [...LEFT_BANK, ...[...RIGHT_BANK].reverse()];

export const WATERS: readonly { readonly name: string; readonly ring: readonly Point[] }[] = [
  { name: 'Linden Bay', ring: BAY },
  { name: 'River Alder', ring: RIVER_RING },
  { name: 'Heron Lake', ring: LAKE },
];

/** An ellipse with a wobble. @param turn radians */
function blob(centre: Point, rx: number, ry: number, turn: number, phase: number): Point[] {
  return Array.from({ length: 36 }, (_, i) => {
    const angle = (i / 36) * 2 * Math.PI;
    const r = 1 + 0.12 * Math.sin(3 * angle + phase) + 0.07 * Math.sin(5 * angle + 2 * phase);
    const [x, y] = [rx * r * Math.cos(angle), ry * r * Math.sin(angle)];
    return [
      centre[0] + x * Math.cos(turn) - y * Math.sin(turn),
      centre[1] + x * Math.sin(turn) + y * Math.cos(turn),
    ];
  });
}

export const PARKS: readonly { readonly name: string; readonly ring: readonly Point[] }[] = [
  { name: 'Castle Gardens', ring: blob([-430, 330], 150, 100, 0.6, 0.4) },
  { name: 'Linden Park', ring: blob([1130, 620], 330, 210, -0.4, 2.1) },
  { name: 'Alder Meadows', ring: blob([-1850, 1450], 420, 170, -0.45, 0.9) },
  { name: 'Botanic Garden', ring: blob([-560, -1390], 230, 180, 0.2, 3.3) },
  { name: 'Heron Park', ring: blob([-3050, -1450], 450, 330, 0.5, 1.7) },
  { name: 'Observatory Hill', ring: blob([450, 1720], 280, 190, 0.3, 4.2) },
  { name: 'Seaview Park', ring: blob([2720, -250], 260, 130, 0.35, 5.1) },
  { name: 'Southwood', ring: blob([220, -2320], 420, 210, -0.3, 2.6) },
  { name: 'Fox Hill Forest', ring: blob([-3300, -250], 430, 520, 0.1, 1.2) },
  { name: 'Northfield Common', ring: blob([-900, 2420], 430, 190, 0.15, 0.2) },
];

export interface MainRoad {
  readonly name: string;
  readonly kind: 'motorway' | 'primary' | 'secondary' | 'ferry';
  readonly speed: number;
  readonly line: readonly Point[];
  readonly toll?: boolean;
}

function ring(rx: number, ry: number, centre: Point, wobble: number, phase: number): Point[] {
  return Array.from({ length: 145 }, (_, i) => {
    const angle = (i / 144) * 2 * Math.PI;
    const r = 1 + wobble * Math.sin(3 * angle + phase) + 0.6 * wobble * Math.sin(5 * angle + 2 * phase);
    return [centre[0] + rx * r * Math.cos(angle), centre[1] + ry * r * Math.sin(angle)];
  });
}

/** The motorway, split where it leaves the land: that part is the toll bridge over the bay. */
function motorway(): MainRoad[] {
  const line = ring(2950, 2130, [-60, 60], 0.035, 0.8);
  const wet = line.map((p) => inside(BAY, p));
  const first = wet.indexOf(true) - 1;
  const last = wet.lastIndexOf(true) + 1;
  const common = { kind: 'motorway' as const, speed: 100 };
  return [
    { ...common, name: 'Ring Motorway', line: [...line.slice(last, -1), ...line.slice(0, first + 1)] },
    { ...common, name: 'Bay Bridge', toll: true, line: line.slice(first, last + 1) },
  ];
}

const boulevard = ring(470, 430, [-20, -40], 0.05, 0.3);
const middleRing = ring(1420, 1240, [-40, 0], 0.04, 2.2);

const avenue = (name: string, ...through: readonly Point[]): MainRoad => ({
  name,
  kind: 'primary',
  speed: 60,
  line: curve(through, 40),
});
const road = (name: string, ...through: readonly Point[]): MainRoad => ({
  name,
  kind: 'secondary',
  speed: 50,
  line: curve(through, 40),
});

export const MAIN_ROADS: readonly MainRoad[] = [
  ...motorway(),
  { name: 'Rampart Boulevard', kind: 'primary', speed: 50, line: boulevard },
  { name: 'Crescent Boulevard', kind: 'primary', speed: 60, line: middleRing },
  avenue('Northgate Avenue', [10, 330], [60, 900], [-40, 1500], [40, 2150], [180, 3100]),
  avenue('Airport Road', [330, 240], [820, 1010], [1560, 1420], [2260, 1760], [3100, 2050], [4100, 2180]),
  avenue('Eastgate Avenue', [430, 20], [980, 130], [1700, 60], [2500, 250], [3150, 310], [4100, 620]),
  avenue('Harbour Avenue', [290, -330], [760, -480], [1330, -560], [1850, -960]),
  avenue(
    'Southgate Avenue',
    [20, -470],
    [60, -830],
    [-80, -1350],
    [-40, -1960],
    [-260, -2500],
    [-330, -3100],
  ),
  avenue(
    'University Avenue',
    [-330, -370],
    [-620, -760],
    [-1080, -1180],
    [-1620, -1700],
    [-2350, -2150],
    [-3100, -2700],
  ),
  avenue('Westgate Avenue', [-470, -40], [-900, 10], [-1420, 120], [-2150, -40], [-3020, 330], [-4100, 300]),
  avenue(
    'Abbey Avenue',
    [-330, 280],
    [-760, 820],
    [-1240, 1240],
    [-1900, 1900],
    [-2500, 2460],
    [-2900, 3100],
  ),
  road('Market Street', [-470, -60], [-250, -90], [0, 0], [230, 10], [430, 20]),
  road('Cathedral Street', [20, -470], [40, -220], [0, 0], [-60, 180], [10, 330]),
  road('Bay Road', [560, -790], [760, -1180], [980, -1800], [700, -2120], [560, -2660], [420, -3100]),
  road('Orchard Road', [-1420, 120], [-1700, -640], [-1460, -1240], [-1130, -1900], [-260, -2500]),
  road('Northern Parkway', [-1240, 1240], [-640, 1640], [-40, 1500], [700, 1350], [1560, 1420]),
  road('Eastern Parkway', [1560, 1420], [2080, 820], [1990, 120], [2120, -560], [1850, -960]),
  road(
    'Lakeside Road',
    [-1460, -1240],
    [-1850, -880],
    [-2480, -760],
    [-3150, -960],
    [-3620, -1450],
    [-3250, -2050],
    [-2350, -2150],
  ),
  road('Terminal Road', [3100, 2050], [3200, 1600], [3150, 1000], [3150, 310]),
  road('North Quay', ...quay(LEFT_BANK, 26, 0.06, 0.84)),
  road('South Quay', ...quay(RIGHT_BANK, -26, 0.05, 0.9)),
  road('Promenade', ...promenade()),
  {
    name: 'Harbour Ferry',
    kind: 'ferry',
    speed: 14,
    line: [
      [1850, -960],
      [1900, -1330],
      [1500, -1900],
      [980, -1800],
    ],
  },
];

function quay(bank: readonly Point[], by: number, from: number, to: number): Point[] {
  const line = offset(bank, () => by).slice(Math.floor(bank.length * from), Math.floor(bank.length * to));
  return line.filter((_, i) => i % 5 === 0);
}

function promenade(): Point[] {
  const line = offset(COAST, () => -45);
  const start = line.findIndex(([x]) => x < 3750);
  const end = line.findIndex(([x]) => x < 2050);
  return line.slice(start, end).filter((_, i) => i % 4 === 0);
}

export interface District {
  readonly name: string;
  readonly at: Point;
  /** Direction of its streets, radians; undefined where they follow the centre. */
  readonly grid?: number;
  /** Metres between streets. */
  readonly spacing: number;
}

export const DISTRICTS: readonly District[] = [
  { name: 'Old Town', at: [0, 0], spacing: 50 },
  { name: 'Abbey Hill', at: [-900, 900], grid: 0.55, spacing: 84 },
  { name: 'Northgate', at: [250, 1050], grid: 0.05, spacing: 80 },
  { name: 'Linden', at: [1350, 800], grid: 0.9, spacing: 92 },
  { name: 'Eastgate', at: [1350, -150], grid: 0.12, spacing: 80 },
  { name: 'Harbour', at: [1350, -700], grid: -0.6, spacing: 104 },
  { name: 'Southbank', at: [150, -1350], grid: -0.08, spacing: 84 },
  { name: 'University', at: [-1000, -1250], grid: 0.75, spacing: 96 },
  { name: 'Westbridge', at: [-950, -150], grid: 0.2, spacing: 80 },
  { name: 'Mill Bank', at: [-2150, 300], grid: -0.35, spacing: 100 },
  { name: 'Heronsgate', at: [-2300, -1300], grid: 0.4, spacing: 112 },
  { name: 'Orchard Park', at: [-700, -2150], grid: -0.3, spacing: 104 },
  { name: 'Bayside', at: [800, -2150], grid: 1.1, spacing: 100 },
  { name: 'Seaview', at: [2450, 150], grid: 0.25, spacing: 104 },
  { name: 'Observatory', at: [900, 1850], grid: -0.25, spacing: 108 },
  { name: 'Northfield', at: [-650, 2100], grid: 0.3, spacing: 108 },
  { name: 'Meadowside', at: [-2050, 1750], grid: -0.5, spacing: 112 },
  { name: 'Skyfield', at: [3000, 1500], grid: 0.1, spacing: 192 },
];

/** How much of the ground is built up: 1 in town, falling to 0 in the country. */
export function isTown([x, y]: Point): boolean {
  const angle = Math.atan2(y, x);
  const reach = 1 + 0.1 * Math.sin(3 * angle + 0.5) + 0.07 * Math.sin(7 * angle);
  return (x / (3350 * reach)) ** 2 + (y / (2600 * reach)) ** 2 < 1;
}

type Box = readonly [west: number, south: number, east: number, north: number];
const isWithin = ([west, south, east, north]: Box, [x, y]: Point) =>
  x >= west && x <= east && y >= south && y <= north;

/** Water and parks, each with its bounds: most points lie in none. */
const UNBUILT = [...WATERS, ...PARKS].map(({ ring }) => {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  const box: Box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  return { ring, box };
});

/** Ground on which no small street is built. @param margin metres kept free around motorways */
export function isBlocked(p: Point, margin = 45): boolean {
  if (UNBUILT.some(({ ring, box }) => isWithin(box, p) && inside(ring, p))) return true;
  return MAIN_ROADS.some((main) => main.kind === 'motorway' && gapTo(main.line, p) < margin);
}

const BANKS = [RIVER, COAST].flatMap((line) => [...segments(line)]);

/** Nearest shore and its direction, for streets that follow the water. */
export function shore(p: Point): { readonly gap: number; readonly angle: number } {
  let best = { gap: Infinity, a: p, b: p };
  for (const [a, b] of BANKS) {
    const gap = distance(p, a);
    if (gap < best.gap) best = { gap, a, b };
  }
  const { gap, a, b } = best;
  return { gap, angle: Math.atan2(b[1] - a[1], b[0] - a[0]) };
}
