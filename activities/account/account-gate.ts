import type { ConditionalObjects } from '../../storage/conditional-objects.ts';
import { StoreClock } from './store-clock.ts';
import { type OrderLog, OrderTurn, type Turn } from './order-turn.ts';
import { PaceObject } from './pace-object.ts';

/** The gate that every order of an account passes, whatever worker sends it. */
export interface AccountGate {
  /** @param account as its host calls it. Nothing is asked before the order wants to enter. */
  turnAt(account: string, log: OrderLog): Turn;
}

/** One small object for each account, changed only by conditional writes: no worker and no workflow owns the pace. */
export function createAccountGate(objects: Omit<ConditionalObjects, 'list'>): AccountGate {
  const clock = new StoreClock();
  const known = new Map<string, PaceObject>();
  return {
    turnAt: (account, log) => {
      const object = known.get(account) ?? new PaceObject(objects, clock, account);
      known.set(account, object);
      return new OrderTurn(object, log);
    },
  };
}
