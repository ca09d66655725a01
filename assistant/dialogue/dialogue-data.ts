import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Ontology } from './follow-ups/fit.ts';
import { readFollowUpWords, type FollowUpWords } from './follow-ups/complete.ts';
import { readAttributes, type Attributes } from './questions/choose.ts';
import { readHelp, type Help } from './repair/help.ts';
import { readPrivacy, type Privacy } from './hand-over/privacy.ts';
import { readReplies, type Choose, type Replies } from './replies.ts';
import { readAhead, type AheadGrammar } from './routines/ahead.ts';
import { readWatchers, type Watcher } from './watchers/watch.ts';
import { readWishes, type Wish } from './wishes/wish.ts';

/** What the dialogue knows beforehand; each is a YAML file beside its code. */
export interface DialogueData {
  readonly ontology: Ontology;
  readonly words: FollowUpWords;
  readonly attributes: Attributes;
  readonly wishes: readonly Wish[];
  readonly watchers: readonly Watcher[];
  readonly ahead: AheadGrammar;
  readonly help: Help;
  readonly privacy: Privacy;
}

/** Read once: the package does not change while the process runs. */
let own: Omit<DialogueData, 'ontology'> | undefined;
let english: ((choose: Choose) => Replies) | undefined;

/** The words of the project's own catalogue. @throws Error naming the message that is wrong */
export function openReplies(choose: Choose): Replies {
  english ??= read('replies/en.yaml', (yaml) => readReplies(yaml, 'en'));
  return english(choose);
}

/** The project's own data. @throws Error naming the file and what is wrong in it */
export function openDialogueData(ontology: Ontology): DialogueData {
  own ??= {
    words: read('follow-ups/words.yaml', readFollowUpWords),
    attributes: read('questions/attributes.yaml', readAttributes),
    wishes: read('wishes/wishes.yaml', readWishes),
    watchers: read('watchers/watchers.yaml', readWatchers),
    ahead: read('routines/ahead.yaml', readAhead),
    help: read('repair/help.yaml', readHelp),
    privacy: read('hand-over/privacy.yaml', readPrivacy),
  };
  return { ...own, ontology };
}

function read<T>(name: string, parse: (yaml: string) => T): T {
  const path = fileURLToPath(import.meta.resolve(`#package/assistant/dialogue/${name}`));
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`assistant/dialogue/${name}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
