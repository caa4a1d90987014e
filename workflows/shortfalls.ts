/** Models whose footage came too short to be used, with why that was. */
export type HeldModels = Readonly<Record<string, string>>;

/**
 * Models whose footage came too short to be used. Nothing more of them is ordered until a person has decided, because the
 * next order would most likely come short as well.
 */
export class Shortfalls {
  readonly #decisions: () => number;
  readonly #noted = new Map<string, { readonly at: number; readonly reason: string }>();

  /**
   * @param decisions how often people let failed units run again
   * @param held by an earlier run
   */
  constructor(decisions: () => number, held: HeldModels = {}) {
    this.#decisions = decisions;
    for (const [model, reason] of Object.entries(held)) this.note(model, reason);
  }

  note(model: string | undefined, reason: string): void {
    if (model !== undefined) this.#noted.set(model, { at: this.#decisions(), reason });
  }

  /** A person has seen all of them. */
  lift(): void {
    this.#noted.clear();
  }

  /** @returns why nothing more of a model is ordered now; undefined where it may be */
  whyHeld(model: string): string | undefined {
    const noted = this.#noted.get(model);
    if (noted?.at !== this.#decisions()) return undefined;
    return `Not ordered, because other footage of ${model} came too short: ${noted.reason}`;
  }

  /** What the next run is to hold. */
  carry(): HeldModels {
    const held = [...this.#noted].filter(([, { at }]) => at === this.#decisions());
    return Object.fromEntries(held.map(([model, { reason }]) => [model, reason]));
  }
}
