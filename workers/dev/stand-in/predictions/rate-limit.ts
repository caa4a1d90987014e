import { z } from 'zod';

/** The limit of an account's creates: a bucket of tokens, one a create. */
export const rateLimitSchema = z.strictObject({
  /** Tokens that come back in a minute, evenly. The host gives 600, and 6 to an account without credit. */
  perMinute: z.number().positive(),
  /** Tokens that the full bucket holds. Default 1. */
  burst: z.int().positive().default(1),
  /** Whether a refusal carries `Retry-After` beside the sentence in its body. Default: false, like the host. */
  header: z.boolean().default(false),
});

/** The limit of an account's creates, before defaults. */
export type RateLimitOptions = z.input<typeof rateLimitSchema>;

/** The create limit of the one account that the stand-in has. None until it is set. */
export class RateLimit {
  #limit: z.output<typeof rateLimitSchema> | undefined;
  #tokens = 0;
  #countedAtMs = 0;

  get header(): boolean {
    return this.#limit?.header ?? false;
  }

  /** Sets the limit, with a full bucket; without options lifts it. */
  set(options: RateLimitOptions | undefined): void {
    this.#limit = options && rateLimitSchema.parse(options);
    this.#tokens = this.#limit?.burst ?? 0;
    this.#countedAtMs = performance.now();
  }

  /** Takes a token. @returns the seconds until the next one, where none is left; refused creates take none */
  take(): number | undefined {
    if (!this.#limit) return undefined;
    const { perMinute, burst } = this.#limit;
    const now = performance.now();
    const perMs = perMinute / 60_000;
    this.#tokens = Math.min(burst, this.#tokens + (now - this.#countedAtMs) * perMs);
    this.#countedAtMs = now;
    if (this.#tokens < 1) return (1 - this.#tokens) / perMs / 1000;
    this.#tokens -= 1;
    return undefined;
  }
}
