/**
 * The base of every error of the client. `code` is stable and meant for programs, the message for people. Wrong
 * arguments of the calling program give a plain TypeError or RangeError instead.
 */
export abstract class BeatreelError extends Error {
  /** The name of the error's class, e.g. `VideoNotFound`; survives bundling and JSON. */
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }

  /** As JSON, for programs: `code`, `message`, then the fields of its class. */
  toJSON(): Record<string, unknown> {
    const { code, message } = this;
    const facts = Object.entries(this).filter(([name]) => name !== 'name');
    return { code, message, ...Object.fromEntries(facts) };
  }
}
