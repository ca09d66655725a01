import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createReplies } from '../assistant/dialogue/replies.ts';
import type { Interpreter } from '../assistant/understanding/interpreter.ts';
import { Drive } from './drive.ts';

/** Absolute path of a file of this package, from its source as well as from `dist/`. */
export const packageFile = (path: string): string => fileURLToPath(import.meta.resolve(`#package/${path}`));

export interface DriveOptions {
  /** Directory of another language model than the shipped one. */
  readonly model?: string;
  /** km/h; above 0 the car is on the road when the drive begins. */
  readonly speed?: number;
}
