import type { Outcome } from '../../../vehicle/outcome.ts';
import type { Replies } from '../replies.ts';

/** Something that the car says in one turn. */
export interface Said {
  readonly text: string;
  /** `done` and `failed` are summed up; a question comes last; `told` stands as it is. */
  readonly as: 'done' | 'failed' | 'question' | 'told';
}

/** More done things than these are counted while driving, not told. */
const TOLD_ON_THE_ROAD = 3;

export const saidAs = ({ status }: Outcome): Said['as'] => {
  if (status === 'needs' || status === 'confirm') return 'question';
  return status === 'refused' || status === 'unavailable' ? 'failed' : 'done';
};

/**
 * One sentence for everything that several wishes came to: what was done, then what was not, then what the car asks.
 * @param brief on the road: what was done is counted when it is much
 */
export function sumUp(said: readonly Said[], replies: Replies, brief: boolean): string {
  const different = said.filter(
    ({ text }, index) => text !== '' && said.findIndex((other) => other.text === text) === index,
  );
  const of = (as: Said['as']) => different.filter((one) => one.as === as).map(({ text }) => text);
  const [done, failed] = [of('done'), of('failed')];
  const told = of('told').join(' ');
  const questions = of('question').join(' ');
  return [told, outcomeSentence(done, failed, replies, brief), questions]
    .filter((part) => part !== '')
    .join(' ');
}

function outcomeSentence(
  done: readonly string[],
  failed: readonly string[],
  replies: Replies,
  brief: boolean,
): string {
  if (done.length + failed.length <= 1) return [...done, ...failed].join('');
  const many = brief && done.length > TOLD_ON_THE_ROAD;
  const did = many ? replies.say('dialogue.sum.count', { count: done.length }) : listed(done, replies);
  if (failed.length === 0) return replies.say('dialogue.sum.done', { done: did });
  const refused = joined(failed.map(clause).map(lowered), replies);
  if (done.length === 0) return replies.say('dialogue.sum.done', { done: listed(failed, replies) });
  return replies.say('dialogue.sum.but', { done: did, failed: refused });
}

/** The first clause begins the sentence, the others stand inside. */
const listed = (texts: readonly string[], replies: Replies) =>
  joined(
    texts.map((text, index) => (index === 0 ? clause(text) : lowered(clause(text)))),
    replies,
  );

/** Clauses with commas of their own are kept apart by semicolons. */
function joined(clauses: readonly string[], replies: Replies): string {
  return clauses.some((text) => /[,;:]/.test(text)) ? clauses.join('; ') : replies.list(clauses);
}

const clause = (text: string) =>
  text
    .trim()
    .replace(/[.!]+$/, '')
    .split(/(?<!\b[A-Z])[.!?] +(?=\S)/)
    .map((sentence, index) => (index === 0 ? sentence : lowered(sentence)))
    .join('; ');

/** "I" and abbreviations keep their capitals; a name at the beginning is rare, and heard the same. */
const lowered = (text: string) =>
  /^(I\b|[A-Z]\.|[A-Z]{2}|\d)/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
