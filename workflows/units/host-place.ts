import type { ModelChoice } from '../../domain/brief.ts';
import { cancelAfterSeconds } from '../../domain/prediction.ts';
import type { TakePlace } from '../../domain/unit.ts';
import type { BoughtPlan } from './bought-plan.ts';
import type { UnitPorts } from './unit-ports.ts';

/**
 * The place of one unit at its host: one of the video's own, and a permit of the account where the operator limits
 * that. It may outlast the work, where the host may still have the order; the next work of the unit takes it over.
 */
export class HostPlace {
  readonly #plan: Pick<BoughtPlan, 'slots' | 'priority'>;
  readonly #ports: Pick<UnitPorts, 'enterAccount' | 'until'>;
  #leave: (() => void) | undefined;
  /** Changes with every work that enters. */
  #entry = 0;

  constructor(
    plan: Pick<BoughtPlan, 'slots' | 'priority'>,
    ports: Pick<UnitPorts, 'enterAccount' | 'until'>,
  ) {
    this.#plan = plan;
    this.#ports = ports;
  }

  /** Waits for it, unless the unit still has it. */
  async enter(place: TakePlace, model: ModelChoice): Promise<void> {
    this.#entry += 1;
    if (this.#leave) return;
    const leaveSlot = await this.#plan.slots?.enter(this.#plan.priority);
    try {
      const giveBack = await this.#ports.enterAccount({ place, model });
      this.#leave = () => {
        leaveSlot?.();
        giveBack();
      };
    } catch (error) {
      leaveSlot?.();
      throw error;
    }
  }

  leave(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  /** Leaves it when the host must have ended the order, unless another work of the unit has taken it over. */
  keep(): void {
    const entry = this.#entry;
    const isTakenOver = () => this.#entry !== entry;
    const leave = () => {
      if (!isTakenOver()) this.leave();
    };
    this.#ports.until(isTakenOver, cancelAfterSeconds * 1000).then(leave, leave);
  }
}
