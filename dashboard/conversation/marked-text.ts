import type { ConversationTurn } from '../../simulator/server/protocol.ts';

/** A stretch of the utterance in which nothing changes. */
export interface Piece {
  readonly text: string;
  /** Name of the slot that these words fill. */
  readonly slot?: string;
  /** Index of the command that they belong to. */
  readonly command?: number;
  /** How sure the transcriber is of the word, 0 to 1; absent for typed text. */
  readonly confidence?: number;
}

interface Mark {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts an utterance at the borders of commands, slots and words.
 * @returns pieces in order; joined, their texts are `heard`
 */
export function markText({
  heard,
  commands,
  words,
}: Pick<ConversationTurn, 'heard' | 'commands' | 'words'>): Piece[] {
  const commandMarks = commands.map(({ span: [start, end] }) => ({ start, end }));
  const slotMarks = commands.flatMap((command, index) => slotsOf(heard, command, index));
  const wordMarks = wordsOf(heard, words);
  const borders = new Set([0, heard.length]);
  for (const { start, end } of [...commandMarks, ...slotMarks, ...wordMarks]) borders.add(start).add(end);
  const sorted = [...borders].filter((at) => at >= 0 && at <= heard.length).sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, index) => {
    const end = sorted[index + 1] ?? heard.length;
    const holds = (mark: Mark) => mark.start <= start && end <= mark.end;
    const command = commandMarks.findIndex(holds);
    const slot = slotMarks.find(holds)?.slot;
    const confidence = wordMarks.find(holds)?.confidence;
    return {
      text: heard.slice(start, end),
      ...(slot !== undefined && { slot }),
      ...(command >= 0 && { command }),
      ...(confidence !== undefined && { confidence }),
    };
  });
}

/** A slot's text is verbatim, so it stands in the command's span; longer ones first, so that none hides inside another. */
function slotsOf(
  heard: string,
  { slots, span: [from, to] }: ConversationTurn['commands'][number],
  command: number,
) {
  const text = heard.toLowerCase();
  const taken: (Mark & { slot: string; command: number })[] = [];
  const byLength = Object.entries(slots).sort(([, a], [, b]) => b.text.length - a.text.length);
  for (const [slot, { text: said }] of byLength) {
    let start = text.indexOf(said.toLowerCase(), from);
    const overlaps = () => taken.some((mark) => start < mark.end && mark.start < start + said.length);
    while (start >= 0 && overlaps()) start = text.indexOf(said.toLowerCase(), start + 1);
    if (said.length > 0 && start >= 0 && start + said.length <= to) {
      taken.push({ start, end: start + said.length, slot, command });
    }
  }
  return taken;
}

function wordsOf(heard: string, words: ConversationTurn['words']): (Mark & { confidence: number })[] {
  const text = heard.toLowerCase();
  const marks: (Mark & { confidence: number })[] = [];
  let from = 0;
  for (const word of words) {
    const start = text.indexOf(word.text.toLowerCase(), from);
    if (start < 0) continue;
    from = start + word.text.length;
    marks.push({ start, end: from, confidence: word.confidence });
  }
  return marks;
}
