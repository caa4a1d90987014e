import type { Money } from './budget.ts';
import { Budget } from './budget.ts';
import { roundUsd } from './round-usd.ts';

/** What is to be bought, and for how much at most. */
export interface Spending {
  /** The unit with its take: each is paid for once. */
  readonly purchase: string;
  readonly priceUsd: number;
  /** Whether the video can do without it: then it waits behind everything else. Default: false. */
  readonly optional?: boolean;
  /** What has to be left for what the video needs, in US dollars. Asked at every look. Default: nothing. */
  readonly leaveUsd?: () => number;
  /** Whether it may wait for a person to raise the budget. Default: true. */
  readonly mayWait?: boolean;
}

/** What a treasury hears of and tells its video. */
export interface TreasuryPorts {
  /** Called when something begins or ends to wait for money. Default: nothing. */
  readonly onChange?: () => void;
  /** Whether money that is set aside may come back without a person. Default: while any is set aside. */
  readonly mayFree?: () => boolean;
}

/** What the money of a video stands at; in US dollars. */
export interface BudgetReport {
  /** Absent without a cap. */
  readonly capUsd?: number;
  readonly spentUsd: number;
  /** Set aside for what is on its way, its outcome unknown. */
  readonly reservedUsd: number;
  /** Purchases that wait for money, those that go first first. */
  readonly waiting: readonly string[];
  /** The least cap with which the first of them goes on; absent where nothing waits. */
  readonly neededUsd?: number;
  /** Why nothing is bought although there may be money: a host billed more than its highest price. */
  readonly halted?: string;
}

interface Waiter extends Spending {
  readonly admit: (isAdmitted: boolean) => void;
  readonly refuse: (error: Error) => void;
}

/**
 * Hands out the money of one video. Purchases that do not fit wait, in order, until money comes back or a person adds some;
 * what the video can do without waits behind everything else. The order is the same on every replay.
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

  /** Whether something that the video needs waits for money, and nothing but a person can bring some. */
  get isShort(): boolean {
    const isWaiting = this.#waiting.some(({ optional = false }) => !optional);
    return isWaiting && (this.#halted !== undefined || !this.#mayFree());
  }

  /** Whether what the video may cost is limited. */
  get isCapped(): boolean {
    return Number.isFinite(this.#budget.capUsd);
  }

  /** Whether nothing is admitted any more. */
  get isClosed(): boolean {
    return this.#closedBy !== undefined;
  }

  /** Whether a purchase is paid for or set aside already. */
  knows(purchase: string): boolean {
    return this.#budget.knows(purchase);
  }

  /** Whether money is set aside for a purchase whose cost is not known. */
  reserves(purchase: string): boolean {
    return this.#budget.reserves(purchase);
  }

  /** While the video is short of money, refuses what may not wait for a person. */
  refuseImpatient(): void {
    if (!this.isShort) return;
    const refused = this.#waiting.filter(({ mayWait = true }) => !mayWait);
    this.#waiting = this.#waiting.filter(({ mayWait = true }) => mayWait);
    for (const waiter of refused) waiter.admit(false);
  }

  /**
   * Sets money aside, as soon as there is enough.
   *
   * @returns false for something optional whose time is over, and for what may not wait for a person
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

  /** Whether money for this is there now; sets nothing aside when it is not. */
  tryAdmit(spending: Spending): boolean {
    return this.#canGoNow(spending);
  }

  settle(purchase: string, costUsd: number): void {
    this.#budget.settle(purchase, costUsd);
    this.#admitNext();
  }

  /** Nothing was bought: what was set aside comes back. */
  release(purchase: string): void {
    this.#budget.release(purchase);
    this.#admitNext();
  }

  /** A person gives more, and has seen why nothing was bought. @param capUsd the new cap */
  raise(capUsd: number): void {
    this.#budget.raise(capUsd);
    this.#halted = undefined;
    this.#admitNext();
    this.#onChange();
  }

  /** Buys nothing more until a person raises the cap; without a cap nothing is held back. @param reason a sentence */
  halt(reason: string): void {
    if (!Number.isFinite(this.#budget.capUsd)) return;
    this.#halted ??= reason;
    this.#onChange();
  }

  /** The video is complete but for what it can do without: that waits no longer. */
  endOptional(): void {
    // What was held back for others may be free by now.
    this.#admitNext();
    this.#isOptionalOver = true;
    const over = this.#waiting.filter(({ optional = false }) => optional);
    this.#waiting = this.#waiting.filter(({ optional = false }) => !optional);
    for (const waiter of over) waiter.admit(false);
    this.#onChange();
  }

  /** Admits nothing any more: who waits, and who comes later, is rejected with `reason`. */
  close(reason: Error): void {
    this.#closedBy ??= reason;
    for (const waiter of this.#waiting.splice(0)) waiter.refuse(reason);
  }

  /** Everything but who waits: those ask again. */
  carry(): Money & { readonly halted?: string } {
    return { ...this.#budget.money, halted: this.#halted };
  }

  /** Goes on where an earlier run of the same video stood. */
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
