import { UnderstandingError } from './interpreter.ts';

/**
 * Longest text in UTF-16 units. Nobody says more in one breath; what is longer is a file or an attack. Of shorter
 * texts the shipped model reads the first 60 pieces (`slm/layout.ts`): commands stand at the beginning, and windows
 * over the rest would answer a story with commands.
 */
export const LONGEST_TEXT = 2000;

/**
 * @param index of the utterance among `count`, for the message
 * @throws UnderstandingError `input-too-long`
 */
export function refuseTooLong(text: string, index: number, count: number): void {
  if (text.length <= LONGEST_TEXT) return;
  const which = count > 1 ? `Utterance ${index + 1}` : 'The text';
  throw new UnderstandingError(
    'input-too-long',
    `${which} has ${text.length} characters, and at most ${LONGEST_TEXT} can be one utterance. Split it.`,
    { recoverable: true },
  );
}

/** Tags, and what stands in square brackets: so recognisers note what is no speech ("[BLANK_AUDIO]", "[Music]"). */
const MARKUP = /<\/?[a-z][^<>]*>|\[[^[\]]*\]/gi;

/** Nothing but spaces, marks, emoji and markup, which nobody says: there is nothing to understand. */
export const isSilent = (text: string): boolean => !/[\p{L}\p{N}]/u.test(text.replace(MARKUP, ' '));
