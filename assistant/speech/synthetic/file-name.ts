/** Windows and archives take names of this length without complaint. */
const LONGEST = 80;

/** The name of a text's sound, without what follows the point: "Turn it up!" is `turn-it-up`. */
export const fileNameOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, LONGEST);
