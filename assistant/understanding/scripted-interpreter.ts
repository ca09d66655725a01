import type { Domain } from '../../vehicle/ontology.generated.ts';
import type { InterpretedCommand, Interpretation, Interpreter } from './interpreter.ts';
import type { Ontology } from './ontology.ts';

/** What an utterance means, written down beforehand. */
export interface ScriptedReading {
  readonly commands: readonly InterpretedCommand[];
  readonly rejected?: readonly InterpretedCommand[];
}

export interface ScriptedInterpreterOptions {
  /** Monotonic milliseconds. */
  readonly clock?: () => number;
}

/**
 * An interpreter that knows its lines by heart: for demonstrations that must not fail on stage, and for tests of what
 * comes after understanding. Lines are compared without case, marks and double spaces; what it does not know is out
 * of scope, and what has no words is silence.
 * @param script text → what it means
 */
export function createScriptedInterpreter(
  ontology: Ontology,
  script: Readonly<Record<string, ScriptedReading>>,
  { clock = () => performance.now() }: ScriptedInterpreterOptions = {},
): Interpreter {
  const lines = new Map(Object.entries(script).map(([text, reading]) => [plain(text), reading]));
  for (const { commands } of lines.values()) {
    for (const { intent } of commands)
      if (!ontology.labels.has(intent))
        throw new Error(`The script names "${intent}", which the ontology does not have.`);
  }
  const read = (text: string): Omit<Interpretation, 'ms'> => {
    const known = lines.get(plain(text));
    const commands = known && known.commands.length > 0 ? known.commands : [unknown(text)];
    const [first] = commands;
    // The type is generated from the ontology's own domains.
    return {
      text,
      commands,
      rejected: known?.rejected ?? [],
      domain: ontology.domainOf(first?.intent ?? 'none.silence.select') as Domain,
    };
  };
  return {
    name: 'scripted',
    capabilities: { context: false, multipleCommands: true, slots: true, confidence: true, batching: true },
    interpret(utterances) {
      return Promise.resolve(
        utterances.map(({ text }) => {
          const began = clock();
          const interpretation = read(text);
          return { ...interpretation, ms: clock() - began };
        }),
      );
    },
    close: () => Promise.resolve(),
  };
}

function unknown(text: string): InterpretedCommand {
  const intent = plain(text) === '' ? 'none.silence.select' : 'none.out_of_scope.select';
  return { intent, slots: {}, confidence: 1, span: [0, text.length] };
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .trim();
