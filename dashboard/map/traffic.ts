import type { TrafficReports } from '../../simulator/server/protocol.ts';

/** How full roads are, by name; what is free is left out. */
export type Traffic = ReadonlyMap<string, 'dense' | 'jam'>;

/** The server's reports as a map draws them. */
export const trafficOf = (reports: TrafficReports): Traffic =>
  new Map(reports.flatMap(({ road, level }) => (level === 'free' ? [] : [[road, level] as const])));
