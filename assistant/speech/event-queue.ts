/** Events pushed on one side, read with `for await` on the other. For one reader. */
export class EventQueue<T> implements AsyncIterable<T> {
  readonly #waiting: T[] = [];
  #closed = false;
  #wake: (() => void) | undefined;

  /** Everything that came has been read. */
  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  push(event: T): void {
    if (this.#closed) return;
    this.#waiting.push(event);
    this.#wake?.();
  }

  /** Nothing more comes; the reader still gets what is waiting. */
  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  /** Nothing more comes, and what is waiting is forgotten. */
  drop(): void {
    this.#waiting.length = 0;
    this.close();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (;;) {
      const event = this.#waiting.shift();
      if (event !== undefined) yield event;
      else if (this.#closed) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
