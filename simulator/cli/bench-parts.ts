/** What `drivetalk bench` measures, each in a process of its own. */
export const PARTS = [
  'start-up',
  'car',
  'understanding',
  'page',
  'hearing-base',
  'hearing-tiny',
  'voice',
  'whisper',
] as const;
export type Part = (typeof PARTS)[number];
