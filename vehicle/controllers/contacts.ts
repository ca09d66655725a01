import { plain } from '../slots.ts';

export type NumberType = 'mobile' | 'home' | 'work';

export interface Contact {
  readonly name: string;
  readonly numbers: Readonly<Partial<Record<NumberType, string>>>;
}

/** Invented people with numbers that are reserved for fiction (555-01xx). */
export const DEFAULT_CONTACTS: readonly Contact[] = [
  { name: 'Anna Berger', numbers: { mobile: '+12025550101', work: '+12025550121' } },
  { name: 'Anna Klein', numbers: { mobile: '+12025550102' } },
  { name: 'Mom', numbers: { mobile: '+12025550103', home: '+12025550123' } },
  { name: 'Dad', numbers: { mobile: '+12025550104', home: '+12025550123' } },
  { name: 'Sarah Lindqvist', numbers: { mobile: '+12025550105', work: '+12025550125' } },
  { name: 'John Carter', numbers: { mobile: '+12025550106', work: '+12025550126' } },
  { name: 'Peter Novak', numbers: { mobile: '+12025550107' } },
  { name: 'Maria Santos', numbers: { mobile: '+12025550108', home: '+12025550128' } },
  { name: 'David Chen', numbers: { mobile: '+12025550109', work: '+12025550129' } },
  { name: 'Emma Wilson', numbers: { mobile: '+12025550110' } },
  { name: 'Tom Fischer', numbers: { mobile: '+12025550111', work: '+12025550131' } },
  { name: 'Lisa Moreau', numbers: { mobile: '+12025550112' } },
  { name: 'Doctor Hansen', numbers: { work: '+12025550113' } },
  { name: 'The Office', numbers: { work: '+12025550114' } },
];

const SYNONYMS: Readonly<Record<string, string>> = {
  mum: 'mom',
  mother: 'mom',
  mama: 'mom',
  mommy: 'mom',
  father: 'dad',
  daddy: 'dad',
  papa: 'dad',
  dr: 'doctor',
  office: 'the office',
};

/** "My Anna" and "the baker" are no names. */
const ARTICLE = /^(my|the) /i;

/** Everybody whom these words may mean; the whole name beats a part of it. */
export function findContacts(said: string, contacts: readonly Contact[]): readonly Contact[] {
  const words = plain(said).replace(ARTICLE, '');
  const wanted = SYNONYMS[words] ?? words;
  if (wanted === '') return [];
  const whole = contacts.filter(({ name }) => plain(name) === wanted);
  if (whole.length > 0) return whole;
  return contacts.filter(({ name }) => ` ${plain(name)} `.includes(` ${wanted} `));
}

/** Nobody is called by these alone. */
const TITLE = /^(the|my|doctor|dr|professor|mister|mr|mrs|ms|aunt|uncle)$/i;

/** What a contact is called: by the whole name, or by the first. */
export function namesFor(name: string): readonly string[] {
  const [first = '', ...others] = name.split(' ');
  return others.length === 0 || TITLE.test(first) ? [name] : [name, first];
}

/** A name that was said as these people's names are written, with capitals where they have none like it. */
export function written(said: string, found: readonly Contact[]): string {
  const known = found.flatMap(({ name }) => name.split(' '));
  return said
    .replace(ARTICLE, '')
    .split(' ')
    .map(
      (word) =>
        known.find((own) => plain(own) === plain(word)) ?? word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join(' ');
}

/** The number to call: of the type asked for, else the first there is, mobile before others. */
export function numberOf({ numbers }: Contact, type: string | undefined): string | undefined {
  if (type === 'mobile' || type === 'home' || type === 'work') return numbers[type];
  return numbers.mobile ?? numbers.home ?? numbers.work;
}
