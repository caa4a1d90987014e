import type { ModelChoice } from '../../domain/brief.ts';
import { cancelAfterSeconds } from '../../domain/prediction.ts';
import type { TakePlace } from '../../domain/unit.ts';
import type { BoughtPlan } from './bought-plan.ts';
import type { PermitWish, UnitPorts } from './unit-ports.ts';

/**
 * The place of one unit at its host: a slot of the video, and a permit of the account where the operator limits it. It
 * may outlast the work, where the host may still have the order; the unit's next work takes it over.
 */
export class HostPlace {
  readonly #plan: Pick<BoughtPlan, 'slots' | 'priority'>;
  readonly #ports: Pick<UnitPorts, 'enterAccount' | 'until' | 'redraw'>;
  #leave: (() => void) | undefined;
  /** Counts the entries. */
  #entry = 0;
  #keptUntilMs: number | undefined;
  #waitsFor: 'place' | 'permit' | undefined;

  constructor(
    plan: Pick<BoughtPlan, 'slots' | 'priority'>,
    ports: Pick<UnitPorts, 'enterAccount' | 'until' | 'redraw'>,
  ) {
    this.#plan = plan;
    this.#ports = ports;
  }

  /** End of the hold without any work on the unit, in milliseconds since 1970. */
  get keptUntilMs(): number | undefined {
    return this.#keptUntilMs;
  }

  /** The missing part while it waits; undefined otherwise. */
  get waitsFor(): 'place' | 'permit' | undefined {
    return this.#waitsFor;
  }

  /** Waits for the place, unless the unit still has it. */
  async enter(place: TakePlace, model: ModelChoice): Promise<void> {
    this.#entry += 1;
    this.#keptUntilMs = undefined;
    if (this.#leave) return;
    await this.#take({ place, model });
  }

  /** Continues with the place of an earlier run, which is still taken. */
  async restore(place: TakePlace, model: ModelChoice, keptUntilMs: number): Promise<void> {
    this.#keptUntilMs = keptUntilMs;
    await this.#take({ place, model, isHeld: true });
    this.keep(keptUntilMs);
  }

  async #take(wish: PermitWish): Promise<void> {
    try {
      this.#waitFor('place');
      const leaveSlot = await this.#plan.slots?.enter(this.#plan.priority);
      try {
        this.#waitFor('permit');
        const giveBack = await this.#ports.enterAccount(wish);
        this.#leave = () => {
          leaveSlot?.();
          giveBack();
        };
      } catch (error) {
        leaveSlot?.();
        throw error;
      }
    } finally {
      this.#waitsFor = undefined;
    }
  }

  #waitFor(what: 'place' | 'permit'): void {
    this.#waitsFor = what;
    this.#ports.redraw();
  }

  leave(): void {
    this.#leave?.();
    this.#leave = undefined;
    this.#keptUntilMs = undefined;
  }

  /** Keeps the place until the host must have ended the order, unless the unit's next work takes it over. */
  keep(untilMs?: number): void {
    const entry = this.#entry;
    const forMs = untilMs === undefined ? cancelAfterSeconds * 1000 : Math.max(0, untilMs - Date.now());
    this.#keptUntilMs = untilMs ?? Date.now() + forMs;
    const isTakenOver = () => this.#entry !== entry;
    const leave = () => {
      if (!isTakenOver()) this.leave();
    };
    this.#ports.until(isTakenOver, forMs).then(leave, leave);
  }
}
