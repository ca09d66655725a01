/** Phones of the acoustic model parted by spaces, e.g. `HH AH L OW`. */
export type Pronunciation = string;

/**
 * The pronunciations of words in a dictionary in CMU's text form (`word PH ON ES`, variants as `word(2)`).
 * Only these words are read out of it: as a table, all 126,000 would take 60 MB.
 */
export function lookUp(dictionary: string, words: ReadonlySet<string>): Map<string, Pronunciation[]> {
  const found = new Map<string, Pronunciation[]>();
  for (let at = 0; at < dictionary.length;) {
    const newline = dictionary.indexOf('\n', at);
    const end = newline < 0 ? dictionary.length : newline;
    const space = dictionary.indexOf(' ', at);
    if (space > at && space < end) {
      const entry = dictionary.slice(at, space);
      const variant = entry.indexOf('(');
      const word = variant > 0 ? entry.slice(0, variant) : entry;
      if (words.has(word)) {
        const phones = dictionary.slice(space + 1, end).trim();
        const variants = found.get(word);
        if (variants) variants.push(phones);
        else found.set(word, [phones]);
      }
    }
    at = end + 1;
  }
  return found;
}
