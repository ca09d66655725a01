/** What was typed before, as a shell keeps it: up goes back, down comes forward to what was being typed. */
export class History {
  readonly #lines: string[] = [];
  #at = 0;
  #draft = '';

  /** Remembers a line that was sent; the same line twice in a row is kept once. */
  add(line: string): void {
    if (line !== '' && this.#lines.at(-1) !== line) this.#lines.push(line);
    this.#at = this.#lines.length;
    this.#draft = '';
  }

  /** @param typed what stands in the field now @returns what to show, undefined at the oldest line */
  back(typed: string): string | undefined {
    if (this.#at === 0) return undefined;
    if (this.#at === this.#lines.length) this.#draft = typed;
    this.#at -= 1;
    return this.#lines[this.#at];
  }

  /** @returns what to show, undefined when the field shows the newest already */
  forward(): string | undefined {
    if (this.#at >= this.#lines.length) return undefined;
    this.#at += 1;
    return this.#lines[this.#at] ?? this.#draft;
  }
}
