import type { Money } from './budget.ts';
import { Budget } from './budget.ts';
import { roundUsd } from './round-usd.ts';

/** A purchase and its highest price. */
export interface Spending {
  /** Name of the unit with its take: each is paid for once. */
  readonly purchase: string;
  readonly priceUsd: number;
  /** Whether the video can do without it; then it queues behind everything else. Default: false. */
  readonly optional?: boolean;
  /** US dollars to leave for purchases that the video needs. Asked on every try. Default: 0. */
  readonly leaveUsd?: () => number;
  /** Whether it may wait for a person to raise the budget. Default: true. */
  readonly mayWait?: boolean;
}

/** The connections between a treasury and its video. */
export interface TreasuryPorts {
  /** Called when a purchase begins or ends to wait for money. Default: nothing. */
  readonly onChange?: () => void;
  /** Whether reserved money may come back without a person. Default: while any is reserved. */
  readonly mayFree?: () => boolean;
}

/** The state of a video's money, in US dollars. */
export interface BudgetReport {
  /** Absent without a cap. */
  readonly capUsd?: number;
  readonly spentUsd: number;
  /** Reserved for live purchases with unknown cost. */
  readonly reservedUsd: number;
  /** Purchases that wait for money, the next one first. */
  readonly waiting: readonly string[];
  /** The least cap with which the first of them goes on; absent where nothing waits. */
  readonly neededUsd?: number;
  /** The reason why purchases stopped although money may be left: a host billed more than its highest price. */
  readonly halted?: string;
}

interface Waiter extends Spending {
  readonly admit: (isAdmitted: boolean) => void;
  readonly refuse: (error: Error) => void;
}

/**
 * Admits the purchases of one video. Purchases that do not fit wait, in order, until money comes back or a person adds
 * some; optional purchases wait behind all others. The order is the same on every replay.
 */
export class Treasury {
  readonly #budget: Budget;
  readonly #onChange: () => void;
  readonly #mayFree: () => boolean;
  #waiting: Waiter[] = [];
  #halted: string | undefined;
  #closedBy: Error | undefined;
  #isOptionalOver = false;

  constructor(capUsd: number | undefined, { onChange, mayFree }: TreasuryPorts = {}) {
    this.#budget = new Budget(capUsd);
    this.#onChange = onChange ?? (() => undefined);
    this.#mayFree = mayFree ?? (() => this.#budget.reservedUsd > 0);
  }

  /** Whether a needed purchase waits for money that only a person can add. */
  get isShort(): boolean {
    const isWaiting = this.#waiting.some(({ optional = false }) => !optional);
    return isWaiting && (this.#halted !== undefined || !this.#mayFree());
  }

  /** Whether the video has a budget. */
  get isCapped(): boolean {
    return Number.isFinite(this.#budget.capUsd);
  }

  /** Whether admission has ended for good. */
  get isClosed(): boolean {
    return this.#closedBy !== undefined;
  }

  /** Whether a purchase is already paid for or reserved. */
  knows(purchase: string): boolean {
    return this.#budget.knows(purchase);
  }

  /** Whether a purchase has a reservation and no known cost yet. */
  reserves(purchase: string): boolean {
    return this.#budget.reserves(purchase);
  }

  /** While the video is short of money, refuses purchases that may not wait for a person. */
  refuseImpatient(): void {
    if (!this.isShort) return;
    const refused = this.#waiting.filter(({ mayWait = true }) => !mayWait);
    this.#waiting = this.#waiting.filter(({ mayWait = true }) => mayWait);
    for (const waiter of refused) waiter.admit(false);
  }

  /**
   * Reserves money, as soon as there is enough.
   *
   * @returns false for an optional purchase after `endOptional`, and for one that may not wait for a person
   */
  async admit(spending: Spending): Promise<boolean> {
    if (this.#closedBy) throw this.#closedBy;
    if (this.#canGoNow(spending)) return true;
    if (spending.optional === true && this.#isOptionalOver) return false;
    return new Promise<boolean>((admit, refuse) => {
      this.#waiting.push({ ...spending, admit, refuse });
      this.#onChange();
    });
  }

  /** Reserves money if there is enough now. @returns whether it did */
  tryAdmit(spending: Spending): boolean {
    return this.#canGoNow(spending);
  }

  settle(purchase: string, costUsd: number): void {
    this.#budget.settle(purchase, costUsd);
    this.#admitNext();
  }

  /** Frees the reservation of a purchase that did not happen. */
  release(purchase: string): void {
    this.#budget.release(purchase);
    this.#admitNext();
  }

  /** Raises the cap and ends a halt, because a person has seen its reason. @param capUsd the new cap */
  raise(capUsd: number): void {
    this.#budget.raise(capUsd);
    this.#halted = undefined;
    this.#admitNext();
    this.#onChange();
  }

  /** Stops purchases until a person raises the cap; does nothing without a cap. @param reason a sentence */
  halt(reason: string): void {
    if (!Number.isFinite(this.#budget.capUsd)) return;
    this.#halted ??= reason;
    this.#onChange();
  }

  /** Refuses optional purchases that wait, and later ones: the rest of the video is complete. */
  endOptional(): void {
    // The money left for needed purchases may be free by now.
    this.#admitNext();
    this.#isOptionalOver = true;
    const over = this.#waiting.filter(({ optional = false }) => optional);
    this.#waiting = this.#waiting.filter(({ optional = false }) => !optional);
    for (const waiter of over) waiter.admit(false);
    this.#onChange();
  }

  /** Stops admission for good: waiting and later purchases reject with `reason`. */
  close(reason: Error): void {
    this.#closedBy ??= reason;
    for (const waiter of this.#waiting.splice(0)) waiter.refuse(reason);
  }

  /** Everything for a later run but the queue: waiting purchases ask again. */
  carry(): Money & { readonly halted?: string } {
    return { ...this.#budget.money, halted: this.#halted };
  }

  /** Continues from the state of an earlier run of the same video. */
  restore({ halted, ...money }: Money & { readonly halted?: string }): void {
    this.#budget.restore(money);
    this.#halted = halted;
  }

  report(): BudgetReport {
    const { capUsd, spentUsd, reservedUsd } = this.#budget;
    return {
      ...(Number.isFinite(capUsd) ? { capUsd } : {}),
      spentUsd,
      reservedUsd,
      waiting: this.#inOrder().map(({ purchase }) => purchase),
      ...this.#needed(),
      halted: this.#halted,
    };
  }

  #needed(): Pick<BudgetReport, 'neededUsd'> {
    const [next] = this.#inOrder();
    const { spentUsd, reservedUsd } = this.#budget;
    return next
      ? { neededUsd: roundUsd(spentUsd + reservedUsd + next.priceUsd + (next.leaveUsd?.() ?? 0)) }
      : {};
  }

  #canGoNow({ purchase, priceUsd, optional = false, leaveUsd }: Spending): boolean {
    if (this.#budget.knows(purchase)) return true;
    if (this.#halted !== undefined) return false;
    if (this.#waiting.some((waiter) => optional || waiter.optional !== true)) return false;
    return this.#reserve({ purchase, priceUsd, leaveUsd });
  }

  #reserve({ purchase, priceUsd, leaveUsd = () => 0 }: Spending): boolean {
    return this.#budget.fits(priceUsd + leaveUsd()) && this.#budget.reserve(purchase, priceUsd);
  }

  #admitNext(): void {
    const before = this.#waiting.length;
    for (const waiter of this.#inOrder()) {
      if (this.#halted !== undefined || !this.#reserve(waiter)) break;
      this.#waiting = this.#waiting.filter((other) => other !== waiter);
      waiter.admit(true);
    }
    if (this.#waiting.length !== before) this.#onChange();
  }

  #inOrder(): readonly Waiter[] {
    const needed = this.#waiting.filter(({ optional = false }) => !optional);
    return [...needed, ...this.#waiting.filter(({ optional = false }) => optional)];
  }
}
