/** What was bound to happen to somebody: the message says what to do, so a program shows it and no stack. */
export abstract class ForeseenError extends Error {}

/** A mistake in what was typed or written, not in the circumstances. */
export abstract class MistakeError extends ForeseenError {}
