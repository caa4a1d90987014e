import { z } from 'zod';
import { type OutputKind, outputKinds } from '../models/model-description.ts';

/** The condition that opens a barrier. */
export const barrierSchema = z.strictObject({
  /** The number of live predictions at once that opens it. Default: only a release opens it. */
  count: z.int().positive().optional(),
  /** The kind that is held and counted. Default: every kind. */
  kind: z.enum(outputKinds).optional(),
});

/** The condition that opens a barrier. */
export type BarrierOptions = z.infer<typeof barrierSchema>;

/** Holds predictions that are ready to complete, until enough are live at once or it is released. */
export class Barrier {
  #options: BarrierOptions | undefined;
  readonly #held = new Set<() => void>();

  /** The number of predictions that it holds. */
  get held(): number {
    return this.#held.size;
  }

  /** Closes the barrier. */
  set(options: BarrierOptions): void {
    this.release();
    this.#options = options;
  }

  /** Opens the barrier; it stays open until it is set again. */
  release(): void {
    this.#options = undefined;
    for (const pass of [...this.#held]) pass();
  }

  /** Opens the barrier when enough predictions of its kind are live. */
  look(live: Readonly<Record<OutputKind, number>>): void {
    if (this.#options === undefined) return;
    const { count = Infinity, kind } = this.#options;
    const counted = (kind === undefined ? outputKinds : [kind]).reduce((sum, one) => sum + live[one], 0);
    if (counted >= count) this.release();
  }

  /** Resolves when a prediction of this kind may complete, or when the signal aborts. */
  async pass(kind: OutputKind, signal: AbortSignal): Promise<void> {
    if (this.#options === undefined) return;
    if (this.#options.kind !== undefined && this.#options.kind !== kind) return;
    await new Promise<void>((resolve) => {
      const pass = (): void => {
        this.#held.delete(pass);
        resolve();
      };
      this.#held.add(pass);
      signal.addEventListener('abort', pass, { once: true });
    });
  }
}
