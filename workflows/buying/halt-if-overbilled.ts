import type { VideoRun } from '../video-run.ts';
import type { NamedPurchase } from './purchase.ts';

/** A price that does not hold is no cap: nothing more is bought before a person has seen it. */
export function haltIfOverbilled(run: VideoRun, { purchase, name }: NamedPurchase, costUsd: number): void {
  const { name: model, host, highestPriceUsd } = purchase.model;
  if (costUsd <= highestPriceUsd) return;
  const problem =
    `The host ${host} billed $${costUsd} for ${name} with ${model}, whose highest price in the catalogue is ` +
    `$${highestPriceUsd}. Correct the catalogue, then raise the budget to go on.`;
  run.board.warn(problem);
  if (run.brief.limits.budgetUsd !== undefined) run.treasury.halt(problem);
}
