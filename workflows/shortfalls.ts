/** Models with unusably short footage, each with the reason. */
export type HeldModels = Readonly<Record<string, string>>;

/**
 * Models with unusably short footage. No more of them is ordered until a person has decided, because the next order
 * would most likely be short as well.
 */
export class Shortfalls {
  readonly #decisions: () => number;
  readonly #noted = new Map<string, { readonly at: number; readonly reason: string }>();

  /**
   * @param decisions number of times people let failed units run again
   * @param held holds of an earlier run
   */
  constructor(decisions: () => number, held: HeldModels = {}) {
    this.#decisions = decisions;
    for (const [model, reason] of Object.entries(held)) this.note(model, reason);
  }

  note(model: string | undefined, reason: string): void {
    if (model !== undefined) this.#noted.set(model, { at: this.#decisions(), reason });
  }

  /** Lifts all holds, because a person has seen them. */
  lift(): void {
    this.#noted.clear();
  }

  /** @returns the reason why a model is on hold; undefined when it is not */
  whyHeld(model: string): string | undefined {
    const noted = this.#noted.get(model);
    if (noted?.at !== this.#decisions()) return undefined;
    return `Not ordered, because other footage of ${model} came too short: ${noted.reason}`;
  }

  /** The holds for the next run. */
  carry(): HeldModels {
    const held = [...this.#noted].filter(([, { at }]) => at === this.#decisions());
    return Object.fromEntries(held.map(([model, { reason }]) => [model, reason]));
  }
}
