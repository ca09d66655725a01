import { ForeseenError } from '../../../vehicle/foreseen-error.ts';

/** Where a map comes from: a file that is read more than once, element by element, so that only what is needed is kept. */

export type Tags = Readonly<Record<string, string>>;

export interface Member {
  readonly type: 'node' | 'way' | 'relation';
  readonly ref: number;
  readonly role: string;
}

/** What is wanted of the elements of a map, in OpenStreetMap's sense; what is left out is skipped. */
export interface MapVisitor {
  /** Degrees. */
  node?(id: number, longitude: number, latitude: number, tags: Tags): void;
  /** @param refs ids of its nodes */
  way?(id: number, refs: readonly number[], tags: Tags): void;
  relation?(id: number, members: readonly Member[], tags: Tags): void;
}

export interface MapSource {
  /**
   * Reads the whole file once.
   * @param onProgress share of the file that was read, 0 to 1
   * @throws MapImportError
   */
  read(visitor: MapVisitor, onProgress?: (share: number) => void): void;
}

/** A map that cannot be imported. */
export class MapImportError extends ForeseenError {
  override readonly name = 'MapImportError';
  readonly recoverable = true;
  readonly reason: 'unreadable' | 'not-a-map' | 'damaged' | 'unsupported' | 'too-large' | 'no-roads';
  constructor(reason: MapImportError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
