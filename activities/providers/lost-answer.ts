/** The order went out and no answer came back: the host may or may not have taken it. */
export class LostAnswer extends Error {
  constructor(what: string, cause: unknown) {
    super(what, { cause });
    this.name = 'LostAnswer';
  }
}
