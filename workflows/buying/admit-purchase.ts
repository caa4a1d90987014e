import { failureTypes } from '../domain/failure-types.ts';
import type { Spending } from '../domain/treasury.ts';
import { unitName } from '../domain/unit.ts';
import type { UnitTakes, VideoRun } from '../video-run.ts';
import type { NamedPurchase } from './purchase.ts';
import { paymentOf } from './unit-takes.ts';

/** Money first: nothing is ordered that does not fit the budget. @returns false when there is none; the board says why */
export async function admitPurchase(
  run: VideoRun,
  { purchase, name }: NamedPurchase,
  { take }: UnitTakes,
): Promise<boolean> {
  const { phase, model } = purchase;
  const { board, brief, treasury } = run;
  const spending: Spending = {
    purchase: paymentOf(name, take),
    priceUsd: model.highestPriceUsd,
    ...(phase === 'music' ? { optional: true, leaveUsd: () => footageUsd(run) } : {}),
  };
  if (treasury.tryAdmit(spending)) return true;
  board.updateUnit(phase, name, { status: 'awaiting_budget' });
  // Who wants to hear of a failure at once does not wait for a person either.
  const mayWait = brief.onFailure === 'park' || spending.optional === true;
  if (mayWait && (await treasury.admit(spending))) {
    board.updateUnit(phase, name, { status: 'waiting' });
    return true;
  }
  const { capUsd = 0, spentUsd, reservedUsd, halted } = treasury.report();
  const reason =
    halted ??
    `${name} costs up to $${spending.priceUsd} with ${model.name}, which does not fit the budget of $${capUsd}: ` +
      `$${spentUsd} are spent and $${reservedUsd} set aside.`;
  board.updateUnit(phase, name, { status: 'failed', failure: { type: failureTypes.budgetExceeded, reason } });
  return false;
}

/** The highest price of the footage that is not ordered yet: music takes no money from it. */
function footageUsd({ board, brief, timeline }: VideoRun): number {
  const open = timeline.filter((plan) => {
    const { status } = board.unit('chunks', unitName({ phase: 'chunks', ...plan }));
    return status === 'waiting' || status === 'awaiting_budget' || status === 'failed';
  });
  return open.length * brief.models.clip.highestPriceUsd;
}
