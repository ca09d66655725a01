import type { InterpretedCommand, Interpretation, Interpreter } from '../understanding/interpreter.ts';

/** Something planted between a model and those who ask it; plain data, so that it can be sent to a thread. */
export type Fault =
  | { readonly kind: 'swapped-labels'; readonly labels: readonly [string, string] }
  /** Readings of less confidence are declined. */
  | { readonly kind: 'high-threshold'; readonly confidence: number }
  /** What was declined is carried out. */
  | { readonly kind: 'no-threshold' };

/** The same interpreter with a fault in it. */
export function withFault(interpreter: Interpreter, fault: Fault): Interpreter {
  return {
    name: interpreter.name,
    capabilities: interpreter.capabilities,
    interpret: async (utterances, options) =>
      (await interpreter.interpret(utterances, options)).map((answer) => spoil(answer, fault)),
    close: () => interpreter.close(),
  };
}

function spoil(answer: Interpretation, fault: Fault): Interpretation {
  switch (fault.kind) {
    case 'swapped-labels': {
      const [one, other] = fault.labels;
      const swap = <T extends { readonly intent: string }>(frame: T): T => {
        if (frame.intent !== one && frame.intent !== other) return frame;
        return { ...frame, intent: frame.intent === one ? other : one };
      };
      return {
        ...answer,
        commands: answer.commands.map(swap),
        ...(answer.raw && { raw: answer.raw.map(swap) }),
      };
    }
    case 'high-threshold': {
      const sure = ({ confidence }: { readonly confidence: number }) => confidence >= fault.confidence;
      const commands = answer.commands.filter(sure);
      const [nothing] = answer.commands;
      const declined: readonly InterpretedCommand[] = nothing
        ? [{ ...nothing, intent: 'none.out_of_scope.select', slots: {} }]
        : [];
      return {
        ...answer,
        commands: commands.length > 0 ? commands : declined,
        ...(answer.raw && { raw: answer.raw.filter(sure) }),
      };
    }
    case 'no-threshold': {
      const [best] = answer.rejected;
      const declined = answer.commands.every(({ intent }) => intent.startsWith('none.'));
      return declined && best ? { ...answer, commands: [best] } : answer;
    }
  }
}
