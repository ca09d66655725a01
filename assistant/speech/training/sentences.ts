import { sameWords, splitOf } from '../../training/hold-out.ts';
import { stableHash } from '../../training/random.ts';

const WORDS = { fewest: 2, most: 13 };

/**
 * Sentences to learn hearing from, by chance: of those that the language model is trained with too, so that what is held
 * out there is held out here.
 * @param measured texts that hearing is measured with: none of them is drawn, however it is written
 */
export function drawSentences(
  texts: readonly string[],
  measured: readonly string[],
  { count, seed }: { readonly count: number; readonly seed: number },
): readonly string[] {
  const known = new Set(measured.map(sameWords));
  const drawn = new Map<string, string>();
  for (const text of texts) {
    const words = text.split(' ').length;
    const isPlain = /^[A-Za-z0-9' ]+$/.test(text) && words >= WORDS.fewest && words <= WORDS.most;
    if (isPlain && splitOf(text) === 'train' && !known.has(sameWords(text))) drawn.set(sameWords(text), text);
  }
  const turn = (text: string) => stableHash(`${seed}/${text}`);
  return [...drawn.values()].sort((a, b) => turn(a) - turn(b)).slice(0, count);
}
