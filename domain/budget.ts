import { type MicroUsd, toMicroUsd } from './round-usd.ts';

/** The amounts of one video, in US dollars, by purchase. */
export interface Money {
  /** Absent without a cap. */
  readonly capUsd?: number;
  readonly spentUsd: Readonly<Record<string, number>>;
  readonly reservedUsd: Readonly<Record<string, number>>;
}

/**
 * The money of one video. Before a purchase its highest price is reserved; its real cost replaces the reservation.
 * Spent and reserved together never pass the cap, unless a host bills more than its highest price.
 */
export class Budget {
  #cap: MicroUsd;
  readonly #reserved = new Map<string, MicroUsd>();
  readonly #spent = new Map<string, MicroUsd>();

  /** @param capUsd default: no cap */
  constructor(capUsd = Infinity) {
    this.#cap = toMicroUsd(capUsd);
  }

  /** Every amount, for a later run of the same video. */
  get money(): Money {
    const { capUsd } = this;
    return {
      ...(Number.isFinite(capUsd) ? { capUsd } : {}),
      spentUsd: toRecord(this.#spent),
      reservedUsd: toRecord(this.#reserved),
    };
  }

  /** Goes on with the amounts of an earlier run. */
  restore({ capUsd = Infinity, spentUsd, reservedUsd }: Money): void {
    this.#cap = toMicroUsd(capUsd);
    for (const [purchase, usd] of Object.entries(reservedUsd)) this.#reserved.set(purchase, toMicroUsd(usd));
    for (const [purchase, usd] of Object.entries(spentUsd)) this.settle(purchase, usd);
  }

  /** In US dollars; infinite without a cap. */
  get capUsd(): number {
    return toUsd(this.#cap);
  }

  get spentUsd(): number {
    return toUsd(sum(this.#spent));
  }

  get reservedUsd(): number {
    return toUsd(sum(this.#reserved));
  }

  /** Whether a purchase is already paid for or reserved. */
  knows(purchase: string): boolean {
    return this.#spent.has(purchase) || this.#reserved.has(purchase);
  }

  /** Whether a purchase has a reservation and no known cost yet. */
  reserves(purchase: string): boolean {
    return this.#reserved.has(purchase);
  }

  /**
   * Reserves the highest price of a purchase. Does nothing for a purchase that is already paid for or reserved.
   *
   * @returns false when it does not fit, and then nothing has changed
   */
  reserve(purchase: string, priceUsd: number): boolean {
    if (this.knows(purchase)) return true;
    if (!this.fits(priceUsd)) return false;
    this.#reserved.set(purchase, toMicroUsd(priceUsd));
    return true;
  }

  /** Whether this amount is left. */
  fits(usd: number): boolean {
    return sum(this.#spent) + sum(this.#reserved) + toMicroUsd(usd) <= this.#cap;
  }

  /** Ends a purchase: its cost replaces the reservation. */
  settle(purchase: string, costUsd: number): void {
    this.#reserved.delete(purchase);
    this.#spent.set(purchase, toMicroUsd(costUsd));
  }

  /** Drops the reservation of a purchase that did not happen. */
  release(purchase: string): void {
    this.#reserved.delete(purchase);
  }

  /** @param capUsd the new cap; never below the one before */
  raise(capUsd: number): void {
    this.#cap = Math.max(this.#cap, toMicroUsd(capUsd));
  }
}

function toUsd(micro: MicroUsd): number {
  return micro / 1e6;
}

function toRecord(amounts: ReadonlyMap<string, MicroUsd>): Record<string, number> {
  return Object.fromEntries([...amounts].map(([purchase, micro]) => [purchase, toUsd(micro)]));
}

function sum(amounts: ReadonlyMap<string, MicroUsd>): MicroUsd {
  let total = 0;
  for (const amount of amounts.values()) total += amount;
  return total;
}
