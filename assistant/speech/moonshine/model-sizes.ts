/** A size of the Moonshine model, as its package carries it. */
export interface ModelSize {
  /** Folder inside of the package. */
  readonly folder: string;
  readonly layers: number;
  readonly heads: number;
  /** Numbers that a head keeps of each token. */
  readonly headWidth: number;
  /** Megabytes that a process grows by that hears, the domain's language included (`drivetalk bench`, Node 20, x64). */
  readonly memory: number;
  /** Milliseconds of one core for 3.5 s of sound: the encoder, and a step of the decoder with eight texts side by side. */
  readonly cost: { readonly encode: number; readonly step: number };
}

export const MODEL_SIZES = {
  tiny: { folder: 'tiny', layers: 6, heads: 8, headWidth: 36, memory: 200, cost: { encode: 27, step: 7 } },
  base: { folder: 'base', layers: 8, heads: 8, headWidth: 52, memory: 235, cost: { encode: 50, step: 12 } },
} as const satisfies Readonly<Record<string, ModelSize>>;

export type ModelName = keyof typeof MODEL_SIZES;

/** Hears best of those that are there. */
export const DEFAULT_MODEL: ModelName = 'base';
