import { editDistance } from '../understanding/nearest.ts';

/** Consonants that recognisers take for each other are one letter here, vowels one sign: "wiper" and "viper" are alike. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/[^a-z]/g, ''],
  [/^kn|^gn/, 'n'],
  [/^wr/, 'r'],
  [/igh/g, 'i'],
  [/ph|v/g, 'f'],
  [/c(?=[eiy])|z/g, 's'],
  [/sh|ch|tch|j/g, 'S'],
  [/ck|c|q|g/g, 'k'],
  [/x/g, 'ks'],
  [/th|d/g, 't'],
  [/b/g, 'p'],
  [/e$/, ''],
  [/[aeiouyhw]+/g, 'a'],
  [/(.)\1+/g, '$1'],
];
const MOST = 6;
/** Shorter than this there is hardly a sound to go by. */
const SHORTEST = 3;

const soundOf = (word: string): string =>
  SOUNDS.reduce((sound, [from, to]) => sound.replace(from, to), word.toLowerCase());

/**
 * Words of a vocabulary that a recogniser may write for another: of the same sound, or of one that differs in one
 * consonant; nearest in spelling first.
 * @param vocabulary what it may write
 */
export function soundAlikes(vocabulary: Iterable<string>): (word: string) => readonly string[] {
  const bySound = new Map<string, string[]>();
  for (const word of new Set(vocabulary)) {
    const sound = soundOf(word);
    const same = bySound.get(sound);
    if (same) same.push(word);
    else bySound.set(sound, [word]);
  }
  const known = new Map<string, readonly string[]>();
  const letters = [...new Set([...bySound.keys()].join(''))];
  /** Every sound that one consonant more, less or other makes of this one. */
  const near = (sound: string) => [
    sound,
    ...Array.from(sound, (_, at) => at).flatMap((at) => [
      sound.slice(0, at) + sound.slice(at + 1),
      ...letters.map((letter) => sound.slice(0, at) + letter + sound.slice(at + 1)),
    ]),
    ...letters.map((letter) => sound + letter),
  ];
  return (word) => {
    let alike = known.get(word);
    if (!alike) {
      const sound = soundOf(word);
      alike =
        word.length < SHORTEST
          ? []
          : [...new Set(near(sound).flatMap((other) => bySound.get(other) ?? []))]
              .filter((other) => other !== word)
              .map((other) => ({ other, distance: editDistance(word, other) }))
              .sort((a, b) => a.distance - b.distance)
              .slice(0, MOST)
              .map(({ other }) => other);
      known.set(word, alike);
    }
    return alike;
  };
}
