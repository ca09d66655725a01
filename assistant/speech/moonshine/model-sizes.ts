/** A size of the Moonshine model, as its package carries it. Memory and times: one thread of a 2023 server core, 3.5 s of sound. */
export interface ModelSize {
  /** Folder inside of the package. */
  readonly folder: string;
  readonly layers: number;
  readonly heads: number;
  /** Numbers that a head keeps of each token. */
  readonly headWidth: number;
}

export const MODEL_SIZES = {
  tiny: { folder: 'tiny', layers: 6, heads: 8, headWidth: 36 },
  base: { folder: 'base', layers: 8, heads: 8, headWidth: 52 },
} as const satisfies Readonly<Record<string, ModelSize>>;

export type ModelName = keyof typeof MODEL_SIZES;
