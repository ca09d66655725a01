const WIDTH = 30;
/** Where nobody watches, a line now and then. */
const LINES = 10;

/**
 * Shows how far a long piece of work is: a bar on a terminal, plain lines elsewhere. Writes to standard error, so that
 * results can be piped.
 * @param what the work, in a word or two
 */
export function progressBar(
  what: string,
  stream: { readonly isTTY?: boolean; write(text: string): unknown } = process.stderr,
): (done: number, total: number) => void {
  let told = 0;
  return (done, total) => {
    const share = total > 0 ? Math.min(1, done / total) : 1;
    if (stream.isTTY) {
      const full = Math.round(share * WIDTH);
      const bar = '█'.repeat(full) + '·'.repeat(WIDTH - full);
      stream.write(`\r${what} ${bar} ${done}/${total}${share === 1 ? '\n' : ''}`);
    } else if (Math.floor(share * LINES) > told) {
      told = Math.floor(share * LINES);
      stream.write(`${what}: ${done} of ${total}\n`);
    }
  };
}
